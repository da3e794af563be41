"""No fault gives a traceback, none is silent, each says where, what, and what to do; and nothing read disappears."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.faults.base import BaseCase, make_case
from tests.faults.page import PAGE, answer_of, error_of, remark_of, row_of, run_json
from tests.faults.table import CHAPTERS, Fault, Seen, all_faults, already_run, play
from tocsin.analysis.remedies import words_of

FAULTS = all_faults()
ENOUGH = 45


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_fault_is_told_with_its_remedy(fault: Fault, tmp_path: Path) -> None:
    case, seen = answer_of(fault, tmp_path / "case")
    assert "Traceback" not in seen.all
    assert seen.code == (0 if fault.is_told else 1), seen.all
    screen = seen.out if fault.is_told else seen.err
    assert fault.where in screen, screen
    assert fault.says in screen, screen
    assert "What to do: " in screen
    if fault.is_told:
        check_told(fault, case, seen)
        check_nothing_disappears(case)
    else:
        error = error_of(seen)
        assert error["kind"] == fault.slug
        assert error["remedy"]
        assert fault.where in error["where"]
    assert row_of(fault, case, seen) in PAGE.read_text("utf-8"), "run: python -m tests.faults.print_faults"


def check_told(fault: Fault, case: BaseCase, seen: Seen) -> None:
    remark = remark_of(fault, case)
    what, remedy = words_of(fault.slug)
    assert remark["count"] == fault.count
    assert fault.where in remark["place"]
    assert f"{remark['place']}: {what}: {fault.count}" in seen.out
    assert f"What to do: {remedy}." in seen.out
    assert what != fault.slug, "this code has no words"


def check_nothing_disappears(case: BaseCase) -> None:
    told = run_json(case)
    for report in told["reading"]["logs"]:
        assert report["lines_read"] == report["lines_kept"] + report["lines_rejected"]
        data = (case.folder / report["path"]).read_bytes()
        if not data.startswith(b"\x1f\x8b"):
            assert report["lines_read"] == data.count(b"\n") + (not data.endswith(b"\n") and data != b"")
    for report in told["reading"]["registers"]:
        assert report["rows_read"] == report["rows_kept"] + report["rows_rejected"]
        assert sum(count for _reason, count in report["reasons"]) == report["rows_rejected"]
    tables = next(case.folder.glob("runs/*/tables"))
    for name, counted in (
        ("rejected_line", sum(count for report in told["reading"]["logs"] for _reason, count in report["reasons"])),
        ("rejected_row", sum(report["rows_rejected"] for report in told["reading"]["registers"])),
    ):
        assert duckdb.sql(f"select count(*) from '{tables / name}.parquet'").fetchone() == (counted,)


def test_the_undamaged_case_answers_and_has_nothing_to_tell(tmp_path: Path) -> None:
    case = make_case(tmp_path)
    already_run(case)
    assert run_json(case)["remarks"] == []
    seen = play(case, "why insured/R1")
    assert "confirmed: a line names the record: identity" in seen.out
    assert "logs/a1.ndjson:4" in seen.out


def test_there_are_enough_kinds_each_with_its_own_remedy() -> None:
    assert len({fault.slug for fault in FAULTS}) >= ENOUGH
    told = {fault.slug for fault in FAULTS if fault.is_told}
    assert len({words_of(slug)[1] for slug in told}) == len(told)


def test_the_page_holds_these_faults_and_no_other() -> None:
    page = PAGE.read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| What is wrong")]
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == [fault.title for fault in FAULTS]
    assert [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")] == list(CHAPTERS.values())
    assert f"{len(FAULTS)} faults, {len({fault.slug for fault in FAULTS})} remedies." in page
    assert len({row.split(" | ")[3] for row in rows}) >= ENOUGH


def test_titles_differ() -> None:
    titles = [fault.title for fault in FAULTS]
    assert sorted(set(titles)) == sorted(titles)


def test_ctrl_c_says_that_the_same_command_resumes(tmp_path: Path) -> None:
    case = make_case(tmp_path)
    command = [sys.executable, "-m", "tocsin", "run", "--case", str(case.folder)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite in the background ignores it
    )  # fmt: skip
    until = time.monotonic() + 60
    while not list(case.folder.glob(".work/*.json")) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "the same command resumes" in err
    assert "Traceback" not in err
    assert not list(case.folder.glob("runs/*/run.json"))
    assert play(case, "run").code == 0


def test_the_command_itself_refuses_without_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tocsin", "run", "--case", str(tmp_path)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "case.toml: there is no readable case.toml here" in done.stderr
    assert "Traceback" not in done.stderr
