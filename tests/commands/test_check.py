"""``tocsin check``: what is not proved is not called safe; and one computation at a time in a case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.minicase import MiniCase, line
from tocsin.analysis.alone import alone_in, is_held
from tocsin.analysis.run import run_case
from tocsin.cli.app import app
from tocsin.errors import TocsinError
from tocsin.evidence.case import open_case


@pytest.fixture
def case(tmp_path: Path) -> Path:
    made = MiniCase(tmp_path)
    made.write([line("read", ids=["A"])])
    made.run()
    return made.folder


def look(case: Path) -> tuple[int, dict[str, dict[str, Any]]]:
    done = CliRunner().invoke(app, ["--lang", "en", "check", "--case", str(case), "--json"])
    return done.exit_code, {point["name"]: point for point in json.loads(done.stdout)}


def test_a_case_is_closed_to_others_or_told(case: Path) -> None:
    case.chmod(0o700)
    assert look(case)[1]["closed to other users"]["state"] == "safe"
    case.chmod(0o750)
    code, points = look(case)
    assert (code, points["closed to other users"]["state"]) == (1, "unsafe")
    assert f"chmod 700 {case.resolve()}" in points["closed to other users"]["remedy"]


def test_what_a_killed_run_left_is_told_and_removed_by_the_next(case: Path) -> None:
    left = case / ".work" / "tocsin-spill-abc"
    left.mkdir()
    (left / "part").write_text("somebody", "utf-8")
    assert look(case)[1]["nothing left by a killed run"]["found"] == "tocsin-spill-abc"
    with alone_in(open_case(case)):
        assert look(case)[1]["nothing left by a killed run"]["state"] == "safe", "it belongs to who is at work"
    (case / "case.toml").write_text((case / "case.toml").read_text("utf-8") + "\n", "utf-8")
    run_case(open_case(case), who="test")
    assert not left.exists()


def test_a_changed_byte_is_told(case: Path) -> None:
    (register,) = case.rglob("register.csv")
    register.write_bytes(register.read_bytes() + b"\n")
    code, points = look(case)
    assert (code, points["evidence intact"]["state"]) == (1, "unsafe")
    assert points["decisions intact"]["state"] == "safe"


def test_two_computations_at_once_are_refused(case: Path) -> None:
    folder = open_case(case)
    (case / "case.toml").write_text((case / "case.toml").read_text("utf-8") + "\n# again\n", "utf-8")
    assert not is_held(folder)
    with alone_in(folder):
        assert is_held(folder)
        with pytest.raises(TocsinError) as refused:
            run_case(open_case(case), who="test")
    assert refused.value.kind == "case-busy"
    assert run_case(open_case(case), who="test").path.exists()


def test_the_screen_says_what_to_do(case: Path) -> None:
    case.chmod(0o755)
    done = CliRunner().invoke(app, ["--lang", "fr", "check", "--case", str(case)])
    assert done.exit_code == 1
    assert "NON" in done.stdout
    assert "chmod 700" in done.stdout
