"""Code de la santé publique L.1111-8-2: health bodies report serious security incidents at once."""

from __future__ import annotations

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of
from tocsin.law.duty import Duty
from tocsin.law.facts import Party
from tocsin.law.periods import without_hours
from tocsin.law.texts import text


def health_incident(party: Party) -> Duty | None:
    """The report of a health body to the State and to the national agency for digital health (CERT Santé).

    L.1111-8-2: « sans délai ». Insurers and third-party payers are not named; the structure of a phished professional
    may be.
    """
    since = party.first_aware
    if not party.is_health_body or since is None:
        return None
    return Duty(
        kind="health_incident", by=party.id, to="CERT Santé", place=party.place,
        basis=text("csp_l1111_8_2").in_force(on=day_of(since, HOME)), pace="at_once", since=since,
        what=_("report the serious or significant security incident to the State and to the CERT Santé"),
        computation=without_hours(since, party.place),
    )  # fmt: skip
