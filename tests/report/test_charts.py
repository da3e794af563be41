"""What the charts draw is in proportion, on local days, and told in words."""

from __future__ import annotations

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.engine import Engine
from tocsin.language import speaking
from tocsin.report.charts.axis import TimeAxis
from tocsin.report.charts.bounds import LEAST, draw_bounds, draw_parts
from tocsin.report.charts.coverage import Track, draw_coverage, draw_lanes
from tocsin.report.charts.svg import element
from tocsin.report.charts.timeline import Column, draw_timeline
from tocsin.report.content import STEPS, ask
from tocsin.report.typography import duration, number

COUNTS = st.lists(st.integers(0, 40_000_000), min_size=3, max_size=3).map(sorted)
DAY = 86_400


def widths(svg: str) -> dict[str, float]:
    """Fill -> where its bar ends, in percent."""
    root = ElementTree.fromstring(svg)
    return {
        (bar.get("class") or ""): float((bar.get("x") or "")[:-1]) + float((bar.get("width") or "")[:-1])
        for bar in root.iter("rect")
    }


@given(COUNTS)
def test_bounds_end_where_the_figures_say(counts: list[int]) -> None:
    lower, working, upper = counts
    ends = widths(draw_bounds(lower, working, upper, most=upper)) if upper else {}
    seen = 100 * LEAST + 0.02
    if lower:
        assert abs(ends["fill-proved"] - 100 * lower / upper) <= seen
    if working > lower:
        assert abs(ends["fill-working"] - 100 * working / upper) <= seen
    assert all(0 <= end <= 100.01 for end in ends.values())


def test_what_is_not_known_is_open_and_never_empty() -> None:
    svg = draw_bounds(3, 3, None, most=10)
    assert "fill-possible open" in svg
    assert widths(svg)["fill-possible open"] == 100


@given(st.lists(st.integers(0, 10_000), min_size=4, max_size=4))
def test_parts_add_up(counts: list[int]) -> None:
    most = sum(counts)
    classes = ("confirmed", "deduced", "possible_attribution", "possible_missing_evidence")
    ends = widths(draw_parts(counts, classes, most=most))
    assert len(ends) == sum(count > 0 for count in counts)
    if most:
        assert abs(max(ends.values()) - 100) <= 100 * LEAST + 0.05


@pytest.mark.parametrize(("day", "hours"), [("2024-03-31", 23), ("2024-10-27", 25), ("2024-06-01", 24)])
def test_a_day_is_as_long_as_it_is(day: str, hours: int) -> None:
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()
    axis = TimeAxis.over(noon, noon + 60, "Europe/Paris")
    assert axis.stop - axis.start == hours * 3600
    assert len(axis.midnights) == 1


@given(
    st.integers(0, 4_000_000_000), st.integers(1, 3_000 * DAY), st.sampled_from(["UTC", "Europe/Paris", "Asia/Tokyo"])
)
def test_the_axis_holds_the_whole_period(since: int, length: int, zone: str) -> None:
    axis = TimeAxis.over(since, since + length, zone)
    assert axis.start <= since
    assert axis.stop >= since + length
    assert 0 <= axis.place(since) <= axis.place(since + length) <= 1
    with speaking("en"):
        drawn = axis.draw_days(top=0, bottom=10)
    assert 1 <= drawn.count("<text") <= 11
    assert drawn.count("<line") <= 70


def test_the_busiest_column_is_full_and_written() -> None:
    axis = TimeAxis.over(0, DAY, "UTC")
    with speaking("en"):
        svg = draw_timeline("t", axis, [Column(0, 10, 0), Column(7200, 1500, 500)], title="T", description="D")
    assert ">2,000<" in svg
    heights = [float(height) for height in re.findall(r'height="([\d.]+)" class="fill-proved"', svg)]
    assert heights == [0.48, 72.0]


def test_an_empty_hour_over_a_gap_is_hatched() -> None:
    axis = TimeAxis.over(0, DAY, "UTC")
    with speaking("en"):
        svg = draw_timeline("t", axis, [Column(0, 1, 0)], title="T", description="D", unknown=[(3600, 7200, 4)])
    assert svg.count("fill-unknown") == 1


DAY_US = DAY * 1_000_000
GAPS = st.lists(st.tuples(st.integers(0, DAY_US), st.integers(0, DAY_US)).map(sorted), max_size=6)


@given(GAPS)
def test_the_grid_hides_no_gap_and_adds_little(gaps: list[list[int]]) -> None:
    joined: list[list[int]] = []
    for since, until in sorted(gap for gap in gaps if gap[0] < gap[1]):
        if joined and since <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], until)
        else:
            joined.append([since, until])
    with Engine(threads=1) as engine:
        engine.run("create table log_coverage (log_id text, state text, since timestamp, until timestamp)")
        for since, until in joined:
            engine.run(
                "insert into log_coverage values ('l', 'missing', make_timestamp(?), make_timestamp(?))", [since, until]
            )
        rows = ask(engine, "interval", start_us=0, steps=STEPS, step_us=DAY_US // STEPS)
    drawn = sum((row["until"] - row["since"]) * row["level"] / 4 for row in rows)
    true = sum(until - since for since, until in joined) / DAY_US
    assert true - 1e-6 <= drawn <= true + 2 * len(joined) / STEPS
    for since, until in joined:
        assert any(row["since"] <= since / DAY_US <= row["until"] and row["level"] > 0 for row in rows), (since, until)


@pytest.mark.parametrize("svg", [
    draw_coverage("c", TimeAxis.over(0, DAY, "UTC"), [Track("a<1", 0, DAY, [(0.1, 0.2, 4)])], [(0, 60)], title="T & U",
                  description="D"),
    draw_lanes("l", TimeAxis.over(0, DAY, "UTC"), [("a", [(0, 60, "proved")])], title="T & U", description="D"),
    draw_timeline("t", TimeAxis.over(0, DAY, "UTC"), [Column(0, 1, 0)], title="T & U", description="D"),
])  # fmt: skip
def test_every_chart_is_told_in_words(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    names = (root.get("aria-labelledby") or "").split()
    told = {child.get("id"): child.text for child in root if child.tag in ("title", "desc")}
    assert [told[name] for name in names] == ["T & U", "D"]


@given(st.text(min_size=1))
def test_no_text_becomes_markup(text: str) -> None:
    svg = element("text", text, data_name=text)
    assert svg.count("<") == 2
    assert svg.count('"') == 2


def test_french_and_english_figures() -> None:
    with speaking("fr"):
        assert number(33_000_000) == "33\u202f000\u202f000"
        assert number(None) == "pas encore connu"
        assert duration(3 * DAY + 1) == "4 jours"
    with speaking("en"):
        assert number(33_000_000) == "33,000,000"
        assert duration(59) == "1 min"
        assert duration(DAY) == "24 h"
