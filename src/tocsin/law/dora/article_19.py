"""DORA 19: a financial entity reports a major incident three times, and tells its clients.

The hours and the relief for weekends and bank holidays are those of its own standard, Delegated Regulation 2025/301,
Article 5. Bank holidays are those of the Member State: the local ones of Alsace-Moselle and overseas are not counted.
"""

from __future__ import annotations

from datetime import datetime

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of, told
from tocsin.law.duty import Duty, Pace
from tocsin.law.facts import Dora, Facts, Party
from tocsin.law.notices import last_sent
from tocsin.law.periods import Period, after_hours, after_months, moved_to_noon, without_hours
from tocsin.law.texts import Version, text

AUTHORITY = "ACPR"


def dora_duties(facts: Facts, party: Party) -> list[Duty]:
    """The three reports and the information of clients, of a financial entity."""
    dora = party.dora
    aware = (dora.aware_at or party.first_aware) if dora else None
    if dora is None or aware is None or not text("dora_19").is_born(day_of(aware, HOME)):
        return []
    basis = text("dora_19").in_force(on=day_of(aware, HOME))
    duties = [initial_report(party, dora, aware, basis)]
    if "intermediate_hours" in basis.values:
        duties.append(intermediate_report(facts, party, dora, basis))
        duties.append(final_report(facts, party, dora, basis))
    if dora.touches_clients:
        duties.append(information_of_clients(party, aware))
    return duties


def initial_report(party: Party, dora: Dora, aware: datetime, basis: Version) -> Duty:
    """The initial notification, once the incident is classified as major.

    2025/301, 5(1)(a): "within four hours from the classification of the ICT-related incident as a major ICT-related
    incident and no later than 24 hours from the moment the financial entity has become aware of the ICT-related
    incident"; 5(2): classified later than that, "within four hours from the classification".
    """
    what = _("notify the major incident to the financial authority: initial notification")
    if "initial_hours_from_classification" not in basis.values:
        return _report("dora_initial", party, basis, what, since=aware, steps=(_("the standard that sets the hours was not in force yet"),))  # fmt: skip  # noqa: E501 - one sentence
    latest = after_hours(aware, basis.number("initial_hours_from_awareness"), HOME)
    classified = dora.classified_major_at
    if classified is None:
        steps = (
            _("starts when the incident is classified as major: not yet known"),
            _("if it is classified within {hours} hours of awareness: {end} at the latest").format(
                hours=basis.number("initial_hours_from_awareness"), end=told(latest.end, HOME)
            ),
        )
        asks = (_("classify the incident (Delegated Regulation 2024/1772), and give classified_major_at"),)
        return _report("dora_initial", party, basis, what, pace="waiting", steps=steps, asks=asks)
    since, period = classified, after_hours(classified, basis.number("initial_hours_from_classification"), HOME)
    if classified > latest.end:
        note = _(
            "classified later than {hours} hours after awareness: only the hours from classification count"
        ).format(hours=basis.number("initial_hours_from_awareness"))
    elif latest.end < period.end:
        since, period, note = aware, latest, _("the hours from awareness end before those from classification")
    else:
        note = _("the hours from classification end before those from awareness, {end}").format(
            end=told(latest.end, HOME)
        )
    period = _relieved(Period(period.end, (*period.steps, note)), dora, basis, is_final=False)
    return _report("dora_initial", party, basis, what, pace="dated", since=since, period=period)


def intermediate_report(facts: Facts, party: Party, dora: Dora, basis: Version) -> Duty:
    """The intermediate report, 72 hours after the initial notification left.

    2025/301, 5(1)(b): within 72 hours from the submission of the initial notification, even where nothing has changed.
    """
    what = _("send the intermediate report, even when nothing has changed")
    sent = last_sent(facts, "dora_initial", party.id)
    if sent is None:
        steps = (_("starts when the initial notification leaves: not yet known"),)
        return _report("dora_intermediate", party, basis, what, pace="waiting", steps=steps)
    period = _relieved(after_hours(sent, basis.number("intermediate_hours"), HOME), dora, basis, is_final=False)
    return _report("dora_intermediate", party, basis, what, pace="dated", since=sent, period=period)


def final_report(facts: Facts, party: Party, dora: Dora, basis: Version) -> Duty:
    """The final report, a month after the intermediate one, or after its last update.

    2025/301, 5(1)(c): no later than one month after the intermediate report or the latest updated one.
    """
    what = _("send the final report: the cause, the true figures, the costs")
    sent = last_sent(facts, "dora_intermediate", party.id)
    if sent is None:
        steps = (_("starts when the intermediate report, or its last update, leaves: not yet known"),)
        return _report("dora_final", party, basis, what, pace="waiting", steps=steps)
    period = _relieved(after_months(sent, basis.number("final_months"), HOME), dora, basis, is_final=True)
    return _report("dora_final", party, basis, what, pace="dated", since=sent, period=period)


def information_of_clients(party: Party, aware: datetime) -> Duty:
    """The clients whose financial interests are affected are told.

    DORA 19(3): "without undue delay as soon as they become aware of it"
    """
    return Duty(
        kind="dora_clients", by=party.id, to="clients", basis=text("dora_19_3").in_force(on=day_of(aware, HOME)),
        what=_("tell the clients whose financial interests are affected, and how they can protect themselves"),
        pace="at_once", since=aware, place=party.place,
        computation=without_hours(aware, party.place),
    )  # fmt: skip


def _relieved(period: Period, dora: Dora, basis: Version, *, is_final: bool) -> Period:
    """Article 5(4), unless 5(5) (initial and intermediate only) or 5(6) takes the relief away."""
    if dora.weekend_relief == "full" or (dora.weekend_relief == "final_only" and is_final):
        return moved_to_noon(period, basis.number("noon"), HOME)
    return Period(period.end, (*period.steps, _("this entity has no relief for weekends and bank holidays here")))


def _report(
    kind: str, party: Party, basis: Version, what: str, *, pace: Pace = "at_once", since: datetime | None = None,
    period: Period | None = None, steps: tuple[str, ...] = (), asks: tuple[str, ...] = (),
) -> Duty:  # fmt: skip
    return Duty(
        kind=kind, by=party.id, to=AUTHORITY, what=what, basis=basis, pace=pace, since=since, asks=asks,
        due=period.end if period else None, place=party.place, computation=period.steps if period else steps,
    )  # fmt: skip
