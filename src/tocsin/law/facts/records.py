"""What persons decided, with their reason, and what was sent and received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import AwareDatetime

from tocsin.law.facts.words import STRICT, Id, Level, Text


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What a named person of a controller decided, with the opinion of its DPO beside."""

    __pydantic_config__ = STRICT
    controller: Id
    by: Text
    on: date
    reason: Text
    dpo_opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class Decision(Decided):
    """The level of risk."""

    risk: Level


@dataclass(frozen=True, kw_only=True)
class Exemption(Decided):
    """A ground of GDPR 34(3)."""

    ground: Literal["a", "b", "c"]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something sent, and what its addressee answered. Only the receipt closes a duty."""

    __pydantic_config__ = STRICT
    duty: Text
    by: Id
    to: str = ""
    about: str = ""
    sent_at: AwareDatetime | None = None
    received_at: AwareDatetime | None = None
    """As the addressee's receipt says."""
    receipt: str = ""
    """Where the receipt is kept: a file of the case, a number of the authority."""
    is_complete: bool = False
    """Nothing lacks: no supplementary notification follows."""
    reason_for_delay: str = ""
