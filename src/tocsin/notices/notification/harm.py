"""What may follow for the people, how grave it is, and the level of risk: proposed, then decided by a person."""

from __future__ import annotations

from tocsin.language import _
from tocsin.law.facts import Account, Party
from tocsin.law.judgement import LEVELS, level_name
from tocsin.law.risk.assessment import Assessment
from tocsin.law.risk.vocabulary import complete_profiles
from tocsin.notices.notification.answer import Answer, said
from tocsin.notices.situation import Situation

HARMS_OF = {
    "identity_theft": ("identity_theft",), "bank_fraud": ("fraud", "financial_loss"), "targeted_phishing": ("fraud",),
    "medical_profile": ("privacy", "professional_secrecy"),
}  # fmt: skip
"""What each combination of data (``law/risk/profiles.toml``) makes possible, in the words of the forms."""
CONSEQUENCE_OF = {"serious": "no_access", "annoyance": "difficulty"}
"""What an outage is to people, by ``[circumstances] harm_of_outage``."""
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
    natures, found = situation.facts.breach.natures, []
    if "confidentiality" in natures and _profiles(assessed):
        found += ["combinable", "other_ends"]
    outage = situation.facts.circumstances.harm_of_outage
    if "availability" in natures and outage in CONSEQUENCE_OF:
        found.append(CONSEQUENCE_OF[outage])
    return said(tuple(found), _("proposed: what the data allow together"))


def _harms(situation: Situation, account: Account, assessed: list[Assessment]) -> Answer:
    if account.harms:
        return Answer(account.harms, TOLD)
    found = [harm for profile in _profiles(assessed) for harm in HARMS_OF[profile]]
    if "confidentiality" in situation.facts.breach.natures and assessed:
        found.insert(0, "loss_of_control")
    return said(tuple(dict.fromkeys(found)), _("proposed: what the data allow together"))


def _profiles(assessed: list[Assessment]) -> list[str]:
    found = [profile.name for item in assessed for profile in complete_profiles(frozenset(item.group.categories))]
    return [*dict.fromkeys(found)]
