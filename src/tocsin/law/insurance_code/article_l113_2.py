"""Code des assurances L.113-2: telling the insurer of the loss, within the time of the contract.

A contract may give more than the law's floor, never less: a shorter clause does not bind, and is shown as what the
insurer hopes for.
"""

from __future__ import annotations

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of, told_end
from tocsin.law.duty import Duty
from tocsin.law.facts import Party
from tocsin.law.periods import after_working_days
from tocsin.law.texts import text


def insurer_notice(party: Party) -> Duty | None:
    """The notice of the loss to the insurer.

    L.113-2, 4°: « Ce délai ne peut être inférieur à cinq jours ouvrés »
    """
    insurance = party.cyber_insurance
    if insurance is None:
        return None
    since = insurance.loss_known_at or party.attack_known_at or party.first_aware
    what = _("tell the insurer of the loss")
    if since is None:
        return Duty(
            kind="insurer_notice", by=party.id, to=insurance.insurer, what=what, pace="waiting", place=party.place,
            basis=text("insurance_l113_2").versions[-1],
            computation=(_("starts when the party knows of the loss: not yet known"),),
            asks=(_("give loss_known_at of this insurance"),),
        )  # fmt: skip
    basis = text("insurance_l113_2").in_force(on=day_of(since, HOME))
    floor = basis.number("least_working_days")
    given = insurance.working_days or floor
    period = after_working_days(since, max(given, floor), party.place)
    information: tuple[str, ...] = ()
    if given < floor:
        wished = after_working_days(since, given, party.place)
        information = (
            _("the contract says {days} working day(s), {end}: below the floor of the law, it does not bind").format(
                days=given, end=told_end(wished.end, party.place)
            ),
        )
    return Duty(
        kind="insurer_notice", by=party.id, to=insurance.insurer, what=what, basis=basis, pace="dated", since=since,
        due=period.end, place=party.place, computation=period.steps, information=information,
    )  # fmt: skip
