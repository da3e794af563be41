"""Days, hours and counts as a letter writes them, in the language of its reader.

>>> from datetime import UTC
>>> from tocsin.language import speaking
>>> at = datetime(2024, 2, 1, 14, tzinfo=UTC)
>>> with speaking("fr"):
...     in_full(at, "metropole").replace("\\u202f", " ")
'jeudi 1er février 2024 à 15 h 00 (UTC+01:00)'
>>> with speaking("en"):
...     in_full(at, "metropole")
'Thursday 1 February 2024 at 15:00 (UTC+01:00)'
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from tocsin.language import MONTHS, _, current_language
from tocsin.law.calendar import local, weekday_name
from tocsin.law.words import grouped

THIN = "\u202f"


def day_in_full(day: date) -> str:
    """``2 February 2024``, ``1er février 2024``."""
    code = current_language()
    number = f"{day.day}er" if code == "fr" and day.day == 1 else str(day.day)
    return f"{number} {MONTHS[code].split()[day.month - 1]} {day.year}"


def in_full(moment: datetime, place: str) -> str:
    """An instant on the clock of a place: weekday, day, hour, and how far that clock is from UTC."""
    there = local(moment, place)
    return _full(there, there.date(), f"{there.hour:02d}", f"{there.minute:02d}")


def end_in_full(moment: datetime, place: str) -> str:
    """The end of a period: midnight is said of the day that ends."""
    there = local(moment, place)
    if there.time() != time():
        return in_full(moment, place)
    return _full(there, there.date() - timedelta(days=1), "24", "00")


def _full(there: datetime, day: date, hour: str, minute: str) -> str:
    clock = f"{hour.removeprefix('0')}{THIN}h{THIN}{minute}" if current_language() == "fr" else f"{hour}:{minute}"
    offset = there.strftime("%z")
    return _("{weekday} {day} at {clock} (UTC{offset})").format(
        weekday=weekday_name(day), day=day_in_full(day), clock=clock, offset=f"{offset[:3]}:{offset[3:]}"
    )


def counted(value: int | None) -> str:
    """A count; what is not known is said, never 0."""
    return _("not yet known") if value is None else grouped(value)
