"""The French law of the first NIS directive: designated operators of essential services tell the ANSSI at once."""

from __future__ import annotations

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of
from tocsin.law.duty import Duty
from tocsin.law.facts import Party
from tocsin.law.periods import without_hours
from tocsin.law.texts import text


def essential_service_incident(party: Party) -> Duty | None:
    """The report of an operator of essential services.

    Law 2018-133, Article 7: « sans délai après en avoir pris connaissance »
    """
    since = party.first_aware
    if party.nis != "operator_of_essential_services" or since is None:
        return None
    return Duty(
        kind="nis1_incident", by=party.id, to="ANSSI", basis=text("nis1_law_2018_133").in_force(on=day_of(since, HOME)),
        what=_("report the incident if it may weigh on the continuity of the essential service"), pace="at_once",
        since=since, place=party.place,
        computation=without_hours(since, party.place),
    )  # fmt: skip
