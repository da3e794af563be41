"""What is done about it: measures, communication to the people, other authorities, other countries."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.language import _
from tocsin.law.facts import Account, Exemption, Facts, Measure, Party
from tocsin.law.notices import notices_of
from tocsin.law.words import kind_name
from tocsin.notices.notification.account import measures_of
from tocsin.notices.notification.answer import NOT_APPLICABLE, UNKNOWN, Answer, said, yes_or_no
from tocsin.notices.situation import Situation

TOLD = "facts.toml [[account]]"
MEASURE = "facts.toml [[measure]]"
OTHER_REGIMES = (
    "dora_initial", "dora_intermediate", "dora_final", "nis1_incident", "nis2_early_warning", "nis2_notification",
    "nis2_final", "health_incident",
)  # fmt: skip
"""Notices to authorities under other texts."""


def answer_steps(situation: Situation, party: Party, account: Account) -> dict[str, Answer]:
    """Measures, communication, others told, borders."""
    return {
        **_measures(situation.facts, party),
        **_communication(situation, party, account),
        **_others_told(situation.facts, party),
        **_borders(party, account),
        "advice": said(account.advice, TOLD),
    }


def _measures(facts: Facts, party: Party) -> dict[str, Answer]:
    before = measures_of(facts, party.id, "before")
    after = measures_of(facts, party.id, "immediate", "medium_term", "long_term")
    lasting = measures_of(facts, party.id, "medium_term", "long_term")
    given = {
        f"measures.{horizon}": said(_listed(measures_of(facts, party.id, horizon)), MEASURE)
        for horizon in ("before", "immediate", "medium_term", "long_term")
    }
    return {
        **given,
        "measures.before_kinds": said(_kinds(before), MEASURE),
        "measures.after": said(_listed(after), MEASURE),
        "measures.lasting": said(_listed(lasting), MEASURE),
        "measures.lasting_kinds": said(_kinds(lasting), MEASURE),
    }


def _listed(measures: Iterable[Measure]) -> str:
    return "; ".join(f"{item.what} ({item.done_on})" if item.done_on else item.what for item in measures)


def _kinds(measures: Iterable[Measure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.kind or "other" for item in measures))


def _communication(situation: Situation, party: Party, account: Account) -> dict[str, Answer]:
    """Whether the people are told: only what was sent counts as told, only a person's decision as « will not be »."""
    facts = situation.facts
    sent = [*notices_of(facts, "communication", party.id), *notices_of(facts, "public_communication", party.id)]
    dates = [item.sent_at or item.received_at for item in sent]
    when = min((item for item in dates if item), default=None)
    grounds = [item for item in facts.exemption if item.controller == party.id]
    status = "told" if when else _status(situation, party, grounds)
    ground = grounds[-1] if grounds and status in ("exempted", "told") else None
    return {
        "people.told": said(status, "facts.toml [[notice]], [[exemption]], [[decision]]"),
        "people.told_at": said(when, "facts.toml [[notice]]") if when else NOT_APPLICABLE,
        "people.planned_on": said(account.told_on, TOLD),
        "people.told_number": said(_count(account.people_told), TOLD),
        "people.all_told": UNKNOWN,
        "people.channels": said(account.channels, TOLD),
        "people.told_what": said(account.advice, TOLD),
        "people.contact": said(account.contact_for_people, TOLD),
        "people.ground": said(ground.ground if ground else "", "facts.toml [[exemption]]"),
        "people.ground_reason": said(ground.reason if ground else "", "facts.toml [[exemption]]"),
    }


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _status(situation: Situation, party: Party, grounds: list[Exemption]) -> str:
    judgement = situation.judgements.get(party.id)
    if grounds and grounds[-1].ground != "c":
        return "exempted"
    if judgement and judgement.level == "high_risk":
        return "will_be_told"
    if judgement and judgement.is_decided:
        return "not_owed"
    return ""


def _others_told(facts: Facts, party: Party) -> dict[str, Answer]:
    complaint = [item for item in notices_of(facts, "police_complaint", party.id) if item.sent_at or item.received_at]
    regimes = [
        (kind, item.sent_at or item.received_at)
        for kind in OTHER_REGIMES for item in notices_of(facts, kind, party.id) if item.sent_at or item.received_at
    ]  # fmt: skip
    listed = [(_("police or prosecutor"), complaint[-1].sent_at or complaint[-1].received_at)] if complaint else []
    listed += [(kind_name(kind), at) for kind, at in regimes]
    return {
        "others.police": yes_or_no(bool(complaint), "facts.toml [[notice]]"),
        "others.authorities": yes_or_no(bool(regimes), "facts.toml [[notice]]"),
        "others.any": yes_or_no(bool(complaint or regimes), "facts.toml [[notice]]"),
        "others.listed": said(
            "; ".join(f"{name} ({at:%Y-%m-%d})" for name, at in listed if at), "facts.toml [[notice]]"
        ),
    }  # fmt: skip


def _borders(party: Party, account: Account) -> dict[str, Answer]:
    is_cross_border = True if account.other_member_states else account.is_cross_border
    states = said(", ".join(account.other_member_states), TOLD)
    return {
        "borders.is_cross_border": yes_or_no(is_cross_border, TOLD),
        "borders.states": NOT_APPLICABLE if is_cross_border is False else states,
        "borders.lead_authority": said(party.authority, "facts.toml [[party]] authority"),
    }
