"""What a record still lacks to be what GDPR 33(5) asks: the facts, the effects, the remedial action, and the motives.

>>> from tocsin.language import speaking
>>> from tocsin.notices.breach_register.record import record_of
>>> with speaking("en"):
...     lacking(record_of({"party": "phare", "party_name": "Le Phare", "breach": "b1", "title": "A lost key"}))[-1]
'decide whether the people are told, with a motive'
"""

from __future__ import annotations

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of
from tocsin.law.periods import after_hours
from tocsin.law.texts import OutsideLegalCoverage, text
from tocsin.notices.breach_register.moment import instant_of
from tocsin.notices.breach_register.record import BreachRecord, Choice


def lacking(record: BreachRecord) -> list[str]:
    """What somebody must still write, in the order of the article."""
    wanted = [
        (record.facts, _("the facts")),
        (record.natures, _("the natures: confidentiality, integrity, availability")),
        (record.occurred_from, _("when it happened")),
        (record.aware_at, _("when the party became aware")),
        (record.categories or record.data_in_words, _("the kinds of data")),
        (record.people, _("how many people, at least and at most")),
        (record.effects, _("the effects")),
        (record.measures, _("the measures taken")),
        (record.risk, _("the level of risk")),
    ]
    found = [words for value, words in wanted if not value]
    if record.role != "controller":  # who does not decide owes the documentation only
        return found
    return [*found, *_of_notification(record), *_of_communication(record)]


def is_late(record: BreachRecord) -> bool | None:
    """Whether the authority was told after the time that the law gives; nothing when it is not known to the minute."""
    aware, told = instant_of(record.aware_at), instant_of(record.notification.at)
    if aware is None or told is None:
        return None
    try:
        version = text("gdpr_33_1").in_force(on=day_of(aware, HOME))
    except OutsideLegalCoverage:
        return None
    return told > after_hours(aware, version.number("hours"), HOME).end


def _of_notification(record: BreachRecord) -> list[str]:
    choice = record.notification
    if choice.answer == "undecided":
        return [_("decide whether to notify, with a motive")]
    found = _motive(choice, _("why the authority is notified or not"))
    if choice.answer == "planned":
        found.append(_("notify the authority"))
    if choice.answer == "done":
        if not choice.at:
            found.append(_("when the authority was notified"))
        if not any(item.receipt for item in record.filings if item.duty == "authority_notification"):
            found.append(_("the receipt of the authority"))
        if is_late(record) and not choice.reason_for_delay:
            found.append(_("the reasons for the delay (GDPR 33(1))"))
    return found


def _of_communication(record: BreachRecord) -> list[str]:
    choice = record.communication
    if choice.answer == "undecided":
        return [_("decide whether the people are told, with a motive")]
    found = _motive(choice, _("why the people are told or not"))
    if choice.answer == "planned":
        found.append(_("tell the people"))
    if choice.answer == "done" and not choice.at:
        found.append(_("when the people were told"))
    if choice.answer == "no" and record.risk == "high_risk" and not choice.ground:
        found.append(_("a ground of GDPR 34(3): the risk is high and the people are not told"))
    return found


def _motive(choice: Choice, words: str) -> list[str]:
    found = [] if choice.motive else [words]
    if choice.motive and not choice.by:
        found.append(_("who decided"))
    if choice.motive and not choice.dpo_opinion:
        found.append(_("the opinion of the DPO (GDPR 38, 39)"))
    return found
