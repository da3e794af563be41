"""Hostile reading hour by hour, one strip for each portal: a robot shows at once, by its nights and its square shape.

>>> axis = TimeAxis.over(0, 86_400, "UTC")
>>> draw_timeline("t", axis, [Column(3600, 2, 1)], title="Portal", description="3 lines").count('class="fill-')
2
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tocsin.report.charts.axis import TimeAxis
from tocsin.report.charts.svg import bar, drawing, element, percent, together
from tocsin.report.typography import number

HEIGHT = 96
TOP = 16
UNKNOWN = 8
HOUR = 3600.0
COLUMNS = 1100
"""More columns than a screen has points for: beyond, hours are put together."""
LEAST = 0.0022


@dataclass(frozen=True)
class Column:
    """The lines that sent something from ``start`` on: of grade A, of grade B."""

    start: float
    hostile: int
    possible: int


def width_of_columns(axis: TimeAxis) -> int:
    """Hours in one column: 1, unless the period is so long that hours would not be seen."""
    hours = (axis.stop - axis.start) / HOUR
    return next((n for n in (1, 2, 4, 6, 12, 24) if hours / n <= COLUMNS), 24)


def draw_timeline(
    name: str,
    axis: TimeAxis,
    columns: Sequence[Column],
    *,
    title: str,
    description: str,
    unknown: Sequence[tuple[float, float, int]] = (),
    height: int = HEIGHT,
) -> Markup:
    """One strip; its scale is its own, and its greatest column is written.

    Below the ground, a hatch where the logs do not prove that nothing else was read: an empty hour is not a quiet one.
    """
    most = max((column.hostile + column.possible for column in columns), default=0)
    step = width_of_columns(axis) * HOUR
    marks = [axis.draw_days(top=TOP, bottom=TOP + height + UNKNOWN)]
    for column in columns:
        since, until = axis.place(column.start), axis.place(column.start + step)
        low = height * column.hostile / most
        high = height * column.possible / most
        for tall, y, kind in (
            (low, TOP + height - low, "proved"),
            (high, TOP + height - low - high, "possible_attribution"),
        ):
            if tall:
                marks.append(
                    bar(since, until, y=round(y, 2), height=round(tall, 2), class_=f"fill-{kind}", least=LEAST)
                )
    for since, until, quarters in unknown:
        if until > axis.start and since < axis.stop:
            a, b = axis.place(since), axis.place(until)
            marks.append(
                bar(a, b, y=TOP + height + 1, height=UNKNOWN * quarters / 4, class_="fill-unknown", least=LEAST)
            )
    marks.append(element("line", x1="0", x2="100%", y1=TOP + height, y2=TOP + height, class_="ground"))
    if most:
        marks.append(_top_mark(axis, columns, most, step))
    return drawing(*marks, name=name, title=title, description=description, height=TOP + height + UNKNOWN + 20,
                   class_="timeline")  # fmt: skip


def _top_mark(axis: TimeAxis, columns: Sequence[Column], most: int, step: float) -> Markup:
    peak = next(column for column in columns if column.hostile + column.possible == most)
    x = axis.place(peak.start + step / 2)
    anchor = "start" if x < 0.1 else "end" if x > 0.9 else "middle"
    return together([element("text", number(most), x=percent(x), y=TOP - 4, text_anchor=anchor, class_="value")])
