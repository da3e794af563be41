"""``docs/law.md`` names every text with its dates, and every key of the facts file."""

from __future__ import annotations

import dataclasses
import typing
from pathlib import Path

from tocsin.language import speaking
from tocsin.law.facts import Circumstances, Facts
from tocsin.law.facts.load import KINDS
from tocsin.law.facts.vocabulary import vocabulary
from tocsin.law.risk.vocabulary import all_categories, all_profiles, profile_name
from tocsin.law.risk.words import spelled
from tocsin.law.texts import all_texts
from tocsin.law.words import kind_name

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


def rows_of_words() -> list[str]:
    """Each code of the facts file, and how it is spelled."""
    with speaking("en"):
        kinds = [f"| `{kind}` | {kind_name(kind)} |" for kind in KINDS]
        data = [
            f"| `{name}` | {spelled(name)} | {item.type} | {item.insight or '-'} | {item.identification} |"
            for name, item in all_categories().items()
        ]
        allowed = [
            word for hint in typing.get_type_hints(Circumstances).values() for item in typing.get_args(hint)
            for word in typing.get_args(item)
        ]  # fmt: skip
        words = [f"| `{word}` | {spelled(word)} |" for word in dict.fromkeys(allowed) if word not in INSIGHTS]
        profiles = [
            f"| {profile_name(item.name)} | {'; '.join(' or '.join(sorted(need)) for need in item.needs)} |"
            for item in all_profiles()
        ]
        topics = {
            (f"account.{topic}" if topic != "measures" else "measure.kind"): codes
            for topic, codes in vocabulary().items()
        }
        told = [
            f"| `{key}` | `{code}` | {item['en']} |" for key, codes in topics.items() for code, item in codes.items()
        ]
    return [*kinds, *data, *words, *profiles, *told]


INSIGHTS = {"status", "sensitive", "safety", "profile", "little", "full", "general"}


def test_the_page_has_every_row() -> None:
    for row in (*rows_of_texts(), *rows_of_keys(), *rows_of_words()):
        assert row in PAGE


def test_the_page_says_how_many_texts_begin_from_nothing() -> None:
    assert sum(item.nothing_before for item in all_texts().values()) == 5
    assert "Five\n  texts say more" in PAGE
