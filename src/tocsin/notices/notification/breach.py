"""What happened, when, how it was found, and to which systems."""

from __future__ import annotations

from datetime import datetime

from tocsin.language import _
from tocsin.law.duty import Duty
from tocsin.law.facts import Account, Party
from tocsin.law.risk.assessment import merged
from tocsin.notices.figure import of_unit
from tocsin.notices.notification.answer import NOT_APPLICABLE, UNKNOWN, Answer, said, yes_or_no
from tocsin.notices.situation import Situation

TOLD = "facts.toml [[account]]"
BREACH = "facts.toml [breach]"


def answer_breach(
    situation: Situation, party: Party, account: Account, duty: Duty | None, *, is_first: bool
) -> dict[str, Answer]:
    """The chronology and the nature."""
    facts, breach = situation.facts, situation.facts.breach
    aware_at = duty.since if duty else party.first_aware
    return {
        "breach.title": said(breach.title, BREACH), "breach.reference": said(breach.reference, BREACH),
        "breach.is_established": yes_or_no(account.is_established, TOLD),
        "breach.discovered_at": said(account.discovered_at or aware_at, _origin(account)),
        "breach.aware_at": said(aware_at, "facts.toml [[party]] aware_at, informed_at"),
        "breach.began_at": said(breach.occurred_from, BREACH),
        "breach.ended_at": _ended(breach.occurred_to, account),
        "breach.is_ongoing": yes_or_no(_is_ongoing(breach.occurred_to, account), TOLD),
        "breach.span": _span(breach.occurred_from, breach.occurred_to, account),
        "breach.discovered_by": _discovered_by(party, account),
        "breach.discovered_how": said(account.discovered_how, TOLD),
        "breach.told_by_other_at": said(party.informed_at, "facts.toml [[party]] informed_at"),
        "breach.natures": said(breach.natures, BREACH),
        "breach.origins": said(account.origins, TOLD),
        "breach.causes": said(account.causes, TOLD),
        "breach.supports": said(account.supports, TOLD),
        "breach.systems": said(account.systems, TOLD),
        "breach.summary": said(_summary(account), TOLD),
        **_loss(situation, party, account),
        **_lateness(situation, party, account, duty, is_first=is_first),
        "breach.comes_from_third_party": yes_or_no(
            True if facts.processors_of(party) else None, "facts.toml [[party]] role"
        ),
    }  # fmt: skip


def _origin(account: Account) -> str:
    return f"{TOLD} discovered_at" if account.discovered_at else "facts.toml [[party]] aware_at, informed_at"


def _is_ongoing(ended: datetime | None, account: Account) -> bool | None:
    return False if account.is_ongoing is None and ended else account.is_ongoing


def _ended(ended: datetime | None, account: Account) -> Answer:
    return NOT_APPLICABLE if account.is_ongoing else said(ended, BREACH)


def _span(began: datetime | None, ended: datetime | None, account: Account) -> Answer:
    """How long it lasted, in the words of the draft template."""
    if began is None:
        return UNKNOWN
    if account.is_ongoing:
        return Answer("ongoing", TOLD)
    if ended is None:
        return UNKNOWN
    return Answer("one_day" if began.date() == ended.date() else "from_to", BREACH)


def _discovered_by(party: Party, account: Account) -> Answer:
    """Who found it; a controller whose first moment is the notice of its processor learnt it from there."""
    if account.discovered_by:
        return Answer(account.discovered_by, TOLD)
    if party.informed_at and party.first_aware == party.informed_at:
        return Answer("processor", "facts.toml [[party]] informed_at")
    return UNKNOWN


def _summary(account: Account) -> str:
    if account.supposed:
        supposed = _("Supposed, not established: {text}").format(text=account.supposed)
        return f"{account.summary} {supposed}".strip()
    return account.summary


def _loss(situation: Situation, party: Party, account: Account) -> dict[str, Answer]:
    """What each nature did to the data."""
    given = situation.facts.circumstances
    for item in situation.assessments.get(party.id, []):
        given = merged(given, item.group.circumstances)
    proved = [item for item in of_unit(situation.figures_of(party.id), "records") if item.lower]
    origin = "facts.toml [circumstances]"
    disclosure = account.disclosure or ("proved" if any(not item.is_declared for item in proved) else "")
    return {
        "loss.disclosure": said(disclosure, TOLD if account.disclosure else "figure"),
        "loss.is_unintelligible": yes_or_no(given.is_unintelligible, origin),
        "loss.alteration": said(account.alteration or "", TOLD),
        "loss.availability": said(given.availability or "", origin),
        "loss.has_vulnerable_people": yes_or_no(given.has_vulnerable_people, origin),
    }


def _lateness(
    situation: Situation, party: Party, account: Account, duty: Duty | None, *, is_first: bool
) -> dict[str, Answer]:
    """Whether the first notification leaves after its deadline: then the law wants the reasons."""
    is_late = bool(is_first and duty and duty.due and situation.now > duty.due)
    reasons = [
        item.reason_for_delay for item in situation.facts.notice
        if item.duty == "authority_notification" and item.by == party.id and item.reason_for_delay
    ]  # fmt: skip
    reason = account.reason_for_delay or (reasons[-1] if reasons else "")
    return {
        "delay.is_late": Answer("yes" if is_late else "no", "GDPR 33(1)"),
        "delay.reason": said(reason, TOLD) if is_late else NOT_APPLICABLE,
    }
