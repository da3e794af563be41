"""What binds the parties: clauses, mandates, formal notices, and who is controller of the professionals' data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import AwareDatetime

from tocsin.law.facts.words import EVERYONE, STRICT, Act, Id, Positive, Text


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A time that a contract sets for one party to tell another."""

    __pydantic_config__ = STRICT
    by: Id
    to: str = EVERYONE
    hours: Positive | None = None
    working_days: Positive | None = None
    where: str = ""
    """Where the contract says so."""


@dataclass(frozen=True, kw_only=True)
class FormalNotice:
    """A formal notice of the authority, by its own terms."""

    __pydantic_config__ = STRICT
    to: Id
    received_at: AwareDatetime
    demands: Text
    authority: Text = "CNIL"
    hours: Positive | None = None
    days: Positive | None = None
    months: Positive | None = None
    has_free_days: bool = False
    """The letter counts « jours francs »."""
    answers_34_4: bool = False
    """It orders to tell the people (GDPR 34(4))."""


@dataclass(frozen=True, kw_only=True)
class Mandate:
    """Who acts for whom, between two days."""

    __pydantic_config__ = STRICT
    by: Id
    to: Id
    acts: tuple[Act, ...]
    given_on: date
    ended_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Professionals:
    """Who is controller of the professionals' data: a fact that somebody records, and that changes the duties."""

    __pydantic_config__ = STRICT
    controller: str
    """The id of a party; ``*``: each controller, for the professionals whom it pays."""
    recorded_by: Text
    recorded_on: date
    reason: Text
