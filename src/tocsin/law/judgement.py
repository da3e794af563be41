"""The level of risk of one controller: proposed by the tool with reasons, decided by a named person.

``unlikely``, ``risk``, ``high_risk`` are the three words of GDPR 33 and 34. A decision replaces a proposal, whatever it
says; nobody but a person ever lowers a duty.

>>> reaches("high_risk", "risk"), reaches("unlikely", "risk")
(True, False)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.language import _
from tocsin.law.facts import Decision, Facts, Level

LEVELS: tuple[Level, ...] = ("unlikely", "risk", "high_risk")


@dataclass(frozen=True)
class Proposal:
    """What the assessment proposes for one controller."""

    level: Level
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """What a duty rests on: the decision if there is one, else the proposal, else nothing."""

    level: Level | None
    is_decided: bool
    reasons: tuple[str, ...]
    asks: tuple[str, ...]


def reaches(level: Level, threshold: str) -> bool:
    """Whether ``level`` is at least the threshold of a text."""
    return [*LEVELS].index(level) >= [str(word) for word in LEVELS].index(threshold)


def level_name(level: Level) -> str:
    """The level in words."""
    return {"unlikely": _("a risk is unlikely"), "risk": _("a risk"), "high_risk": _("a high risk")}[level]


def judge(facts: Facts, controller: str, proposals: Mapping[str, Proposal]) -> Judgement:
    """The level on which the duties of ``controller`` rest."""
    proposal = proposals.get(controller)
    decided = [item for item in facts.decision if item.controller == controller]
    if decided:
        return _decided(decided[-1], proposal)
    if proposal is None:
        return Judgement(None, False, (_("the risk is not assessed yet"),), (_("assess the risk (`tocsin severity`)"),))
    told = _("proposed: {level}").format(level=level_name(proposal.level))
    return Judgement(proposal.level, False, (told, *proposal.reasons), ())


def _decided(decision: Decision, proposal: Proposal | None) -> Judgement:
    told = _("decided by {by} on {on}: {level}; {reason}").format(
        by=decision.by, on=decision.on, level=level_name(decision.risk), reason=decision.reason
    )
    opinion, missing = dpo_words(decision.dpo_opinion)
    reasons = (told, *opinion)
    if proposal and proposal.level != decision.risk:
        reasons = (*reasons, _("the assessment proposes otherwise: {level}").format(level=level_name(proposal.level)))
    return Judgement(decision.risk, True, reasons, missing)


def dpo_words(opinion: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The opinion of the DPO beside a decision; or that it lacks."""
    if opinion:
        return (_("opinion of the DPO: {opinion}").format(opinion=opinion),), ()
    return (), (_("record the opinion of the DPO beside the decision (GDPR 38, 39)"),)
