"""What was sent and what came back: only the addressee's receipt closes a duty, never a document being ready."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tocsin.language import _
from tocsin.law.calendar import day_of
from tocsin.law.duty import Duty, State
from tocsin.law.facts import Facts, Notice

ACT_OF = {
    "authority_notification": "authority_notification", "supplementary_notification": "authority_notification",
    "communication": "communication", "public_communication": "communication", "police_complaint": "police_complaint",
    "dora_initial": "dora", "dora_intermediate": "dora", "dora_final": "dora",
}  # fmt: skip
"""Which mandate covers which duty."""


def notices_of(facts: Facts, kind: str, by: str) -> list[Notice]:
    """The notices that a party recorded for one kind of duty, in the order of the file."""
    return [item for item in facts.notice if item.duty == kind and item.by == by]


def last_sent(facts: Facts, kind: str, by: str) -> datetime | None:
    """When the last notice of a kind left."""
    times = [item.sent_at or item.received_at for item in notices_of(facts, kind, by)]
    return max((time for time in times if time), default=None)


def settle(duty: Duty, facts: Facts, now: datetime) -> Duty:
    """The duty with its state: who files it, whether it left, whether its receipt came, whether it is late."""
    duty = _mandated(duty, facts, now)
    standing = duty.basis.standing(day_of(duty.since or now, duty.place))
    duty = replace(duty, standing=standing)
    answers = [item for item in notices_of(facts, duty.kind, duty.by) if _is_about(item, duty)]
    found = answers or _reached(duty, facts)
    if found:
        return _noticed(duty, found[-1])
    if duty.pace == "waiting" and duty.state == "open":
        return replace(duty, state="waiting")
    if duty.due and now > duty.due and duty.state in ("open", "to_decide"):
        return replace(
            duty, state="overdue" if duty.state == "open" else duty.state, asks=(*duty.asks, _reasons_wanted(duty))
        )
    return duty


TO_SEVERAL = ("controller_notification", "contract_notice")
"""Duties towards several parties: what one received says nothing of another."""


def _is_about(notice: Notice, duty: Duty) -> bool:
    """Whether a notice answers this very duty: one receipt never closes two."""
    to = (duty.to,) if duty.kind in TO_SEVERAL else ("", duty.to)
    about = ("", duty.about) if duty.kind == "formal_notice" else (duty.about,)
    return notice.to in to and notice.about in about


def _reached(duty: Duty, facts: Facts) -> list[Notice]:
    """The notice that its addressee found in its mailbox: it left, though its receipt is not kept yet."""
    if duty.kind not in TO_SEVERAL:
        return []
    return [
        Notice(duty=duty.kind, by=duty.by, received_at=party.informed_at)
        for party in facts.party if party.id == duty.to and party.informed_at
    ]  # fmt: skip


def _mandated(duty: Duty, facts: Facts, now: datetime) -> Duty:
    today = day_of(now, duty.place)
    mandates = [item for item in facts.mandate if item.by == duty.by and ACT_OF.get(duty.kind) in item.acts]
    for item in mandates:
        if item.given_on <= today and (item.ended_on is None or today < item.ended_on):
            told = _("{other} files for {owner}, by a mandate of {day}").format(
                other=facts.name_of(item.to), owner=facts.name_of(item.by), day=item.given_on
            )
            return replace(duty, filed_by=item.to, information=(*duty.information, told))
        if item.ended_on is not None and item.ended_on <= today:
            told = _("the mandate of {other} ended on {day}: {owner} files itself").format(
                other=facts.name_of(item.to), owner=facts.name_of(item.by), day=item.ended_on
            )
            duty = replace(duty, information=(*duty.information, told))
    return duty


def _noticed(duty: Duty, notice: Notice) -> Duty:
    left = notice.sent_at or notice.received_at
    is_late = bool(duty.due and left and left > duty.due)
    asks = duty.asks
    if is_late and not notice.reason_for_delay:
        asks = (*asks, _reasons_wanted(duty))
    state: State
    if notice.received_at and notice.receipt:
        state = "closed_late" if is_late else "closed"
    else:
        state = "sent" if left else duty.state
        if left:
            asks = (*asks, _("keep the receipt of the addressee: only that closes the duty"))
    reasons = duty.reasons
    if notice.reason_for_delay:
        reasons = (*reasons, _("late: {reason}").format(reason=notice.reason_for_delay))
    return replace(
        duty, state=state, asks=asks, reasons=reasons, sent_at=notice.sent_at, received_at=notice.received_at,
        receipt=notice.receipt,
    )  # fmt: skip


def _reasons_wanted(duty: Duty) -> str:
    if duty.kind == "authority_notification":
        return _("give the reasons for the delay: the notification must carry them (GDPR 33(1))")
    if duty.kind.startswith("dora_"):
        return _("tell the authority before the time runs out, and why (Delegated Regulation 2025/301, 5(3))")
    return _("write down the reasons for the delay")
