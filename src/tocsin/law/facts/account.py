"""What the forms ask beyond the clocks: the incident told in words, its measures, the traces kept, figures declared.

Nothing here moves a deadline. What is not known is left out, and a form then says « not yet known » or lists it as
lacking; nothing is guessed.

>>> Account(summary="Robots read the portal with phished accounts.").is_ongoing is None
True
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import AwareDatetime

from tocsin.law.facts.words import EVERYONE, STRICT, Count, Id, Text

Cause = Literal[
    "internal_malicious", "internal_accidental", "external_malicious", "external_accidental", "other", "unknown"
]  # fmt: skip
Horizon = Literal["before", "immediate", "medium_term", "long_term"]


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Somebody to write to or call."""

    __pydantic_config__ = STRICT
    name: str = ""
    function: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    reference: str = ""
    """For a DPO: the number of its designation."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who a party is, as forms ask it."""

    __pydantic_config__ = STRICT
    siren: str = ""
    siret: str = ""
    address: str = ""
    sector: str = ""
    """The NAF section, or the trade in words."""
    size: str = ""
    contact: Contact | None = None
    dpo: Contact | None = None
    representative: Contact | None = None
    """Who signs for it: a complaint wants a natural person."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """The incident in words: of the whole breach, or what one controller says otherwise."""

    __pydantic_config__ = STRICT
    controller: str = EVERYONE
    summary: str = ""
    """What is known."""
    supposed: str = ""
    """What is only supposed, kept apart from what is known."""
    is_established: bool | None = None
    is_ongoing: bool | None = None
    discovered_at: AwareDatetime | None = None
    discovered_how: str = ""
    origins: tuple[Id, ...] = ()
    """In the words of the CNIL's form."""
    causes: tuple[Cause, ...] = ()
    supports: tuple[Id, ...] = ()
    consequences: tuple[Id, ...] = ()
    harms: tuple[Id, ...] = ()
    consequences_in_words: str = ""
    other_member_states: tuple[str, ...] = ()
    contact_for_people: str = ""
    advice: str = ""
    """What people can do themselves."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What is done about it, or was in place before."""

    __pydantic_config__ = STRICT
    by: str = EVERYONE
    horizon: Horizon
    what: Text
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Something that proves: kept, or still to be kept by who holds it."""

    __pydantic_config__ = STRICT
    what: Text
    held_by: Text
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    kept_until: date | None = None
    """When its holder will destroy it if nobody asks."""
    sha256: str = ""
    is_preserved: bool = False


@dataclass(frozen=True, kw_only=True)
class DeclaredFigure:
    """A number that no run gave: who says it, when, and on what ground."""

    __pydantic_config__ = STRICT
    controller: str = EVERYONE
    population: Literal["insured", "professional"] = "insured"
    unit: Literal["persons", "households", "contracts", "records", "lines"] = "persons"
    lower: Count | None = None
    upper: Count
    by: Text
    on: date
    ground: Text
