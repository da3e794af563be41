"""Loi Informatique et Libertés, Article 20: what a formal notice of the CNIL demands, within the time of the letter."""

from __future__ import annotations

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of, told
from tocsin.law.duty import Duty
from tocsin.law.facts import FormalNotice, Party
from tocsin.law.periods import Period, after_days, after_hours, after_months
from tocsin.law.texts import text


def formal_notice(notice: FormalNotice, party: Party) -> Duty:
    """The duty to do what the letter demands, counted as the letter counts.

    Article 20: « vingt-quatre heures en cas d'extrême urgence »
    """
    basis = text("lil_20").in_force(on=day_of(notice.received_at, HOME))
    period = _period(notice, party.place)
    asks: tuple[str, ...] = ()
    if period is None:
        asks = (_("give the time that the letter sets: hours, days or months"),)
    elif notice.hours is not None and notice.hours < basis.number("least_hours"):
        asks = (_("read the letter again: the law knows no time under {hours} hours").format(hours=basis.number("least_hours")),)  # fmt: skip  # noqa: E501 - one sentence
    start = _("starts {start}").format(start=told(notice.received_at, party.place))
    return Duty(
        kind="formal_notice", by=notice.to, to=notice.authority, about=notice.demands, what=notice.demands, basis=basis,
        pace="dated" if period else "at_once", since=notice.received_at, due=period.end if period else None,
        place=party.place, computation=period.steps if period else (start,), asks=asks,
        reasons=(_("the letter sets the time; days are not moved unless it counts free days"),),
    )  # fmt: skip


def _period(notice: FormalNotice, place: str) -> Period | None:
    if notice.hours is not None:
        return after_hours(notice.received_at, notice.hours, place)
    if notice.days is not None:
        return after_days(notice.received_at, notice.days, place, free=notice.has_free_days)
    if notice.months is not None:
        return after_months(notice.received_at, notice.months, place)
    return None
