"""The professionals' own data (accounts, bank details): who is their controller changes who owes what.

The operator that opens accounts for them may be their controller: then it notifies the authority and tells them itself.
It is a fact to record, by a named person; until then the duty of the operator is shown as one to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tocsin.language import _
from tocsin.law.duty import Duty
from tocsin.law.facts import Facts, Party
from tocsin.law.gdpr.article_33 import authority_notification, breach_record
from tocsin.law.gdpr.article_34 import communication
from tocsin.law.judgement import Judgement

ABOUT = "professionals"


def duties_for_professionals(facts: Facts, processor: Party, judgement: Judgement) -> Iterator[Duty]:
    """GDPR 4(7), 33(1), 33(5), 34: those of an operator that is, or may be, controller of the professionals' data."""
    recorded = facts.professionals
    touched = any(group.population == "professional" for group in facts.group)
    if processor.role != "processor" or not (recorded or touched) or (recorded and recorded.controller != processor.id):
        return
    found = [*authority_notification(processor, judgement, about=ABOUT), breach_record(processor)]
    told = communication(facts, processor, judgement, about=ABOUT)
    for duty in [*found, told] if told else found:
        yield _as_recorded(replace(duty, about=duty.about or ABOUT), facts)


def _as_recorded(duty: Duty, facts: Facts) -> Duty:
    recorded = facts.professionals
    if recorded is None:
        asks = (*duty.asks, _("record who is controller of the professionals' data ([professionals])"))
        return replace(duty, asks=asks, state="to_decide" if duty.state == "open" else duty.state)
    reason = _("controller of the professionals' data, as {by} recorded on {on}: {reason}").format(
        by=recorded.recorded_by, on=recorded.recorded_on, reason=recorded.reason
    )
    return replace(duty, reasons=(reason, *duty.reasons))
