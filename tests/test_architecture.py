"""The import contract of ARCHITECTURE.md, read from its table and held against the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tocsin"
FREE = {"errors", "language"}
LONGEST = 300


def contract() -> dict[str, set[str]]:
    """Folder -> folders that it may import."""
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", (ROOT / "ARCHITECTURE.md").read_text("utf-8"), re.MULTILINE)
    return {folder: set(re.findall(r"`(\w+)`", allowed)) for folder, allowed in rows}


def imports_of(path: Path) -> set[str]:
    """The parts of Tocsin that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" if node.module == "tocsin" else node.module or ""
                     for alias in node.names]  # fmt: skip
        found |= {name.split(".")[1] for name in names if name.startswith("tocsin.")}
    return {name for name in found if not name.startswith("__")}


def test_the_table_names_every_folder() -> None:
    folders = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert folders == set(contract())


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_follow_the_contract(path: Path) -> None:
    folder = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if folder in ("__init__", "__main__"):
        return
    allowed = contract().get(folder, set()) | FREE | {folder}
    assert imports_of(path) <= allowed


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_file_holds_two_rooms(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", sorted(SOURCE.glob("analysis/steps/*.sql")), ids=lambda path: path.name)
def test_every_step_says_its_purpose_first(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith(f"-- {path.stem}: ")
