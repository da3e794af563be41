"""All the clocks of a case, in parallel: every rule applied to every party, sorted by what is due first.

>>> from datetime import UTC
>>> from tocsin.law.facts import Party
>>> at = datetime(2024, 2, 2, 14, tzinfo=UTC)
>>> party = Party(id="phare", name="Mutuelle du Phare", role="controller", aware_at=at)
>>> [duty.kind for duty in duties_of(Facts(party=(party,)), {}, now=at)]
['breach_record', 'communication', 'authority_notification']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from tocsin.law.contract.clause import contract_notice
from tocsin.law.data_protection_act.article_20 import formal_notice
from tocsin.law.dora.article_19 import dora_duties
from tocsin.law.duty import Duty
from tocsin.law.facts import EVERYONE, Facts, Party
from tocsin.law.gdpr.article_33 import (
    authority_notification,
    breach_record,
    controller_notification,
    supplementary_notification,
)  # fmt: skip
from tocsin.law.gdpr.article_34 import communication
from tocsin.law.gdpr.professionals import duties_for_professionals
from tocsin.law.insurance_code.article_l12_10_1 import police_complaint
from tocsin.law.insurance_code.article_l113_2 import insurer_notice
from tocsin.law.judgement import Judgement, Proposal, judge
from tocsin.law.nis.article_23 import nis2_duties
from tocsin.law.nis.law_2018_133 import essential_service_incident
from tocsin.law.notices import notices_of, settle
from tocsin.law.proposals import digital_omnibus
from tocsin.law.public_health_code.article_l1111_8_2 import health_incident


def duties_of(
    facts: Facts, proposals: Mapping[str, Proposal], *, now: datetime, simulate: str | None = None
) -> list[Duty]:
    """Every duty of every party at ``now``; ``simulate`` adds a proposed text beside the law in force."""
    found = []
    for party in facts.party:
        judgement = judge(facts, party.id, proposals)
        for duty in (*_as_party(facts, party), *_as_controller(facts, party, judgement)):
            found.append(settle(duty, facts, now))
            if simulate == digital_omnibus.NAME:
                shadow = digital_omnibus.simulate(duty, party, judgement)
                found += [shadow] if shadow else []
    return sorted(found, key=lambda duty: duty.order)


def _as_controller(facts: Facts, party: Party, judgement: Judgement) -> Iterator[Duty]:
    if party.role != "controller":
        yield from duties_for_professionals(facts, party, judgement)
        return
    yield from authority_notification(party, judgement)
    for notice in notices_of(facts, "authority_notification", party.id)[:1]:
        follow_up = supplementary_notification(party, notice)
        if follow_up:
            yield follow_up
    yield breach_record(party)
    told = communication(facts, party, judgement)
    if told:
        yield told


def _as_party(facts: Facts, party: Party) -> Iterator[Duty]:
    for processor in facts.processors_of(party):
        yield controller_notification(processor, party)
    for clause in facts.clause:
        if clause.by == party.id:
            for addressee in _addressees(facts, party) if clause.to == EVERYONE else [clause.to]:
                yield contract_notice(clause, party, addressee)
    for notice in facts.formal_notice:
        if notice.to == party.id:
            yield formal_notice(notice, party)
    for duty in (
        police_complaint(facts, party), insurer_notice(party), essential_service_incident(party),
        health_incident(party),
    ):  # fmt: skip
        if duty:
            yield duty
    yield from dora_duties(facts, party)
    yield from nis2_duties(facts, party)


def _addressees(facts: Facts, party: Party) -> list[str]:
    return [other.id for other in facts.party if party in facts.processors_of(other)]
