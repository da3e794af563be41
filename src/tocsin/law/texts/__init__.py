"""The texts: values, quotation, source, the day a human last checked them, apart from the reasoning.

One file per text, one ``[[version]]`` per state of it. A day before the first version, or after one that ended, is
outside the encoded period: the rules refuse rather than extrapolate. A day after the last check is answered, and says
that the state of the text is not known since then: never that it is not in force.

>>> version = text("gdpr_33_1").in_force(on=date(2024, 2, 2))
>>> version.name, version.sure, version.standing(date(2024, 2, 2))
('GDPR 33(1)', 'source', 'in_force')
>>> text("gdpr_33_1").in_force(on=date(2018, 5, 24))
Traceback (most recent call last):
tocsin.law.texts.OutsideLegalCoverage: gdpr_33_1.toml: GDPR 33(1) is not encoded for 2018-05-24.
  Why it matters: a rule applied outside the dates of its text would be an invention.
  What to do: ask counsel what applied on that day, or encode the text of that day with its source.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tocsin.errors import TocsinError
from tocsin.language import _, current_language

FOLDER = Path(__file__).parent
EFFECTS = ("in_force", "not_transposed", "proposed")
SURE = ("source", "secondary", "memory")
"""How sure: the text itself was read; another's account of it was read; neither."""


class OutsideLegalCoverage(TocsinError):  # noqa: N818 - the name says what happened, as the design asks
    """A day for which no version of a text is encoded."""


@dataclass(frozen=True)
class Version:
    """A text as it stood between two days."""

    text: str
    title: Mapping[str, str]
    in_force_from: date
    in_force_to: date | None
    values: Mapping[str, Any]
    quotation: str
    source: str
    checked_on: date
    known_to: date
    sure: str
    effect: str
    counted_by: str
    notes: Mapping[str, str]

    @property
    def name(self) -> str:
        """The text as the reader calls it."""
        return self.title[current_language()]

    @property
    def note(self) -> str:
        """What the reader must know of how it was encoded."""
        return self.notes.get(current_language(), "")

    def number(self, key: str) -> int:
        """A number of the text."""
        value = self.values[key]
        if not isinstance(value, int):
            raise TypeError(f"{self.text}.toml: {key} is no number")
        return value

    def word(self, key: str) -> str:
        """A word of the text."""
        return str(self.values[key])

    def standing(self, on: date) -> str:
        """``in_force``, ``unknown_since`` (after the last check), ``not_transposed`` or ``proposed``."""
        if self.effect == "proposed":
            return "proposed"
        if on > self.known_to and self.in_force_to is None:
            return "unknown_since"
        return self.effect


@dataclass(frozen=True)
class Text:
    """A text in its versions, in order of time."""

    id: str
    versions: tuple[Version, ...]
    nothing_before: bool = field(default=False)
    """Before its first version there was no such duty, as opposed to: nothing is encoded."""

    def covering(self, on: date) -> list[Version]:
        """The versions whose days include ``on``; a test holds that there is never more than one."""
        return [
            item for item in self.versions
            if item.in_force_from <= on and (item.in_force_to is None or on <= item.in_force_to)
        ]  # fmt: skip

    def is_born(self, on: date) -> bool:
        """Whether there was such a duty at all on that day, as far as the text says."""
        return not (self.nothing_before and on < self.versions[0].in_force_from)

    def in_force(self, on: date) -> Version:
        """The version of that day. Raises :class:`OutsideLegalCoverage` rather than extrapolate."""
        found = self.covering(on)
        if not found:
            raise OutsideLegalCoverage(
                "outside-legal-coverage",
                _("{text} is not encoded for {day}").format(text=self.versions[0].name, day=on),
                where=f"{self.id}.toml",
                why=_("a rule applied outside the dates of its text would be an invention"),
                remedy=_("ask counsel what applied on that day, or encode the text of that day with its source"),
            )
        return found[0]


def load_text(path: Path) -> Text:
    """Read one file of ``texts/``."""
    data = tomllib.loads(path.read_text("utf-8"))
    versions = tuple(_version(path.stem, data["title"], item) for item in data["version"])
    return Text(
        path.stem, tuple(sorted(versions, key=lambda item: item.in_force_from)), data.get("nothing_before", False)
    )


def _version(name: str, title: Mapping[str, str], item: Mapping[str, Any]) -> Version:
    version = Version(
        text=name, title=title, in_force_from=item["in_force_from"], in_force_to=item.get("in_force_to"),
        values=item["values"], quotation=item.get("quotation", ""), source=item["source"],
        checked_on=item["checked_on"], known_to=item.get("known_to", item["checked_on"]), sure=item["sure"],
        effect=item.get("effect", EFFECTS[0]), counted_by=item.get("counted_by", ""), notes=item.get("note", {}),
    )  # fmt: skip
    if version.sure not in SURE or version.effect not in EFFECTS:
        raise ValueError(f"{name}.toml: {version.sure}, {version.effect}")
    return version


@cache
def all_texts() -> Mapping[str, Text]:
    """Every text encoded, by name."""
    return {path.stem: load_text(path) for path in sorted(FOLDER.glob("*.toml"))}


def text(name: str) -> Text:
    """One text."""
    return all_texts()[name]
