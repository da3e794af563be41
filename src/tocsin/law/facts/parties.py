"""What happened, to whom it matters, and when each one knew.

>>> from datetime import datetime
>>> party = Party(id="phare", name="Mutuelle du Phare", role="controller",
...               informed_at=datetime.fromisoformat("2024-02-02T15:00:00+01:00"))
>>> [str(moment.at) for moment in party.moments]
['2024-02-02 15:00:00+01:00']
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime

from tocsin.law.facts.account import Identity
from tocsin.law.facts.words import EVERYONE, STRICT, Id, Nature, Place, Positive, Role, Text

Criterion = Literal[
    "clients", "reputation", "duration", "geographical_spread", "data_losses", "critical_services", "economic"
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Breach:
    """What happened, whoever must act on it."""

    __pydantic_config__ = STRICT
    title: str = ""
    reference: str = ""
    """One for all parties, so that whoever gets several notices knows that they are about one event."""
    natures: tuple[Nature, ...] = ("confidentiality",)
    is_attack: bool = False
    """An attack on an information system in the sense of Code pénal 323-1 to 323-3-1."""
    occurred_from: AwareDatetime | None = None
    occurred_to: AwareDatetime | None = None


@dataclass(frozen=True, kw_only=True)
class Aware:
    """One moment at which a party became aware of something."""

    __pydantic_config__ = STRICT
    at: AwareDatetime
    of: str = ""
    is_another_breach: bool = False
    """Another breach, with a clock of its own; else what the first notification lacked (33(4))."""


@dataclass(frozen=True, kw_only=True)
class Dora:
    """A financial entity under DORA."""

    __pydantic_config__ = STRICT
    aware_at: AwareDatetime | None = None
    classified_major_at: AwareDatetime | None = None
    weekend_relief: Literal["full", "final_only", "none"] = "full"
    """``final_only`` for those of Article 5(5) of the standard, ``none`` for those of 5(6)."""
    touches_clients: bool = False
    """The financial interests of clients are affected (19(3))."""
    entity_type: str = ""
    criteria: tuple[Criterion, ...] = ()
    """Those of Delegated Regulation 2024/1772 that made the incident major."""
    has_continuity_plan_running: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Insurance:
    """An insurance of the losses from such an attack."""

    __pydantic_config__ = STRICT
    insurer: Text
    working_days: Positive | None = None
    """The time that the contract gives to tell the insurer."""
    loss_known_at: AwareDatetime | None = None


@dataclass(frozen=True, kw_only=True)
class Party:
    """A controller, a processor or a processor of the processor."""

    __pydantic_config__ = STRICT
    id: Id
    name: Text
    role: Role
    serves: tuple[str, ...] = (EVERYONE,)
    """For a processor: its controllers (``*``: all). For a sub-processor: its processors."""
    informed_at: AwareDatetime | None = None
    """When the notice of its processor reached its mailbox."""
    aware_at: AwareDatetime | None = None
    aware: tuple[Aware, ...] = ()
    """Instead of ``aware_at``, or beside it, when there were several moments."""
    attack_known_at: AwareDatetime | None = None
    place: Place = "metropole"
    authority: Text = "CNIL"
    dora: Dora | None = None
    nis: Literal["operator_of_essential_services", "essential", "important"] | None = None
    is_health_body: bool = False
    """One of those that Code de la santé publique L.1111-8-2 names."""
    cyber_insurance: Insurance | None = None
    identity: Identity | None = None

    @property
    def moments(self) -> tuple[Aware, ...]:
        """When it became aware, in order; the notice of its processor makes it aware at the latest."""
        given = [*self.aware]
        if self.aware_at:
            given.append(Aware(at=self.aware_at))
        if self.informed_at:
            given.append(Aware(at=self.informed_at))
        return tuple(sorted(given, key=lambda item: item.at))

    @property
    def first_aware(self) -> datetime | None:
        """The moment that starts its clock."""
        own = [moment.at for moment in self.moments if not moment.is_another_breach]
        return own[0] if own else None
