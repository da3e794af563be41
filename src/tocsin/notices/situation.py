"""All that a notice may say, at one instant: the facts, what the law makes of them, the figures and their origin.

>>> Situation(Facts(), datetime(2024, 2, 2, tzinfo=UTC)).figures_of("phare")
()
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tocsin.language import _
from tocsin.law.duty import Duty
from tocsin.law.facts import Facts
from tocsin.law.judgement import Judgement
from tocsin.law.risk.assessment import Assessment
from tocsin.notices.figure import Figure

__all__ = ["UTC", "RestsOn", "Situation"]


@dataclass(frozen=True)
class RestsOn:
    """What a filing rests on: enough to tell later why another one says otherwise."""

    facts: str = ""
    """SHA-256 of ``facts.toml``."""
    run: str | None = None
    decisions: str | None = None
    """The last digest of ``decisions.jsonl``."""
    tocsin: str = ""

    @property
    def words(self) -> str:
        """What it rests on, at the foot of a page."""
        run = _("run {run}").format(run=self.run) if self.run else _("no run")
        return _("facts.toml {digest}, {run}").format(digest=self.facts[:12], run=run)


@dataclass(frozen=True)
class Situation:
    """One case, at one instant."""

    facts: Facts
    now: datetime
    duties: tuple[Duty, ...] = ()
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    """The level of risk on which the duties of each party rest."""
    assessments: Mapping[str, list[Assessment]] = field(default_factory=dict)
    """The groups of people of each party, with their risk."""
    figures: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict)
    """By party: counted by the run, else declared; ``*``: of the whole breach, never one controller's own."""
    run: str | None = None
    rests_on: RestsOn = field(default_factory=RestsOn)

    def figures_of(self, party: str) -> tuple[Figure, ...]:
        """The figures for which ``party`` answers."""
        return self.figures.get(party, ())
