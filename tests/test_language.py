"""Every sentence for a person exists in French, whole, with the same blanks to fill.

Messages are found by reading the code as Python does: ``pybabel extract`` misses those inside an f-string on
Python 3.11.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment

from tocsin import language

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tocsin"
CATALOGUE = SOURCE / "locale" / "fr" / "LC_MESSAGES" / "tocsin.po"


def calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text("utf-8"))
    return [
        node for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
    ]  # fmt: skip


def messages() -> set[str]:
    found = set()
    for path in SOURCE.rglob("*.py"):
        for call in calls(path):
            assert isinstance(call.args[0], ast.Constant), f"{path}:{call.lineno}: a message must be a plain string"
            found.add(call.args[0].value)
    return found | messages_of_templates()


def messages_of_templates() -> set[str]:
    found = set()
    for path in SOURCE.rglob("templates/*.html"):
        source = path.read_text("utf-8")
        told = list(Environment(extensions=["jinja2.ext.i18n"], autoescape=True).extract_translations(source))
        assert len(told) == len(re.findall(r"\b_\(", source)), f"{path}: a message must be a plain string"
        found |= {str(message) for _line, function, message in told if function == "_"}
    return found


def blanks(text: str) -> list[tuple[str | None, str | None, str | None]]:
    return sorted(
        ((name, form, conversion) for _, name, form, conversion in string.Formatter().parse(text) if name is not None),
        key=str,
    )


@pytest.fixture(scope="module")
def french() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file)


def test_every_message_has_its_french_and_none_is_left_over(french: Catalog) -> None:
    translated = {entry.id for entry in french if entry.id and entry.string and not entry.fuzzy}
    assert sorted(messages() - translated) == []
    assert sorted(translated - messages()) == []
    assert list(french.obsolete) == []
    assert [entry.id for entry in french if entry.id and entry.fuzzy] == []


def test_the_blanks_are_the_same(french: Catalog) -> None:
    wrong = [entry.id for entry in french if entry.id and blanks(str(entry.id)) != blanks(str(entry.string))]
    assert wrong == []


def test_the_ends_are_the_same(french: Catalog) -> None:
    def ends(text: str) -> tuple[int, int, bool]:
        return len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" ")), text.endswith(".")

    assert [entry.id for entry in french if entry.id and ends(str(entry.id)) != ends(str(entry.string))] == []


def test_the_typography_is_french(french: Catalog) -> None:
    for entry in french:
        text = re.sub(r"`[^`]*`|\{[^}]*\}", "", str(entry.string)) if entry.id else ""
        assert "'" not in text, text
        assert not re.search(r"[«] | [»]", text), text
        assert not re.search(r"(?<!tel que) [;?!](\s|$)| :(\s|$)| %(\s|$)", text), text


def test_the_program_speaks_french() -> None:
    spec = importlib.util.spec_from_file_location("compile_catalogues", ROOT / "compile_catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.compile_all(ROOT)
    language._catalogue.cache_clear()
    with language.speaking("fr"):
        assert language._("working figure") == "chiffre de travail"
        assert language._("a sentence that nobody wrote") == "a sentence that nobody wrote"
    with language.speaking("en"):
        assert language._("working figure") == "working figure"
