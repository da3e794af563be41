"""The answers of one party, at one phase of its notification.

>>> from tocsin.notices.notification.make import Stage
>>> Stage("initial").is_first, Stage("withdrawal", is_first=False, earlier="2024-0001").status
(True, 'withdraw')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tocsin.law.duty import Duty
from tocsin.law.facts import Account, Dora, Party
from tocsin.law.facts.load import FACTS_FILE
from tocsin.notices.notification.account import account_of
from tocsin.notices.notification.answer import NOT_APPLICABLE, Answer, Answers, said, yes_or_no
from tocsin.notices.notification.breach import answer_breach
from tocsin.notices.notification.harm import answer_harm
from tocsin.notices.notification.people import answer_people
from tocsin.notices.notification.steps import answer_steps
from tocsin.notices.notification.who import answer_who
from tocsin.notices.situation import Situation

Phase = Literal["initial", "supplementary", "complete", "withdrawal"]
PHASES: tuple[Phase, ...] = ("initial", "supplementary", "complete", "withdrawal")


@dataclass(frozen=True)
class Stage:
    """Where a filing stands among those of one notification."""

    phase: Phase
    is_first: bool = True
    earlier: str = ""
    """The number that the authority gave to the first one."""
    changes: str = ""
    reason: str = ""
    """Of a withdrawal."""

    @property
    def status(self) -> str:
        """``complete``, ``incomplete`` or ``withdraw``."""
        return {"complete": "complete", "withdrawal": "withdraw"}.get(self.phase, "incomplete")


def answers_of(situation: Situation, party: Party, stage: Stage, about: str = "") -> Answers:
    """Everything that a form may ask, whatever the form."""
    account = account_of(situation.facts, party.id)
    duty = duty_of(situation, party.id, "authority_notification", about)
    filed_by = duty.filed_by if duty and duty.filed_by else party.id
    return {
        **_stage(stage, situation),
        **answer_who(situation, party, filed_by),
        **answer_breach(situation, party, account, duty, is_first=stage.is_first),
        **answer_people(situation, party, account, about),
        **answer_harm(situation, party, account),
        **answer_steps(situation, party, account),
        **_dora(party, account),
    }


def duty_of(situation: Situation, party: str, kind: str, about: str = "") -> Duty | None:
    """The duty that a filing answers."""
    found = (item for item in situation.duties if (item.by, item.kind, item.about) == (party, kind, about))
    return next(found, None)


def _stage(stage: Stage, situation: Situation) -> dict[str, Answer]:
    origin = "tocsin file"
    return {
        "filing.phase": Answer(stage.phase, origin),
        "filing.type": Answer("new" if stage.is_first else "follow_up", origin),
        "filing.status": Answer(stage.status, origin),
        "filing.is_incomplete": Answer("yes" if stage.status == "incomplete" else "no", origin),
        "filing.earlier": NOT_APPLICABLE if stage.is_first else said(stage.earlier, "tocsin file receipt"),
        "filing.changes": NOT_APPLICABLE if stage.is_first else said(stage.changes, origin),
        "filing.reason": said(stage.reason, origin) if stage.phase == "withdrawal" else NOT_APPLICABLE,
        "filing.reference": said(situation.facts.breach.reference, f"{FACTS_FILE} [breach] reference"),
    }


def _dora(party: Party, account: Account) -> dict[str, Answer]:
    dora, origin = party.dora or Dora(), f"{FACTS_FILE} [party.dora]"
    return {
        "dora.entity_type": said(dora.entity_type, origin),
        "dora.classified_at": said(dora.classified_major_at, origin),
        "dora.detected_at": said(dora.aware_at or account.discovered_at or party.first_aware, origin),
        "dora.criteria": said(dora.criteria, origin),
        "dora.continuity_plan": yes_or_no(dora.has_continuity_plan_running, origin),
    }
