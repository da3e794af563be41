"""A time axis in local days, shared by the charts of one page so that the eye goes straight down from one to another.

>>> axis = TimeAxis.over(1705881600, 1706054400, "UTC")
>>> axis.place(1705968000)
0.5
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from tocsin.report.charts.svg import element, percent, together
from tocsin.report.typography import local, short_day

MOST_LABELS = 10
MOST_RULES = 62
STEPS = (1, 2, 7, 14, 28, 91, 182, 364, 728, 1820)


@dataclass(frozen=True)
class TimeAxis:
    """From ``start`` to ``stop``, seconds since 1970, on the clocks of ``zone``."""

    start: float
    stop: float
    zone: str

    @classmethod
    def over(cls, since: float, until: float, zone: str) -> TimeAxis:
        """The axis of the whole local days that hold ``since`` and ``until``."""
        first, last = local(since, zone).date(), local(max(until - 1, since), zone).date()
        return cls(_midnight(first, zone), _midnight(last + timedelta(days=1), zone), zone)

    def place(self, instant: float) -> float:
        """Where an instant stands, from 0 to 1."""
        return min(max((instant - self.start) / (self.stop - self.start), 0.0), 1.0)

    @property
    def midnights(self) -> list[float]:
        """The start of each local day; days of 23 and 25 hours are as long as they are."""
        day, told = local(self.start, self.zone).date(), []
        while (instant := _midnight(day, self.zone)) < self.stop:
            told.append(instant)
            day += timedelta(days=1)
        return told

    def draw_days(self, *, top: float, bottom: float) -> Markup:
        """A rule at each midnight, and as many dates as can be read."""
        midnights = self.midnights
        step = next((n for n in STEPS if len(midnights) / n <= MOST_LABELS), STEPS[-1])
        rules = next((n for n in STEPS if len(midnights) / n <= MOST_RULES), STEPS[-1])
        marks = [
            element("line", x1=percent(self.place(at)), x2=percent(self.place(at)), y1=f"{top:g}", y2=f"{bottom:g}",
                    class_="rule")
            for at in midnights[::rules]
        ]  # fmt: skip
        for n, at in enumerate(midnights[::step]):
            x = self.place(at)
            if x < 0.94 or len(midnights) == 1:
                label = element(
                    "text", short_day(local(at, self.zone).date()), x=percent(x), dx=4, y=f"{bottom + 14:g}"
                )
                marks.append(element("g", label, class_="tick" if n % 3 == 0 else "tick minor"))
        return together(marks)


def _midnight(day: date, zone: str) -> float:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC).timestamp()
