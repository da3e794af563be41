"""A run is named by what it rests on, gives the same bytes, survives a kill, and never silently follows a change."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.worlds.test_invariants import play
from tocsin.analysis.comparison import compare_runs
from tocsin.analysis.run import content_digest, run_case
from tocsin.errors import TocsinError
from tocsin.evidence.case import open_case
from tocsin.evidence.decisions import decide
from tocsin.rehearsal import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world") / "case"
    play(World(people=1_500, seed=11, attack="bulk"), folder)
    return folder


def copy(world: Path, target: Path) -> Path:
    shutil.copytree(world, target, ignore=shutil.ignore_patterns("runs", ".work"))
    return target


@pytest.mark.parametrize(("threads", "memory"), [(1, "2GB"), (4, "700MB")])
def test_same_inputs_same_bytes(world: Path, tmp_path: Path, threads: int, memory: str) -> None:
    (first,) = (world / "runs").glob("*")
    again = run_case(open_case(copy(world, tmp_path / "case")), who="somebody else", threads=threads, memory=memory)
    assert again.id == first.name
    for path in sorted(first.rglob("*.parquet")):
        assert (again.path / path.relative_to(first)).read_bytes() == path.read_bytes(), path.name


def test_a_changed_byte_stops_the_run(world: Path, tmp_path: Path) -> None:
    folder = copy(world, tmp_path / "case")
    log = sorted((folder / "logs").rglob("*.gz"))[0]
    bytes_ = bytearray(log.read_bytes())
    bytes_[100] ^= 1
    log.write_bytes(bytes(bytes_))
    with pytest.raises(TocsinError) as refused:
        run_case(open_case(folder), who="test")
    assert refused.value.kind == "seal-broken"


def test_a_killed_run_resumes_to_the_same_bytes(world: Path, tmp_path: Path) -> None:
    folder = copy(world, tmp_path / "case")
    command = [sys.executable, "-m", "tocsin", "run", "--case", str(folder)]
    for delay in (1.2, 1.8, 2.4):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
    run = run_case(open_case(folder), who="test")
    (first,) = (world / "runs").glob("*")
    assert run.id == first.name
    assert not list((folder / ".work").glob("tocsin-spill-*"))
    for path in sorted(first.rglob("*.parquet")):
        assert (run.path / path.relative_to(first)).read_bytes() == path.read_bytes(), path.name


def test_a_verdict_makes_another_run_and_the_difference_is_told(world: Path, tmp_path: Path) -> None:
    folder = copy(world, tmp_path / "case")
    before = run_case(open_case(folder), who="test")
    session = next(line for line in (folder / "verdicts.toml").read_text().split("[[verdict]]") if '"hostile"' in line)
    token = next(line.split('"')[1] for line in session.splitlines() if line.startswith("session_token"))
    decide(
        folder / "decisions.jsonl", who="A. Martin", kind="verdict", reason="the holder recognised it",
        bodies=[{"session_token": token, "verdict": "honest", **_account(session)}],
    )  # fmt: skip
    after = run_case(open_case(folder), who="test")
    assert after.id != before.id
    assert content_digest(after) != content_digest(before)
    found = compare_runs(before, after)
    assert {row["change"] for row in found["counts"]} <= {"removed", "reclassified"}
    assert found["counts"]
    assert any(row["scope"] == "total" and row["unit"] == "persons" for row in found["figures"])


def _account(session: str) -> dict[str, str]:
    told = dict(line.split(" = ") for line in session.replace("  ", " ").splitlines() if " = " in line)
    return {key.strip(): value.strip('"') for key, value in told.items() if key.strip() in ("portal", "account")}


def test_lists_hold_only_their_controller(world: Path) -> None:
    import duckdb

    (run,) = (world / "runs").glob("*")
    for path in sorted(run.glob("controllers/*/exposed_record.parquet")):
        found = duckdb.sql(f"select distinct controller from read_parquet('{path}')").fetchall()
        assert found == [(path.parent.name,)]


def test_a_case_without_any_log_makes_everyone_within_reach_possible(world: Path, tmp_path: Path) -> None:
    import duckdb

    folder = copy(world, tmp_path / "case")
    shutil.rmtree(folder / "logs")
    for name in ("manifest.jsonl", "decisions.jsonl"):
        (folder / name).unlink()
    text = (folder / "case.toml").read_text("utf-8")
    (folder / "case.toml").write_text(text[: text.index("[[log]]")], "utf-8")
    run = run_case(open_case(folder), who="test")
    classes = duckdb.sql(f"select distinct class from read_parquet('{run.table('exposure')}')").fetchall()
    assert classes == [("possible_missing_evidence",)]
    low, up = duckdb.sql(
        f"select lower, upper from read_parquet('{run.table('figure')}') "
        "where scope = 'total' and population = 'insured' and unit = 'persons'"
    ).fetchall()[0]
    assert low == 0
    assert up > 1_000


def test_what_a_run_leaves_is_private(world: Path) -> None:
    assert (world / ".work").stat().st_mode & 0o077 == 0
