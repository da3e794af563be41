"""What the logs prove, node by node: full where a line cannot be missing, hatched where nobody knows.

>>> axis = TimeAxis.over(0, 86_400, "UTC")
>>> chart = draw_coverage("c", axis, [Track("a1", 0, 86_400, [(0.25, 0.5, 4)])], [], title="", description="")
>>> chart.count("fill-unknown")
1
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tocsin.report.charts.axis import TimeAxis
from tocsin.report.charts.svg import bar, drawing, element, percent, together

LANE = 36
BAR = 12
TOP = 22
LEAST = 0.0025
LEAST_SESSION = 0.006
"""A session of a minute in a week must be seen, even on a telephone."""


@dataclass(frozen=True)
class Track:
    """One log: from when to when it was expected, and the parts of the period that it does not prove."""

    label: str
    first_s: float
    last_s: float
    unknown: Sequence[tuple[float, float, int]]
    """Parts of the width of ``period``, from 0 to 1, with the quarters of that time that are not proved."""


def draw_coverage(
    name: str,
    axis: TimeAxis,
    tracks: Sequence[Track],
    windows: Sequence[tuple[float, float]],
    *,
    title: str,
    description: str,
    period: tuple[float, float] | None = None,
) -> Markup:
    """The tracks one under another, over the windows in which an account was the intruder's."""
    start, stop = period or (axis.start, axis.stop)
    bottom = TOP + LANE * len(tracks)
    marks = [
        bar(axis.place(a), axis.place(b), y=0, height=bottom, class_="window", least=LEAST) for a, b in windows
    ]  # fmt: skip
    marks += [
        element("line", x1=percent(axis.place(a)), x2=percent(axis.place(b)), y1=1.5, y2=1.5, class_="window-edge")
        for a, b in windows
    ]
    marks.append(axis.draw_days(top=4, bottom=bottom))
    for n, track in enumerate(tracks):
        y = TOP + LANE * n
        marks.append(element("text", track.label, x=2, y=y + 9, class_="label"))
        marks.append(
            bar(axis.place(track.first_s), axis.place(track.last_s), y=y + 14, height=BAR, class_="fill-complete")
        )
        for since, until, quarters in track.unknown:
            a, b = (axis.place(start + part * (stop - start)) for part in (since, until))
            tall = BAR * quarters / 4
            marks.append(bar(a, b, y=y + 14 + BAR - tall, height=tall, class_="fill-unknown", least=LEAST))
    return drawing(together(marks), name=name, title=title, description=description, height=bottom + 20,
                   class_="coverage")  # fmt: skip


def draw_lanes(
    name: str,
    axis: TimeAxis,
    lanes: Sequence[tuple[str, Sequence[tuple[float, float, str]]]],
    *,
    title: str,
    description: str,
) -> Markup:
    """Sessions of each account on a lane of its own: (from, to, fill)."""
    bottom = TOP + (LANE - 6) * len(lanes)
    marks = [axis.draw_days(top=4, bottom=bottom)]
    for n, (label, sessions) in enumerate(lanes):
        y = TOP + (LANE - 6) * n
        marks.append(element("text", label, x=2, y=y + 4, class_="label"))
        marks.append(element("line", x1="0", x2="100%", y1=y + 14, y2=y + 14, class_="lane"))
        for since, until, fill in sessions:
            marks.append(
                bar(
                    axis.place(since), axis.place(until), y=y + 9, height=10, class_=f"fill-{fill}", least=LEAST_SESSION
                )
            )
    return drawing(together(marks), name=name, title=title, description=description, height=bottom + 20,
                   class_="lanes")  # fmt: skip
