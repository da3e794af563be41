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

Size = Literal["", "micro", "small_medium", "large", "other"]
Discoverer = Literal["controller", "processor", "data_subject", "external", "press", "other"]
Disclosure = Literal["proved", "likely", "excluded", "not_assessable"]
Alteration = Literal["without_use", "used_recoverable", "used_unrecoverable"]
Channel = Literal["individual", "public", "other"]

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
    lei: str = ""
    """The legal entity identifier, which financial authorities ask."""
    address: str = ""
    sector: str = ""
    """The NAF section, or the trade in words."""
    size: Size = ""
    is_public: bool | None = None
    """A public body, or a private one."""
    contact: Contact | None = None
    second_contact: Contact | None = None
    has_dpo: bool | None = None
    """Needed only to say that none is designated."""
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
    discovered_by: Discoverer | None = None
    discovered_how: str = ""
    reason_for_delay: str = ""
    """Why the notification leaves after its 72 hours."""
    systems: str = ""
    """The systems, software and services concerned."""
    origins: tuple[Id, ...] = ()
    """In the words of ``vocabulary.toml``, as ``supports``, ``people``, ``consequences`` and ``harms``."""
    causes: tuple[Cause, ...] = ()
    people: tuple[Id, ...] = ()
    """What the people are to the controller; else what the populations of the groups say."""
    disclosure: Disclosure | None = None
    """Whether data left: else a run that proves a read says so."""
    alteration: Alteration | None = None
    supports: tuple[Id, ...] = ()
    consequences: tuple[Id, ...] = ()
    harms: tuple[Id, ...] = ()
    consequences_in_words: str = ""
    is_cross_border: bool | None = None
    other_member_states: tuple[str, ...] = ()
    told_on: date | None = None
    """The day on which the people will be told, when it is not past."""
    people_told: Count | None = None
    channels: tuple[Channel, ...] = ()
    contact_for_people: str = ""
    advice: str = ""
    """What people can do themselves."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What is done about it, or was in place before."""

    __pydantic_config__ = STRICT
    by: str = EVERYONE
    horizon: Horizon
    kind: Id | None = None
    """In the words of ``vocabulary.toml``."""
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
