"""How a period is counted, and the count in words.

Hours are exact: they run through nights, weekends, holidays and changes of the clock. Days and months follow the
calendar of the place. Each function gives the end and the steps that led to it.

>>> from datetime import UTC
>>> after_hours(datetime(2024, 2, 2, 14, tzinfo=UTC), 72, "metropole").end.isoformat()
'2024-02-05T14:00:00+00:00'
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tocsin.language import _
from tocsin.law.calendar import (
    HOME,
    ONE_DAY,
    at_hour,
    day_of,
    end_of,
    is_working_day,
    local,
    next_working_day,
    told,
    told_day,
    told_end,
)  # fmt: skip
from tocsin.law.texts import Version


@dataclass(frozen=True)
class Period:
    """When a period ends, and how that was found."""

    end: datetime
    steps: tuple[str, ...]


def without_hours(start: datetime, place: str) -> tuple[str, ...]:
    """The steps of a duty for which the text gives no hours."""
    return (_("starts {start}").format(start=told(start, place)), _("the text gives no hours: without undue delay"))


def after_hours(start: datetime, hours: int, place: str) -> Period:
    """``hours`` after ``start``, exactly."""
    end = start.astimezone(UTC) + timedelta(hours=hours)
    steps = [
        _("starts {start}").format(start=told(start, place)),
        _("plus {hours} hours exactly: {end}").format(hours=hours, end=told(end, place)),
    ]
    if local(start, place).utcoffset() != local(end, place).utcoffset():
        steps.append(_("the clocks change in between; the hours that pass are counted, not those of the clock face"))
    return Period(end, tuple(steps))


def after_working_days(start: datetime, days: int, place: str) -> Period:
    """The end of the last of ``days`` working days; the day of the event is not one of them."""
    day = day_of(start, place)
    steps = [
        _("starts {start}").format(start=told(start, place)),
        _("the day itself is not counted; working days are Monday to Friday, public holidays excepted"),
    ]
    for number in range(1, days + 1):
        day = next_working_day(day, place)
        steps.append(_("working day {number}: {day}").format(number=number, day=told_day(day)))
    return _whole_day(day, place, steps)


def after_days(start: datetime, days: int, place: str, *, free: bool = False) -> Period:
    """``days`` calendar days later, at midnight; free days leave out both ends and never end on a day off."""
    day = day_of(start, place) + timedelta(days=days)
    steps = [
        _("starts {start}").format(start=told(start, place)),
        _("plus {days} days, the day itself not counted: {day}").format(days=days, day=told_day(day)),
    ]
    if free:
        day += ONE_DAY
        steps.append(_("free days: the last one is not counted either: {day}").format(day=told_day(day)))
        if not is_working_day(day, place):
            day = next_working_day(day, place)
            steps.append(_("no working day: moved to {day}").format(day=told_day(day)))
    return _whole_day(day, place, steps)


def after_months(start: datetime, months: int, place: str) -> Period:
    """The same day of a later month, at midnight; the last day of that month when it has no such day."""
    begins = day_of(start, place)
    day = add_months(begins, months)
    steps = [
        _("starts {start}").format(start=told(start, place)),
        _("plus {months} month(s), to the same day of the month: {day}").format(months=months, day=told_day(day)),
    ]
    if day.day != begins.day:
        steps.append(_("that month has no day {day}: its last day").format(day=begins.day))
    return _whole_day(day, place, steps)


def add_months(day: date, months: int) -> date:
    """The same day, months later, or the last day of that month.

    >>> add_months(date(2024, 1, 31), 1), add_months(date(2025, 12, 15), 1)
    (datetime.date(2024, 2, 29), datetime.date(2026, 1, 15))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _whole_day(day: date, place: str, steps: list[str]) -> Period:
    end = end_of(day, place)
    return Period(end, (*steps, _("until the end of that day: {end}").format(end=told_end(end, place))))


def moved_to_noon(period: Period, noon: int, place: str) -> Period:
    """DORA's own relief: a period that ends on a weekend or bank holiday ends at noon of the next working day."""
    last = day_of(period.end - timedelta(microseconds=1), place)
    if is_working_day(last, place):
        return period
    day = next_working_day(last, place)
    end = at_hour(day, noon, place)
    step = _("{last} is no working day: until noon of the next one, {end}").format(
        last=told_day(last), end=told(end, place)
    )
    return Period(end, (*period.steps, step))


def as_regulation_1182_71_counts(start: datetime, hours: int, text: Version, place: str = HOME) -> tuple[str, ...]:
    """What Regulation 1182/71 would make of a period of hours. Information: nobody should rely on it.

    Article 3(1): "the hour during which that event occurs or that action takes place shall not be considered".
    """
    begin = start.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    end = begin + timedelta(hours=hours)
    told_steps = [
        _("information, not the deadline: {text} does not count the hour of the event, which gives {end}").format(
            text=text.name, end=told(end, place)
        )
    ]
    if hours >= text.number("reaches_periods_of_hours"):
        second = _end_with_working_days(begin, end, text.number("working_days"), place)
        if second > end:
            told_steps.append(
                _("information, disputed: a period of two days or more would hold at least {days} working days,"
                  " which gives {end}").format(days=text.number("working_days"), end=told_end(second, place))
            )  # fmt: skip
    return tuple(told_steps)


def _end_with_working_days(begin: datetime, end: datetime, wanted: int, place: str) -> datetime:
    """The end of the period, or of the day that completes the working days that it must touch."""
    day, found = day_of(begin, place), 0
    while True:
        found += is_working_day(day, place)
        if found == wanted:
            return max(end, end_of(day, place)) if day > day_of(end - timedelta(microseconds=1), place) else end
        day += ONE_DAY
