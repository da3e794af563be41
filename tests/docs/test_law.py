"""``docs/law.md`` names every text with its dates, and every key of the facts file."""

from __future__ import annotations

import dataclasses
import typing
from pathlib import Path

import pytest

from tocsin.language import speaking
from tocsin.law.facts import Facts
from tocsin.law.risk.vocabulary import all_categories
from tocsin.law.texts import all_texts

PAGE = (Path(__file__).parents[2] / "docs" / "law.md").read_text("utf-8")


def rows_of_texts() -> list[str]:
    with speaking("en"):
        return [
            f"| `{name}` | {item.versions[-1].name} | {item.versions[0].in_force_from} |"
            f" {item.versions[-1].checked_on} | {item.versions[-1].sure} |"
            for name, item in all_texts().items()
        ]


def rows_of_keys() -> list[str]:
    """One row for each table, and for each table in a table."""
    rows = ["| `every_controller` | any key of `party` |", "| `categories` | a category of the run |"]
    tables: list[tuple[str, object]] = list(typing.get_type_hints(Facts).items())
    while tables:
        name, hint = tables.pop(0)
        found = [item for item in (hint, *typing.get_args(hint)) if dataclasses.is_dataclass(item)]
        for inner in found:
            rows.append(f"| `{name}` | " + ", ".join(f"`{field.name}`" for field in dataclasses.fields(inner)) + " |")
            if name != "group":
                tables += [(f"{name}.{key}", value) for key, value in typing.get_type_hints(inner).items()]
    return rows


@pytest.mark.parametrize("row", [*rows_of_texts(), *rows_of_keys()])
def test_the_page_has_the_row(row: str) -> None:
    assert row in PAGE


def test_the_page_lists_every_kind_of_data() -> None:
    assert ", ".join(f"`{name}`" for name in all_categories()) in PAGE


def test_the_page_says_how_many_texts_begin_from_nothing() -> None:
    assert sum(item.nothing_before for item in all_texts().values()) == 5
    assert "Five\n  texts say more" in PAGE
