"""The groups of people who had the same data exposed, and what decides of their risk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tocsin.law.facts.words import EVERYONE, STRICT, Count, Id, Nature, Text


@dataclass(frozen=True, kw_only=True)
class EarlierBreach:
    """Another breach that touched the same people, by category of data only: leaked data never enters."""

    __pydantic_config__ = STRICT
    title: Text
    categories: tuple[Id, ...]
    controller: str = EVERYONE
    source: Text


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What decides of the risk, for one group of people or for all of them."""

    __pydantic_config__ = STRICT
    recipients: Literal["none_known", "trusted", "known", "unknown"] | None = None
    is_malicious: bool | None = None
    is_unintelligible: bool | None = None
    """Encrypted or hashed by the state of the art, and the key is safe."""
    has_vulnerable_people: bool | None = None
    identification: Literal["negligible", "limited", "significant", "maximum"] | None = None
    """Instead of what the categories imply."""
    insight: Literal["status", "sensitive", "safety", "profile", "none", "little", "full", "general"] | None = None
    """What the data lets one guess beyond itself: a circumstance of the ENISA paper."""
    integrity: Literal["restored", "recoverable", "unrecoverable"] | None = None
    availability: Literal["restored", "temporary", "lost"] | None = None
    harm_of_outage: Literal["none", "annoyance", "serious"] | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    """People who had the same data exposed."""

    __pydantic_config__ = STRICT
    id: Id
    controller: str = EVERYONE
    population: Literal["insured", "professional", "other"] = "insured"
    categories: tuple[Id, ...]
    lower: Count | None = None
    upper: Count | None = None
    natures: tuple[Nature, ...] | None = None
    circumstances: Circumstances = field(default_factory=Circumstances)
