"""Figures, shares and times as each language writes them: thin spaces and decimal commas are not an ornament in French.

Times are those of the case's zone: a reader compares them with the clock on the wall.

>>> from tocsin.language import speaking
>>> with speaking("fr"):
...     number(1853), share(0.9648), when(1705931520, "Europe/Paris")
('1\\u202f853', '96,4\\u202f%', '22 janvier 2024 à 14\\u202fh\\u202f52')
>>> with speaking("en"):
...     number(1853), share(0.9648), when(1705931520, "Europe/Paris")
('1,853', '96.4%', '22 January 2024 at 14:52')
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tocsin.analysis.negative import percent
from tocsin.language import MONTHS, _, current_language

THIN = "\u202f"
SHORT_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.",
}
LONG_SPAN = {"day": 172_800, "hour": 7_200}
"""Seconds from which a duration is told in days, or in hours."""


def number(value: int | None) -> str:
    """A count; what is not known is said, never 0."""
    if value is None:
        return _("not yet known")
    return f"{value:,}".replace(",", THIN) if current_language() == "fr" else f"{value:,}"


def share(value: float | None) -> str:
    """A share in percent, rounded down; without any log there is none."""
    if value is None:
        return _("no log")
    return f"{decimal(value)}{THIN}%" if current_language() == "fr" else f"{decimal(value)}%"


def decimal(value: float) -> str:
    """A share times 100, with one decimal and no sign."""
    text = percent(value)
    return text.replace(".", ",") if current_language() == "fr" else text


def day(value: date, *, year: bool = True) -> str:
    """``22 January 2024``, ``1er février 2024``."""
    code = current_language()
    month = MONTHS[code].split()[value.month - 1]
    told = f"{value.day}er" if code == "fr" and value.day == 1 else str(value.day)
    return f"{told} {month} {value.year}" if year else f"{told} {month}"


def short_day(value: date) -> str:
    """``22 Jan``, for the axis of a chart."""
    return f"{value.day} {SHORT_MONTHS[current_language()].split()[value.month - 1]}"


def local(seconds: float, zone: str) -> datetime:
    """An instant on the clock of the case's zone."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(zone))


def clock(instant: datetime) -> str:
    """``14:52``, ``14 h 52``."""
    if current_language() == "fr":
        return f"{instant.hour}{THIN}h{THIN}{instant.minute:02d}"
    return f"{instant.hour:02d}:{instant.minute:02d}"


def when(seconds: float, zone: str) -> str:
    """A day and an hour."""
    instant = local(seconds, zone)
    return _("{day} at {clock}").format(day=day(instant.date()), clock=clock(instant))


def short_when(seconds: float, zone: str) -> str:
    """The same without the year, for tables."""
    instant = local(seconds, zone)
    return f"{short_day(instant.date())} {clock(instant)}".replace(" ", "\u00a0")


def duration(seconds: float) -> str:
    """A length of time in its natural unit, rounded up so that a gap is never made smaller."""
    for unit, words in (("day", _("{count} days")), ("hour", _("{count} h"))):
        if seconds >= LONG_SPAN[unit]:
            return words.format(count=number(-int(-seconds // {"day": 86_400, "hour": 3_600}[unit])))
    return _("{count} min").format(count=number(max(1, -int(-seconds // 60))))
