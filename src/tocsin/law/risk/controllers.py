"""The groups of each controller, and what they propose for it: the highest of its groups.

>>> from tocsin.law.facts import Circumstances, Party
>>> facts = Facts(party=(Party(id="phare", name="Phare", role="controller"),),
...               group=(Group(id="insured", categories=("name", "nir", "birth_date")),),
...               circumstances=Circumstances(recipients="unknown", is_malicious=True))
>>> propose(assess_facts(facts))["phare"].level
'high_risk'
"""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.language import _
from tocsin.law.facts import EVERYONE, Facts, Group, Party
from tocsin.law.judgement import LEVELS, Proposal
from tocsin.law.risk.assessment import Assessment, assess_group, merged


def groups_of(facts: Facts, party: Party) -> list[Group]:
    """The groups of people for whom ``party`` answers."""
    found = [item for item in facts.group if item.controller in (EVERYONE, party.id)]
    owner = facts.professionals.controller if facts.professionals else None
    if party.role == "controller":
        return [item for item in found if item.population != "professional" or owner in (EVERYONE, party.id)]
    is_owner = party.role == "processor" and owner in (None, party.id)
    return [item for item in found if item.population == "professional" and is_owner]


def assess_facts(facts: Facts) -> dict[str, list[Assessment]]:
    """The assessment of each group, by party."""
    return {
        party.id: [
            assess_group(
                group, group.natures or facts.breach.natures, merged(facts.circumstances, group.circumstances),
                [item for item in facts.earlier_breach if item.controller in (EVERYONE, party.id)],
            )
            for group in groups_of(facts, party)
        ]
        for party in facts.party
    }  # fmt: skip


def propose(assessed: Mapping[str, list[Assessment]]) -> dict[str, Proposal]:
    """The level proposed for each party that has a group: that of the group at the highest risk."""
    proposals = {}
    for party, found in assessed.items():
        if found:
            worst = max(found, key=lambda item: LEVELS.index(item.level))
            reason = _("group {group}: {reasons}").format(group=worst.group.id, reasons="; ".join(worst.reasons))
            proposals[party] = Proposal(worst.level, (reason,))
    return proposals
