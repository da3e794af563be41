"""The charts of the page, each with its sentence: hours of reading, coverage, sessions by account.

>>> nights([{"hour": 0, "lines": 3}, {"hour": 43_200, "lines": 1}], "UTC")
0.75
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from tocsin.language import _
from tocsin.report.charts.axis import TimeAxis
from tocsin.report.charts.coverage import Track, draw_coverage, draw_lanes
from tocsin.report.charts.svg import NOTHING
from tocsin.report.charts.timeline import HOUR, Column, draw_timeline, width_of_columns
from tocsin.report.content import Content, Row
from tocsin.report.typography import local, number, share, short_day, when

NIGHT_FROM, NIGHT_TO = 22, 6
SMALL = 44
MOST_LANES = 24
MOST_DAYS = 100


@dataclass(frozen=True)
class Strip:
    """The chart of one portal."""

    portal: str
    processor: str
    chart: Markup
    sentence: str


def axis_of_reading(content: Content) -> TimeAxis | None:
    """The days in which hostile sessions read."""
    if content.span["first_s"] is None:
        return None
    return TimeAxis.over(content.span["first_s"], content.span["last_s"], content.time_zone)


def nights(hours: Iterable[Row], zone: str) -> float:
    """Which part of the lines was read at night, on local clocks."""
    inside = total = 0
    for row in hours:
        hour = local(row["hour"], zone).hour
        total += row["lines"]
        inside += row["lines"] if hour >= NIGHT_FROM or hour < NIGHT_TO else 0
    return inside / total if total else 0.0


def timeline_of(content: Content) -> tuple[Strip, ...]:
    """One strip per portal that sent something to a hostile session."""
    axis = axis_of_reading(content)
    if axis is None:
        return ()
    told: list[Strip] = []
    for portal in sorted({row["portal"] for row in content.hours}):
        mine = [row for row in content.hours if row["portal"] == portal]
        drawn = _columns_of(axis, mine)
        peak = max(drawn, key=lambda column: (column.hostile + column.possible, -column.start))
        told_of_peak = _("Busiest moment: {when} (lines: {lines}). At night (22:00 to 06:00): {share} of the lines.")
        sentence = told_of_peak.format(
            when=when(peak.start, content.time_zone), lines=number(peak.hostile + peak.possible),
            share=share(nights(mine, content.time_zone)),
        )  # fmt: skip
        title = _("Lines that sent something to hostile sessions of {portal}, by hour").format(portal=portal)
        chart = draw_timeline(f"timeline-{len(told)}", axis, drawn, title=title, description=sentence,
                              unknown=_unknown_of(content, portal))  # fmt: skip
        told.append(Strip(portal, content.processors.get(portal, ""), chart, sentence))
    return tuple(told)


def _unknown_of(content: Content, *portals: str) -> list[tuple[float, float, int]]:
    """When logs of these portals prove nothing, as instants, with the quarters of that time that are not proved.

    Where several logs lack at one time, the fuller mark is drawn last.
    """
    logs = {row["log_id"] for row in content.logs if row["portal"] in portals}
    length = content.stop_s - content.start_s
    return sorted(
        (
            (content.start_s + part["since"] * length, content.start_s + part["until"] * length, part["level"])
            for part in content.intervals
            if part["log_id"] in logs
        ),
        key=lambda part: (part[2], part[0], part[1]),
    )


def glance_of(content: Content) -> Markup:
    """All portals together, small: the rhythm of the intrusion on the first screen."""
    axis = axis_of_reading(content)
    if axis is None or not content.hours:
        return NOTHING
    return draw_timeline(
        "glance-hours", axis, _columns_of(axis, content.hours), height=SMALL,
        unknown=_unknown_of(content, *content.processors),
        title=_("Hostile reading by hour, all portals together"),
        description=_("Part 2 says the same for each portal, with figures."),
    )  # fmt: skip


def _columns_of(axis: TimeAxis, hours: Iterable[Row]) -> list[Column]:
    step = width_of_columns(axis) * HOUR
    columns: dict[float, list[int]] = {}
    for row in hours:
        start = axis.start + (row["hour"] - axis.start) // step * step
        columns.setdefault(start, [0, 0])["AB".index(row["grade"])] += row["lines"]
    return [Column(start, a, b) for start, (a, b) in sorted(columns.items())]


def days_of(content: Content) -> tuple[tuple[str, str, int, int], ...]:
    """The same as figures: (day, portal, lines of grade A, of grade B)."""
    days: dict[tuple[object, str], list[int]] = {}
    for row in content.hours:
        day = local(row["hour"], content.time_zone).date()
        days.setdefault((day, row["portal"]), [0, 0])["AB".index(row["grade"])] += row["lines"]
    told = sorted(days.items(), key=lambda item: (str(item[0][0]), item[0][1]))
    return tuple((short_day(day), portal, a, b) for (day, portal), (a, b) in told[:MOST_DAYS])  # type: ignore[arg-type]  # the keys are dates


def coverage_of(content: Content) -> tuple[Strip, ...]:
    """One chart per portal: what each of its logs proves, over the time in which an account was the intruder's."""
    axis = TimeAxis.over(content.start_s, content.stop_s, content.time_zone)
    shares = {row["portal"]: row["share"] for row in content.coverage}
    told: list[Strip] = []
    for portal in sorted(shares):
        logs = [row for row in content.logs if row["portal"] == portal]
        sentence = (
            _("{share} of the time to cover is proved complete.").format(share=share(shares[portal]))
            if shares[portal] is not None
            else _("No log: everybody within reach of a compromised account is possible.")
        )
        tracks = [
            Track(
                _("{node}: {share} of its period proved").format(node=row["node"], share=share(row["share"])),
                row["first_s"], row["last_s"],
                [(part["since"], part["until"], part["level"]) for part in content.intervals
                 if part["log_id"] == row["log_id"]],
            )
            for row in logs
        ]  # fmt: skip
        windows = [(row["first_s"], row["last_s"]) for row in content.windows if row["portal"] == portal]
        chart = draw_coverage(
            f"coverage-{len(told)}", axis, tracks, windows, title=_("Coverage of {portal}").format(portal=portal),
            description=sentence, period=(content.start_s, content.stop_s),
        ) if tracks else NOTHING  # fmt: skip
        told.append(Strip(portal, content.processors.get(portal, ""), chart, sentence))
    return tuple(told)


def lanes_of(content: Content) -> Markup:
    """The sessions shown in the table, each account on its lane."""
    axis = axis_of_reading(content)
    if axis is None or not content.sessions:
        return NOTHING
    lanes: dict[int, list[Row]] = {}
    for row in content.sessions:
        lanes.setdefault(row["account_no"], []).append(row)
    shown = [
        (
            _("account {n}, {portal}").format(n=n, portal=lanes[n][0]["portal"]),
            [(row["first_s"], row["last_s"], "proved" if row["grade"] == "A" else "possible_attribution")
             for row in sorted(lanes[n], key=lambda row: (row["grade"] == "A", row["first_s"], row["session_id"]))],
        )
        for n in sorted(lanes)[:MOST_LANES]
    ]  # fmt: skip
    return draw_lanes("lanes", axis, shown, title=_("Hostile and possibly hostile sessions of each account"),
                      description=_("The table below says the same."))  # fmt: skip
