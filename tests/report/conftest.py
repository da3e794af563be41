"""Breaches of which the report is looked at, made once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.minicase import MiniCase, line
from tocsin.analysis.run import Run, run_case
from tocsin.evidence.case import CaseFolder, open_case
from tocsin.evidence.decisions import decide
from tocsin.evidence.verdicts import read_verdicts
from tocsin.rehearsal import World, generate
from tocsin.report.content import Content, gather
from tocsin.report.page import render

GAPS = ("missing_node_interval", "missing_rotated_file", "truncated_gzip", "throttled", "garbage_lines")
HOSTILE = "<script>alert('x')</script>\"&{{ 7 * 7 }}"


@dataclass(frozen=True)
class Reported:
    """A case, its run, and its pages."""

    folder: CaseFolder
    run: Run
    content: Content
    pages: dict[str, str]


def report(path: Path, run: Run | None = None) -> Reported:
    folder = open_case(path)
    done = run or run_case(folder, who="test")
    content = gather(folder, done)
    return Reported(folder, done, content, {code: render(content, code) for code in ("fr", "en")})


@pytest.fixture(scope="session")
def breach(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    """A shared attack, with holes in its logs and sessions of which a person doubts."""
    path = tmp_path_factory.mktemp("report") / "breach"
    generate(World(people=900, seed=21, attack="shared", defects=GAPS), path)
    bodies = read_verdicts(path / "verdicts.toml")
    for n, body in enumerate(bodies):
        if body["verdict"] == "hostile" and n % 5 == 0:
            body["verdict"] = "suspect"
    decide(path / "decisions.jsonl", who="analyst", kind="verdict", reason="known by construction", bodies=bodies)
    return report(path)


@pytest.fixture(scope="session")
def injected(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    """An intruder who writes markup wherever a log lets him, and an account of the same kind."""
    case = MiniCase(tmp_path_factory.mktemp("injected"))
    case.write([
        line("read", ids=["A"], agent=HOSTILE, account=f"acc{HOSTILE}", ip="203.0.113.9"),
        line("read", "10:05", ids=["B"], agent=HOSTILE, account=f"acc{HOSTILE}", ip="203.0.113.9"),
    ])  # fmt: skip
    text = (case.folder / "case.toml").read_text("utf-8")
    text = text.replace('title = "A few people"', "title = '''A <b>few</b> people \"&\" co'''")
    text = text.replace('name = "One"', "name = '''One <img src=x onerror=alert(1)>'''")
    (case.folder / "case.toml").write_text(text, "utf-8")
    case.verdict(account=f"acc{HOSTILE}")
    return report(case.folder)


@pytest.fixture(scope="session")
def unlogged(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    """The case of the first night: a register, a portal, and no log."""
    case = MiniCase(tmp_path_factory.mktemp("unlogged"))
    case.write([])
    text = (case.folder / "case.toml").read_text("utf-8")
    before, _mark, _log = text.partition("[[log]]")
    (case.folder / "case.toml").write_text(before, "utf-8")
    return report(case.folder)
