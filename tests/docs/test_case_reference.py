"""``docs/case-file.md`` says what the model says, and nothing less."""

from __future__ import annotations

import doctest
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from tocsin.evidence.case import model, parse_case

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def printer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("print_case_reference", DOCS / "print_case_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date(printer: ModuleType) -> None:
    page = (DOCS / "case-file.md").read_text("utf-8")
    assert printer.printed_page(page) == page, "run: python docs/print_case_reference.py"


def test_the_example_of_the_script_runs(printer: ModuleType) -> None:
    assert doctest.testmod(printer).failed == 0


def test_every_key_is_described() -> None:
    tables = [item for item in vars(model).values() if isinstance(item, type) and issubclass(item, model.Table)]
    assert len(tables) > 15
    bare = [
        f"{table.__name__}.{name}"
        for table in tables if table not in (model.Case, model.Table)
        for name, field in table.model_fields.items() if not field.description
    ]  # fmt: skip
    assert bare == []


def test_the_hand_written_lists_name_what_the_code_knows() -> None:
    from tocsin.evidence.formats.fields import TEXTS
    from tocsin.evidence.registers.columns import STANDARD

    page = (DOCS / "case-file.md").read_text("utf-8")
    cells = set(re.findall(r"`([a-z_.A-Z]+)`", page))
    assert set(STANDARD) <= cells
    assert {*TEXTS, "record_ids", "criteria"} <= cells


def test_the_commented_example_is_a_case() -> None:
    """Each ``# `` of the template removed, the whole example parses and agrees with itself."""
    text = Path(model.__file__).with_name("template.toml").read_text("utf-8")
    opened = "\n".join(
        re.sub(r"^# (?=(\[|# |\w+ = |$))", "", line) if not line.startswith("# ---") else line
        for line in text.splitlines()[3:]
    )
    assert parse_case(opened).log[0].id == "pro-a1"
