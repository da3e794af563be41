"""A notice before it is typeset, pasted or frozen: sections of plain values, nothing of their look.

What renders it (Typst, the terminal, JSON) adds no word of its own about the breach, so that what a person checked on
screen is what leaves.

>>> Document("police_complaint", "operator", "en", "Complaint", (Section("Facts", (Paragraph("..."),)),)).lacking
()
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tocsin.notices.figure import Figure

State = Literal["known", "not_yet_known", "lacking", "not_applicable"]
"""``not_yet_known``: the form allows to say so. ``lacking``: it does not, and somebody must answer before it leaves."""


@dataclass(frozen=True)
class Paragraph:
    """Words."""

    text: str


@dataclass(frozen=True)
class Field:
    """One line of a form."""

    label: str
    value: str = ""
    state: State = "known"
    code: str = ""
    """The number that the form gives it."""
    origin: str = ""
    """Where it comes from: ``facts.toml [breach] occurred_from``, ``run 7f3a19c2, figure``."""
    figure: Figure | None = None


@dataclass(frozen=True)
class Table:
    """Rows of cells, all of them text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Field | Table


@dataclass(frozen=True)
class Section:
    """A part of a document."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """One notice of one party, in one language."""

    kind: str
    """The duty that it answers (:data:`tocsin.law.facts.load.KINDS`), or ``preservation_letter``."""
    party: str
    language: str
    title: str
    sections: tuple[Section, ...]
    to: str = ""
    """The addressee, when there is one for each."""
    addressee: tuple[str, ...] = ()
    """The lines of its address."""
    warning: str = ""
    """What the document is not: an official form, a final version."""
    as_of: str = ""
    """The instant that it describes, in ISO 8601 with its offset: nothing else dates its bytes."""
    signature: tuple[str, ...] = ()
    party_name: str = ""
    """The party as its addressee knows it; the head of each page."""
    sender: tuple[str, ...] = ()
    """Who writes, for the head of a letter: name, address, contact."""
    place: str = ""
    """Where a letter is written."""
    deadline: str = ""
    """By when it must leave, in words: printed first."""
    rests_on: str = ""
    """What it rests on, at the foot of each page: a run, a digest of the facts."""

    @property
    def fields(self) -> Iterator[Field]:
        """Every field, in order."""
        return (block for section in self.sections for block in section.blocks if isinstance(block, Field))

    @property
    def lacking(self) -> tuple[str, ...]:
        """What somebody must still answer before it leaves."""
        return tuple(field.label for field in self.fields if field.state == "lacking")
