"""What is known of the breach, for the law: the words of ``facts.toml``, and nothing else.

Every moment that starts a clock stands apart: occurred, processor aware, controller informed, controller aware, attack
known, loss known. What is not known is left out, never guessed.

>>> Facts().controllers()
[]
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tocsin.law.facts.account import Account, Contact, DeclaredFigure, Identity, Measure, Trace
from tocsin.law.facts.parties import Aware, Breach, Dora, Insurance, Party
from tocsin.law.facts.people import Circumstances, EarlierBreach, Group
from tocsin.law.facts.records import Decision, Exemption, Notice
from tocsin.law.facts.ties import Clause, FormalNotice, Mandate, Professionals
from tocsin.law.facts.words import EVERYONE, STRICT, Id, Level, Nature


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All of them."""

    __pydantic_config__ = STRICT
    breach: Breach = field(default_factory=Breach)
    party: tuple[Party, ...] = ()
    clause: tuple[Clause, ...] = ()
    formal_notice: tuple[FormalNotice, ...] = ()
    mandate: tuple[Mandate, ...] = ()
    professionals: Professionals | None = None
    decision: tuple[Decision, ...] = ()
    exemption: tuple[Exemption, ...] = ()
    notice: tuple[Notice, ...] = ()
    circumstances: Circumstances = field(default_factory=Circumstances)
    group: tuple[Group, ...] = ()
    earlier_breach: tuple[EarlierBreach, ...] = ()
    account: tuple[Account, ...] = ()
    measure: tuple[Measure, ...] = ()
    trace: tuple[Trace, ...] = ()
    figure: tuple[DeclaredFigure, ...] = ()
    categories: dict[str, tuple[Id, ...]] = field(default_factory=dict)
    """What a category of a run means, in the words of ``law/risk/categories.toml``."""

    def name_of(self, party: str) -> str:
        """The full name of a party."""
        return next((item.name for item in self.party if item.id == party), party)

    def controllers(self) -> list[Party]:
        """The controllers, in the order of the file."""
        return [party for party in self.party if party.role == "controller"]

    def processors_of(self, party: Party) -> list[Party]:
        """Those who owe ``party`` a notice under 33(2): its processors, or the processors of a processor."""
        wanted = {"controller": "processor", "processor": "sub_processor"}.get(party.role)
        return [
            other for other in self.party
            if other.role == wanted and (EVERYONE in other.serves or party.id in other.serves)
        ]  # fmt: skip


__all__ = [
    "EVERYONE", "Account", "Aware", "Breach", "Circumstances", "Clause", "Contact", "Decision", "DeclaredFigure",
    "Dora", "EarlierBreach", "Exemption", "Facts", "FormalNotice", "Group", "Identity", "Insurance", "Level",
    "Mandate", "Measure", "Nature", "Notice", "Party", "Professionals", "Trace",
]  # fmt: skip
