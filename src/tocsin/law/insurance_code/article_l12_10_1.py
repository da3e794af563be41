"""Code des assurances L.12-10-1: the complaint without which no insurer pays for the losses of an attack.

A clock of its own, from the knowledge of the attack, often earlier than that of the GDPR; exact hours, no day moves it.
The text does not say whose system must have been attacked: the operator and each insurer are safe when each complains.
"""

from __future__ import annotations

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of
from tocsin.law.duty import Duty
from tocsin.law.facts import Facts, Party
from tocsin.law.periods import after_hours
from tocsin.law.texts import text


def police_complaint(facts: Facts, party: Party) -> Duty | None:
    """The complaint to police, gendarmerie or prosecutor.

    L.12-10-1: « au plus tard soixante-douze heures après la connaissance de l'atteinte par la victime »
    """
    law = text("insurance_l12_10_1")
    since = party.attack_known_at or party.first_aware
    if not facts.breach.is_attack or (since and not law.is_born(day_of(since, HOME))):
        return None
    what = _("lodge a complaint with police, gendarmerie or prosecutor, and keep the receipt")
    if since is None:
        return Duty(
            kind="police_complaint", by=party.id, to="prosecutor", what=what, basis=law.versions[-1], pace="waiting",
            place=party.place, computation=(_("starts when the party knows of the attack: not yet known"),),
            asks=(_("give attack_known_at of this party"),),
        )  # fmt: skip
    basis = law.in_force(on=day_of(since, HOME))
    period = after_hours(since, basis.number("hours"), party.place)
    asks = []
    if party.attack_known_at is None:
        asks.append(_("give attack_known_at: it may be earlier than the awareness of the breach, which is taken here"))
    if party.cyber_insurance is None:
        asks.append(_("say whether an insurance covers such losses (cyber_insurance): if one does, this binds"))
    return Duty(
        kind="police_complaint", by=party.id, to="prosecutor", what=what, basis=basis, pace="dated", since=since,
        due=period.end, place=party.place, computation=period.steps, asks=tuple(asks),
        reasons=(_("no obligation, but the condition of any payment by an insurer"),),
        state="open" if party.cyber_insurance else "to_decide",
    )  # fmt: skip
