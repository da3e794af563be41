"""NIS 2, Article 23: early warning, notification, final report, for essential and important entities.

The directive binds an undertaking only through the national law. Where the state of that law is not known, the duty
says so: it is shown to be prepared, and never as "not in force". Financial entities follow DORA instead.
"""

from __future__ import annotations

from datetime import datetime

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of
from tocsin.law.duty import Duty
from tocsin.law.facts import Facts, Party
from tocsin.law.notices import last_sent
from tocsin.law.periods import Period, after_hours, after_months
from tocsin.law.texts import Version, text


def nis2_duties(facts: Facts, party: Party) -> list[Duty]:
    """The three reports on a significant incident.

    NIS 2, 23(4): "without undue delay and in any event within 24 hours of becoming aware of the significant incident,
    an early warning"
    """
    since = party.first_aware
    if party.nis not in ("essential", "important") or since is None or party.dora is not None:
        return []
    if not text("nis2_23").is_born(day_of(since, HOME)):
        return []
    basis = text("nis2_23").in_force(on=day_of(since, HOME))
    warning = after_hours(since, basis.number("early_warning_hours"), party.place)
    notification = after_hours(since, basis.number("notification_hours"), party.place)
    return [
        _duty("nis2_early_warning", party, basis, _("send the early warning"), since, warning),
        _duty("nis2_notification", party, basis, _("notify the significant incident"), since, notification),
        _final(facts, party, basis),
    ]


def _final(facts: Facts, party: Party, basis: Version) -> Duty:
    sent = last_sent(facts, "nis2_notification", party.id)
    what = _("send the final report")
    if sent is None:
        return _duty("nis2_final", party, basis, what, None, None)
    return _duty("nis2_final", party, basis, what, sent, after_months(sent, basis.number("final_months"), party.place))


def _duty(
    kind: str, party: Party, basis: Version, what: str, since: datetime | None, period: Period | None
) -> Duty:  # fmt: skip
    return Duty(
        kind=kind, by=party.id, to="ANSSI", what=what, basis=basis, pace="dated" if period else "waiting",
        place=party.place, since=since, due=period.end if period else None,
        computation=period.steps if period else (_("starts when the notification leaves: not yet known"),),
        asks=(_("look in the official journal whether the national law is in force"),),
    )  # fmt: skip
