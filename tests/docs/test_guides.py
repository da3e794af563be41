"""The guides are true: their files are made, their commands run, and what they promise is on the screen."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "docs" / "guides"
BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Command:
    """One command of a guide, and what must be seen after it."""

    line: str
    expected: list[str] = field(default_factory=list)


def steps_of(text: str) -> list[tuple[str, str] | Command]:
    """Files (path, contents) and commands, in the order of the page."""
    steps: list[tuple[str, str] | Command] = []
    for language, path, body in BLOCK.findall(text):
        if path:
            steps.append((path, body))
        elif language == "console":
            for line in body.splitlines():
                if line.startswith("$ "):
                    steps.append(Command(line[2:]))
                else:
                    last = steps[-1]
                    assert isinstance(last, Command)
                    last.expected.append(line)
    return steps


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def shows(screen: str, line: str) -> bool:
    """Whether the screen says ``line``, or one of its rows holds the cells of ``line`` in their order."""
    return squeezed(line) in squeezed(screen) or any(holds(row.split(), line.split()) for row in screen.splitlines())


def holds(row: list[str], words: list[str]) -> bool:
    left = iter(row)
    return all(word in left for word in words)


def runs_in_order(folder: Path) -> list[str]:
    return [
        path.parent.name for path in sorted(folder.glob("runs/*/run.json"), key=lambda path: path.stat().st_mtime_ns)
    ]


def execute(command: Command, folder: Path) -> subprocess.CompletedProcess[str]:
    line = command.line
    for number, run in enumerate(runs_in_order(folder), start=1):
        line = line.replace(f"RUN{number}", run)
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200", "TOCSIN_LANG": "en", "TOCSIN_BY": "A. Martin",
    }  # fmt: skip
    line = re.sub(r"^tocsin ", "python -m tocsin ", line)
    line = re.sub(r"^python ", f"{shlex.quote(sys.executable)} ", line)
    return subprocess.run(line, shell=True, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


RUNNABLE = [*sorted(GUIDES.glob("*.md")), ROOT / "docs" / "breach-register.md"]


@pytest.mark.parametrize("guide", RUNNABLE, ids=lambda path: path.stem)
def test_a_guide_does_what_it_says(guide: Path, tmp_path: Path) -> None:
    steps = steps_of(guide.read_text("utf-8"))
    assert any(isinstance(item, Command) for item in steps)
    for item in steps:
        if isinstance(item, tuple):
            path = tmp_path / item[0]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(item[1], "utf-8")
            continue
        done = execute(item, tmp_path)
        screen = done.stdout + done.stderr
        code = int(item.expected[-1].split()[1]) if item.expected and item.expected[-1].startswith("exit ") else 0
        assert done.returncode == code, f"{item.line}\n{screen}"
        missing = [line for line in item.expected if not line.startswith("exit ") and not shows(screen, line)]
        assert missing == [], f"{item.line}\n{screen}"


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target
