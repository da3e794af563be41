"""What arrives late, or is judged again, recomputes what follows from it and nothing else; the answer is that of a run
from nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tocsin.analysis.comparison import compare_runs
from tocsin.analysis.run import Run, content_digest, run_case
from tocsin.evidence.case import open_case
from tocsin.evidence.decisions import decide
from tocsin.evidence.verdicts import read_verdicts
from tocsin.rehearsal import World, generate

READING = {"register-register-a", "register-register-b", "register-professionals-a", "register-professionals-b"}
PEOPLE = {"identity", "exact_person", "linked_pair", "cluster"}
SESSIONS = {"access_session", "redelivered_line", "coverage_gap", "session_feature"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world") / "case"
    generate(World(people=1_000, seed=5, form="parquet"), folder)
    bodies = read_verdicts(folder / "verdicts.toml")
    decide(folder / "decisions.jsonl", who="test", kind="verdict", reason="known by construction", bodies=bodies)
    return folder


def made(case: Path) -> set[str]:
    """The steps and readings whose result is kept."""
    return {path.name for path in (case / ".work").glob("*.parquet")}


def steps(names: set[str]) -> set[str]:
    """``cluster-0f3a….parquet`` -> ``cluster``."""
    return {re.sub(r"-[0-9a-f]{24}(\.rejects)?\.parquet$", "", name) for name in names}


def run_again(case: Path) -> tuple[Run, set[str]]:
    """The run, and the steps that were computed for it."""
    before = made(case) if (case / ".work").exists() else set()
    run = run_case(open_case(case), who="test")
    return run, steps(made(case) - before)


def from_nothing(case: Path, target: Path) -> str:
    shutil.copytree(case, target, ignore=shutil.ignore_patterns("runs", ".work"))
    return content_digest(run_case(open_case(target), who="test"))


def test_a_verdict_reads_nothing_again_and_finds_no_person_again(world: Path, tmp_path: Path) -> None:
    case = Path(shutil.copytree(world, tmp_path / "case"))
    before, _all = run_again(case)
    honest = next(body for body in read_verdicts(case / "verdicts.toml") if body["verdict"] == "hostile")
    decide(
        case / "decisions.jsonl", who="A. Martin", kind="verdict", reason="the holder recognised it",
        bodies=[{**honest, "verdict": "honest"}],
    )  # fmt: skip
    after, computed = run_again(case)
    assert {"hostile_session", "hostile_event", "exposure", "figure"} <= computed
    assert not computed & (READING | PEOPLE | SESSIONS)
    assert not [name for name in computed if name.startswith("log-")]
    told = compare_runs(before, after)
    assert told["counts"]
    assert content_digest(after) == from_nothing(case, tmp_path / "fresh")


def test_a_late_log_is_read_alone_and_finds_no_person_again(world: Path, tmp_path: Path) -> None:
    case = Path(shutil.copytree(world, tmp_path / "case"))
    whole = (case / "case.toml").read_text("utf-8")
    cut = whole.index('\n[[log]]\nid             = "b2"')
    (case / "case.toml").write_text(whole[:cut], "utf-8")
    late = tmp_path / "late"
    late.mkdir()
    for path in (case / "logs/portal-b").glob("b2-*"):
        shutil.move(path, late / path.name)
    before, _all = run_again(case)
    (case / "case.toml").write_text(whole, "utf-8")
    for path in late.iterdir():
        shutil.move(path, case / "logs/portal-b" / path.name)
    after, computed = run_again(case)
    assert not computed & (READING | PEOPLE)
    assert len([name for name in computed if name.startswith("log-")]) == 5, "the five files of the late node"
    told = compare_runs(before, after)
    assert {row["change"] for row in told["counts"]} <= {"added", "reclassified"}
    assert any(row["change"] == "added" for row in told["counts"])
    assert content_digest(after) == from_nothing(case, tmp_path / "fresh")


def test_a_late_part_of_a_register_reads_no_log_and_no_other_register_again(world: Path, tmp_path: Path) -> None:
    case = Path(shutil.copytree(world, tmp_path / "case"))
    whole = (case / "case.toml").read_text("utf-8")
    (case / "case.toml").write_text(whole.replace(', "registers/op-b-2.parquet"', ""), "utf-8")
    late = Path(shutil.move(case / "registers/op-b-2.parquet", tmp_path / "op-b-2.parquet"))
    run_again(case)
    (case / "case.toml").write_text(whole, "utf-8")
    shutil.move(late, case / "registers/op-b-2.parquet")
    after, computed = run_again(case)
    assert "register-register-b" in computed
    assert not computed & (READING - {"register-register-b"})
    assert not computed & SESSIONS
    assert not [name for name in computed if name.startswith("log-")]
    assert content_digest(after) == from_nothing(case, tmp_path / "fresh")
