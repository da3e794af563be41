"""What may follow for the people, how grave it is, and the level of risk: proposed, then decided by a person."""

from __future__ import annotations

from tocsin.language import _
from tocsin.law.facts import Account, Party
from tocsin.law.judgement import LEVELS, level_name
from tocsin.law.risk.assessment import Assessment
from tocsin.law.risk.vocabulary import complete_profiles
from tocsin.notices.notification.answer import Answer, said
from tocsin.notices.notification.proposals import proposals
from tocsin.notices.situation import Situation

TOLD = "facts.toml [[account]]"


def answer_harm(situation: Situation, party: Party, account: Account) -> dict[str, Answer]:
    """Consequences, harms, severity, risk."""
    assessed = situation.assessments.get(party.id, [])
    judgement = situation.judgements.get(party.id)
    level = judgement.level if judgement else None
    proposed = max((item.level for item in assessed), key=LEVELS.index, default=None)
    reasons = "; ".join(judgement.reasons) if judgement and level else ""
    severity = max((item.severity for item in assessed), default=None)
    return {
        "harm.consequences": _consequences(situation, account, assessed),
        "harm.in_words": said(account.consequences_in_words, TOLD),
        "harm.kinds": _harms(situation, account, assessed),
        "harm.severity": said(str(severity) if severity else "", _("assessment, `tocsin severity`")),
        "risk.level": said(level or "", _("decided") if judgement and judgement.is_decided else _("proposed")),
        "risk.reasons": said(reasons, _("`tocsin severity --why`")),
        "risk.proposed": said(level_name(proposed) if proposed else "", _("proposed")),
    }  # fmt: skip


def _consequences(situation: Situation, account: Account, assessed: list[Assessment]) -> Answer:
    """As told; else what the data allow together, and what an outage did."""
    if account.consequences:
        return Answer(account.consequences, TOLD)
    natures = situation.facts.breach.natures
    found: list[str] = []
    if "confidentiality" in natures and _profiles(assessed):
        found += proposals()["consequences"]["confidentiality"]
    outage = proposals()["outage"].get(situation.facts.circumstances.harm_of_outage)
    if "availability" in natures and outage:
        found.append(outage)
    return said(tuple(found), _("proposed: what the data allow together"))


def _harms(situation: Situation, account: Account, assessed: list[Assessment]) -> Answer:
    if account.harms:
        return Answer(account.harms, TOLD)
    found = [harm for profile in _profiles(assessed) for harm in proposals()["harms"][profile]]
    if "confidentiality" in situation.facts.breach.natures and assessed:
        found.insert(0, "loss_of_control")
    return said(tuple(dict.fromkeys(found)), _("proposed: what the data allow together"))


def _profiles(assessed: list[Assessment]) -> list[str]:
    found = [profile.name for item in assessed for profile in complete_profiles(frozenset(item.group.categories))]
    return [*dict.fromkeys(found)]
