"""Working days, and instants as people say them.

Public holidays are those of the place where a party works; they matter only where days are counted, never in periods
of hours.

>>> is_working_day(date(2024, 3, 29), "metropole"), is_working_day(date(2024, 3, 29), "alsace-moselle")
(True, False)
>>> from datetime import UTC
>>> from tocsin.language import speaking
>>> with speaking("en"):
...     told(datetime(2024, 3, 31, 1, 30, tzinfo=UTC), "metropole")
'Sunday 2024-03-31 03:30 (UTC+02:00)'
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

from tocsin.language import _

PLACES: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("places.toml").read_text("utf-8"))
HOME = "metropole"
SATURDAY = 5
ONE_DAY = timedelta(days=1)


@cache
def zone_of(place: str) -> ZoneInfo:
    """The clock of a place."""
    return ZoneInfo(PLACES[place]["zone"])


@cache
def _holidays(place: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", subdiv=PLACES[place]["holidays"] or None, years=year))


def is_working_day(day: date, place: str) -> bool:
    """Whether ``day`` is neither a Saturday, a Sunday nor a public holiday of the place."""
    return day.weekday() < SATURDAY and day not in _holidays(place, day.year)


def next_working_day(day: date, place: str) -> date:
    """The first working day after ``day``."""
    day += ONE_DAY
    while not is_working_day(day, place):
        day += ONE_DAY
    return day


def local(moment: datetime, place: str) -> datetime:
    """``moment`` on the clock of the place."""
    return moment.astimezone(zone_of(place))


def day_of(moment: datetime, place: str) -> date:
    """The local day of an instant."""
    return local(moment, place).date()


def end_of(day: date, place: str) -> datetime:
    """Midnight at the end of a local day."""
    return datetime.combine(day + ONE_DAY, time(), zone_of(place))


def at_hour(day: date, hour: int, place: str) -> datetime:
    """A full hour of a local day."""
    return datetime.combine(day, time(hour), zone_of(place))


def weekday_name(day: date) -> str:
    """Monday to Sunday, in the language of the reader."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[day.weekday()]


def told(moment: datetime, place: str) -> str:
    """An instant in words: weekday, local date and time, and how far the clock is from UTC."""
    there = local(moment, place)
    return f"{weekday_name(there.date())} {there:%Y-%m-%d %H:%M} ({_offset(there)})"


def told_end(moment: datetime, place: str) -> str:
    """The end of a period in words: midnight is said of the day that ends."""
    there = local(moment, place)
    if there.time() != time():
        return told(moment, place)
    day = there.date() - ONE_DAY
    return f"{weekday_name(day)} {day} 24:00 ({_offset(there)})"


def _offset(there: datetime) -> str:
    shift = there.strftime("%z")
    return f"UTC{shift[:3]}:{shift[3:]}"


def told_day(day: date) -> str:
    """A day in words."""
    return f"{weekday_name(day)} {day}"
