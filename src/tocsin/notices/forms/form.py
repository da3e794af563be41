"""A form as its authority drew it: sections, fields, lists, conditions; read from TOML, with its source and how sure.

A field ``asks`` one answer of the notification by name; an option says which codes it ``means``.

>>> option = Option("a", "Piratage", ("hacking", "phishing"))
>>> option.covers(("phishing",))
True
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tocsin.law.texts import SURE


@dataclass(frozen=True)
class Option:
    """One choice of a list."""

    code: str
    label: str
    means: tuple[str, ...]
    is_unknown: bool = False
    """« To be determined »."""
    is_other: bool = False
    """« Other »: what no choice of the list means."""
    needs_incomplete: bool = False
    """Only while the notification may still be completed."""

    def covers(self, codes: Sequence[str]) -> bool:
        """Whether one of the codes is meant."""
        return any(code in self.means for code in codes)


@dataclass(frozen=True)
class Condition:
    """When a field is shown: an answer, or what was chosen in an earlier field, is among some codes."""

    key: str
    no: str
    among: tuple[str, ...]


@dataclass(frozen=True)
class FormField:
    """One question."""

    code: str
    label: str
    asks: str
    options: tuple[Option, ...]
    may_be_unknown: bool
    is_optional: bool
    shown_if: tuple[Condition, ...]
    is_about_filing: bool
    """About this filing and not about the breach: not compared with the filing before."""
    is_single: bool
    sure: str


@dataclass(frozen=True)
class FormSection:
    """A part of a form."""

    title: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True)
class Form:
    """A form, at the day on which it was last read."""

    id: str
    kind: str
    language: str
    title: str
    warning: str
    source: str
    checked_on: date
    sure: str
    not_known: str
    blank: str
    nothing: str
    missing: str
    notes: tuple[str, ...]
    sections: tuple[FormSection, ...]

    @property
    def fields(self) -> list[FormField]:
        """Every field, in order."""
        return [item for section in self.sections for item in section.fields]


@cache
def load_form(path: Path, language: str) -> Form:
    """Read a form; ``language`` chooses among its labels where it has several."""
    data = tomllib.loads(path.read_text("utf-8"))
    head = data["form"]
    own = head.get("language", language)

    def word(value: Any) -> str:
        return str(value[own] if isinstance(value, dict) else value)

    lists = {name: _options(item, word) for name, item in data.get("options", {}).items()}
    sections = tuple(
        FormSection(word(item["title"]), tuple(_field(row, lists, word, head["sure"]) for row in item["field"]))
        for item in data["section"]
    )
    form = Form(
        id=path.parent.name, kind=head["kind"], language=own, title=word(head["title"]), warning=word(head["warning"]),
        source=head["source"], checked_on=head["checked_on"], sure=head["sure"], not_known=word(head["not_known"]),
        blank=word(head["blank"]), nothing=word(head["nothing"]), missing=word(head["missing"]),
        notes=tuple(map(word, head.get("notes", ()))), sections=sections,
    )  # fmt: skip
    if {form.sure, *(item.sure for item in form.fields)} - {*SURE}:
        raise ValueError(f"{path}: how sure?")
    return form


def _options(item: Mapping[str, Any], word: Any) -> tuple[Option, ...]:
    return tuple(
        Option(
            row.get("code", str(number)), word(row["label"]), tuple(row.get("means", ())),
            row.get("is_unknown", False), row.get("is_other", False), row.get("needs_incomplete", False),
        )
        for number, row in enumerate(item["choices"], start=1)
    )  # fmt: skip


def _field(row: Mapping[str, Any], lists: Mapping[str, tuple[Option, ...]], word: Any, sure: str) -> FormField:
    conditions = tuple(
        Condition(item.get("key", ""), str(item.get("no", "")), tuple(item["among"]))
        for item in row.get("shown_if", ())
    )
    return FormField(
        str(row["code"]), word(row["label"]), row.get("asks", ""), lists[row["options"]] if "options" in row else (),
        row.get("may_be_unknown", False), row.get("is_optional", False), conditions,
        row.get("is_about_filing", False), row.get("is_single", False), row.get("sure", sure),
    )  # fmt: skip
