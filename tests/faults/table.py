"""What a fault is: what is wrong, the command that meets it, and what a person must see.

Two decorators register a small function that damages a copy of the base case: ``refused`` when the program must stop
with exit code 1, and ``told`` when it must go on, say it, and lose nothing. The first line of the function's docstring
names the fault, for the reader of ``docs/faults.md``.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import inspect
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.faults.base import BaseCase, make_case
from tocsin.cli import app, screen
from tocsin.language import speaking

Damage = Callable[[BaseCase], None]
CHAPTERS = {
    "case": "The case file",
    "evidence": "Files received, and their seals",
    "logs": "Logs",
    "registers": "Registers",
    "decisions": "Decisions",
    "breaches": "The register of breaches",
    "commands": "Commands",
}


@dataclass(frozen=True)
class Fault:
    """One row of the table."""

    chapter: str
    slug: str
    """The kind of the refusal, or the code of what is told: each has its own remedy."""
    title: str
    damage: Damage
    command: str
    """What is typed after ``tocsin``; ``--case`` is added, but where ``{case}`` already stands."""
    where: str
    """The file, with the line when there is one, as it must be shown."""
    says: str
    """Words that must be on the screen."""
    is_told: bool
    count: int = 1
    """How many lines, rows or files are told."""

    @property
    def name(self) -> str:
        return self.damage.__name__


@dataclass(frozen=True)
class Seen:
    """What a command left on the screen."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


FAULTS: list[Fault] = []


def refused(
    chapter: str, slug: str, *, where: str = "", says: str = "", command: str = "run"
) -> Callable[[Damage], Damage]:
    """Register a fault that must be refused."""

    def register(damage: Damage) -> Damage:
        title = (inspect.getdoc(damage) or "").splitlines()[0].rstrip(".")
        FAULTS.append(Fault(chapter, slug, title, damage, command, where, says, False))
        return damage

    return register


def told(
    chapter: str, slug: str, *, where: str, says: str = "", count: int = 1, command: str = "run"
) -> Callable[[Damage], Damage]:
    """Register a fault that must be told, and not stop the work."""

    def register(damage: Damage) -> Damage:
        title = (inspect.getdoc(damage) or "").splitlines()[0].rstrip(".")
        FAULTS.append(Fault(chapter, slug, title, damage, command, where, says, True, count))
        return damage

    return register


def play(case: BaseCase, command: str) -> Seen:
    """Run one command on a case, in this process, as the shell would."""
    words = [word.replace("{case}", str(case.folder)) for word in command.split()]
    if "{case}" not in command and words[0] not in ("init", "rehearse"):
        words += ["--case", str(case.folder)]
    if words[0] == "run":
        words += ["--threads", "1"]
    out, err = io.StringIO(), io.StringIO()
    was = (sys.argv, screen.screen.width, screen.errors.width)
    sys.argv = ["tocsin", *words]
    screen.screen.width = screen.errors.width = 240
    os.environ["TOCSIN_BY"] = "A. Martin"
    code = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), speaking("en"):
            app.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.argv, screen.screen.width, screen.errors.width = was
    return Seen(code, out.getvalue(), err.getvalue())


def already_run(case: BaseCase) -> None:
    """As after ``tocsin run`` on the undamaged case, made once."""
    finished = _finished_case()
    shutil.copytree(finished.folder / "runs", case.folder / "runs")
    shutil.copy(finished.folder / "manifest.jsonl", case.folder)


def lend_tables(case: BaseCase) -> None:
    """Lend the tables of the undamaged case: a run takes those that the damage does not change, as after a kill."""
    shutil.copytree(_finished_case().folder / ".work", case.folder / ".work", copy_function=os.link)


@cache
def _finished_case() -> BaseCase:
    folder = Path(tempfile.mkdtemp(prefix="tocsin-faults-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    case = make_case(folder / "case")
    assert play(case, "run").code == 0
    return case


def all_faults() -> list[Fault]:
    """Every fault, by chapter."""
    for name in CHAPTERS:
        importlib.import_module(f"tests.faults.in_{name}")
    return sorted(FAULTS, key=lambda fault: list(CHAPTERS).index(fault.chapter))


def anonymous(text: str, folder: Path) -> str:
    """What changes from one machine and one day to the next, replaced."""
    return text.replace(str(folder) + "/", "").replace(str(folder), "CASE")
