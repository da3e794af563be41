"""The records of a case: its facts, its figures, what was decided and what was sent, one for each party that owes one.

GDPR 33(5) binds the controller; a processor that is the controller of the professionals' data documents those. A
record says no more than the facts do: a decision that nobody took is ``undecided``.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from tocsin.law.facts import EVERYONE, Facts, Notice, Party
from tocsin.law.notices import notices_of
from tocsin.law.risk.controllers import groups_of
from tocsin.notices.breach_register.record import Answer, BreachRecord, Choice, record_of
from tocsin.notices.figure import Computed, Figure
from tocsin.notices.situation import Situation


def records_of(situation: Situation, breach: str, title: str, source: str) -> list[BreachRecord]:
    """One record for each party that must document the breach."""
    return [_record(situation, party, breach, title, source) for party in documenting(situation.facts)]


def refreshed(before: BreachRecord, after: BreachRecord) -> BreachRecord:
    """What the case says now; what it does not say stays as somebody wrote it in the register."""
    kept = {item.name: getattr(before, item.name) for item in fields(after) if _is_silent(getattr(after, item.name))}
    for name in ("notification", "communication"):
        old, new = getattr(before, name), getattr(after, name)
        if old.answer == new.answer:
            said = {item.name: getattr(old, item.name) for item in fields(new) if not getattr(new, item.name)}
            kept[name] = replace(new, **said)
    return replace(after, **kept)


def _is_silent(value: Any) -> bool:
    return value in ("", (), None) or (isinstance(value, Choice) and value.answer == "undecided")


def documenting(facts: Facts) -> list[Party]:
    """The controllers, and whoever is the controller of the professionals' data."""
    owner = facts.professionals.controller if facts.professionals else None
    return [party for party in facts.party if party.role == "controller" or party.id == owner]


def _record(situation: Situation, party: Party, breach: str, title: str, source: str) -> BreachRecord:
    facts, judgement = situation.facts, situation.judgements.get(party.id)
    accounts = [item for item in facts.account if item.controller in (EVERYONE, party.id)]
    data: dict[str, Any] = {
        "party": party.id, "party_name": party.name, "role": "controller", "breach": breach,
        "title": facts.breach.title or title, "sector": party.identity.sector if party.identity else "",
        "natures": facts.breach.natures, "source": source,
        "occurred_from": _moment(facts.breach.occurred_from), "occurred_to": _moment(facts.breach.occurred_to),
        "aware_at": _moment(party.first_aware),
        "facts": _said(*(item.summary for item in accounts)),
        "effects": _said(*(item.consequences_in_words for item in accounts)),
        "causes": list(dict.fromkeys(cause for item in accounts for cause in item.causes)),
        "categories": list(dict.fromkeys(name for group in groups_of(facts, party) for name in group.categories)),
        "people": [_figure(item) for item in situation.figures_of(party.id)],
        "severity": max((item.severity for item in situation.assessments.get(party.id, ())), default=None),
        "risk": judgement.level if judgement else None,
        "measures": [
            {"horizon": item.horizon, "what": item.what, "on": _moment(item.done_on)}
            for item in facts.measure if item.by in (EVERYONE, party.id)
        ],
        "notification": _notification(situation, party), "communication": _communication(situation, party),
        "filings": [_filing(item) for item in facts.notice if item.by == party.id],
    }  # fmt: skip
    for key in ("is_established", "is_ongoing"):
        data[key] = next((getattr(item, key) for item in accounts if getattr(item, key) is not None), None)
    return record_of(data, source)


def _notification(situation: Situation, party: Party) -> dict[str, Any]:
    sent = [item for item in notices_of(situation.facts, "authority_notification", party.id) if _left(item)]
    choice = _decided(situation.facts, party)
    states = {duty.state for duty in situation.duties if (duty.kind, duty.by) == ("authority_notification", party.id)}
    if sent:
        choice |= {"answer": "done", "at": _moment(_left(sent[0])), "reason_for_delay": sent[0].reason_for_delay}
    else:
        choice["answer"] = _answer_of(states)
    return choice


def _communication(situation: Situation, party: Party) -> dict[str, Any]:
    facts = situation.facts
    sent = [
        item for kind in ("communication", "public_communication") for item in notices_of(facts, kind, party.id)
        if _left(item)
    ]  # fmt: skip
    choice = _decided(facts, party)
    exempted = [item for item in facts.exemption if item.controller == party.id]
    for item in exempted[-1:]:
        choice |= {
            "motive": item.reason, "by": item.by, "on": _moment(item.on), "dpo_opinion": item.dpo_opinion,
            "ground": item.ground, "answer": "no",
        }  # fmt: skip
    states = {duty.state for duty in situation.duties if (duty.kind, duty.by) == ("communication", party.id)}
    if sent:
        choice |= {"answer": "done", "at": _moment(_left(sent[0]))}
    elif not exempted:
        judgement = situation.judgements.get(party.id)
        is_below = judgement is not None and judgement.is_decided and judgement.level != "high_risk"
        choice["answer"] = "no" if is_below else _answer_of(states)
    return choice


def _answer_of(states: AbstractSet[str]) -> Answer:
    """What the state of a duty says of the decision behind it."""
    if "not_owed" in states:
        return "no"
    return "planned" if states & {"open", "overdue"} else "undecided"


def _decided(facts: Facts, party: Party) -> dict[str, Any]:
    """The last decision of the party on its risk, from which both others follow."""
    for item in [item for item in facts.decision if item.controller == party.id][-1:]:
        return {"motive": item.reason, "by": item.by, "on": _moment(item.on), "dpo_opinion": item.dpo_opinion}
    return {}


def _figure(figure: Figure) -> dict[str, Any]:
    origin = figure.origin
    known: dict[str, Any] = {
        "population": figure.population, "unit": figure.unit, "lower": figure.lower, "working": figure.working,
        "upper": figure.upper,
    }  # fmt: skip
    if isinstance(origin, Computed):
        return {**known, "run": origin.run}
    return {**known, "by": origin.by, "on": _moment(origin.on), "ground": origin.ground}


def _filing(notice: Notice) -> dict[str, Any]:
    return {
        "duty": notice.duty, "to": notice.to, "sent_at": _moment(notice.sent_at),
        "received_at": _moment(notice.received_at), "receipt": notice.receipt,
    }  # fmt: skip


def _left(notice: Notice) -> datetime | None:
    return notice.sent_at or notice.received_at


def _moment(value: date | datetime | None) -> str:
    return value.isoformat() if value else ""


def _said(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
