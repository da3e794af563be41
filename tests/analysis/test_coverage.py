"""Gaps in the logs: each proof of completeness, and what it cannot prove."""

from __future__ import annotations

from typing import Any

import pytest

LOG = (
    "log_id text, portal text, node text, counts boolean, uncertainty_s double, expected_from timestamp, "
    "expected_to timestamp, completeness text, heartbeat_s bigint, compared_with text, throttle_events bigint, "
    "throttle_window_s bigint, throttle_silent_s bigint, throttle_per text, sequence_first bigint, sequence_last bigint"
)
EVENT = (
    "log_id text, evidence_id int, line_no bigint, item_no int, event_at timestamp, sequence_no bigint, account text"
)


def declare(given: Any, completeness: str, **more: Any) -> None:
    values = {
        "log_id": "l", "portal": "p", "node": "n", "counts": True, "uncertainty_s": 0.0,
        "expected_from": "2024-01-01 00:00:00", "expected_to": "2024-01-01 12:00:00", "completeness": completeness,
        "heartbeat_s": 60, "compared_with": None, "throttle_events": None, "throttle_window_s": None,
        "throttle_silent_s": None, "throttle_per": None, "sequence_first": None, "sequence_last": None,
    }  # fmt: skip
    given("fact_log", LOG, [tuple({**values, **more}.values())])
    given(
        "clock_offset",
        "log_id text, offset_s double, uncertainty_s double",
        [("l", 0.0, more.get("uncertainty_s", 0.0))],
    )
    given("truncated_evidence", "evidence_id int", [])
    given("rejected_line", "evidence_id int, line_no bigint, is_harmless boolean", [])
    given("fact_log_evidence", "evidence_id int, source text", [(1, "l")])


def lines(given: Any, *told: tuple[str, int | None]) -> None:
    rows = [("l", 1, n, 0, f"2024-01-01 {time}", number, "a") for n, (time, number) in enumerate(told, start=1)]
    given("delivered_line", EVENT, rows)


@pytest.fixture
def gaps(rows_of: Any) -> Any:
    return lambda: rows_of(
        "coverage_gap", "cause, strftime(since, '%H:%M'), strftime(until, '%H:%M'), missing_lines", "true"
    )


def test_contiguous_numbers_prove_the_log(given: Any, gaps: Any) -> None:
    declare(given, "sequence", sequence_first=1, sequence_last=3)
    lines(given, ("01:00", 1), ("02:00", 2), ("11:00", 3))
    assert gaps() == []


def test_a_missing_number_is_a_gap_between_its_neighbours(given: Any, gaps: Any) -> None:
    declare(given, "sequence", sequence_first=1, sequence_last=9)
    lines(given, ("01:00", 1), ("02:00", 2), ("05:00", 7), ("06:00", 8), ("07:00", 9))
    assert gaps() == [("sequence_hole", "02:00", "05:00", 4)]


def test_the_end_of_the_period_is_proved_by_the_last_number(given: Any, gaps: Any) -> None:
    declare(given, "sequence", sequence_first=1, sequence_last=5)
    lines(given, ("01:00", 1), ("02:00", 2), ("03:00", 3))
    assert gaps() == [("after_last_line", "03:00", "12:00", 2)]


def test_without_a_last_number_a_silence_longer_than_any_other_is_a_gap(given: Any, gaps: Any) -> None:
    declare(given, "sequence")
    lines(given, ("01:00", 1), ("02:00", 2), ("03:00", 3))
    assert [cause for cause, *_ in gaps()] == ["after_last_line"]
    lines(given, ("00:30", 1), ("06:00", 2), ("08:00", 3))
    assert gaps() == []


def test_a_log_that_starts_in_the_middle_of_its_numbers_has_lost_its_start(given: Any, gaps: Any) -> None:
    declare(given, "sequence", sequence_last=502)
    lines(given, ("04:00", 500), ("05:00", 501), ("05:30", 502))
    assert gaps() == [("before_first_line", "00:00", "04:00", None)]


def test_a_restart_of_the_numbers_is_not_a_gap(given: Any, gaps: Any) -> None:
    declare(given, "sequence")
    times = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(0, 720, 3)]
    numbers = [*range(1, 121), *range(1, 121)]
    lines(given, *zip(times, numbers, strict=True))
    assert gaps() == []


def test_repeated_numbers_prove_nothing(given: Any, gaps: Any) -> None:
    declare(given, "sequence", sequence_first=1, sequence_last=2)
    lines(given, ("01:00", 1), ("02:00", 1), ("03:00", 2))
    assert "numbers_repeated" in [cause for cause, *_ in gaps()]


def test_lines_without_number_prove_nothing(given: Any, gaps: Any) -> None:
    declare(given, "sequence", sequence_first=1, sequence_last=2)
    lines(given, ("01:00", 1), ("02:00", None), ("03:00", 2))
    assert [cause for cause, *_ in gaps()] == ["lines_without_number"]


def test_a_silent_heart_is_a_gap(given: Any, gaps: Any) -> None:
    declare(given, "heartbeat", heartbeat_s=3600)
    lines(given, ("01:00", None), ("03:00", None), ("06:00", None), ("07:30", None), ("09:00", None), ("10:30", None))
    assert gaps() == [("no_heartbeat", "03:00", "06:00", None)]


def test_a_declared_log_is_whole_but_for_its_unreadable_lines(given: Any, gaps: Any) -> None:
    declare(given, "declared")
    lines(given, ("01:00", None), ("02:00", None), ("03:00", None))
    assert gaps() == []
    given("rejected_line", "evidence_id int, line_no bigint, is_harmless boolean", [(1, 4, False), (1, 5, True)])
    assert gaps() == [("rejected_line", "03:00", "12:00", 1)]


def test_an_unproved_log_is_a_gap_from_end_to_end(given: Any, gaps: Any) -> None:
    declare(given, "unproved")
    lines(given, ("01:00", 1))
    assert gaps() == [("no_proof", "00:00", "12:00", None)]


def test_no_line_at_all(given: Any, gaps: Any) -> None:
    declare(given, "sequence")
    given("delivered_line", EVENT, [])
    assert gaps() == [("no_line", "00:00", "12:00", None)]


def test_a_cut_file_is_a_gap_to_the_next_line(given: Any, gaps: Any) -> None:
    declare(given, "declared")
    given(
        "delivered_line",
        EVENT,
        [("l", 1, 1, 0, "2024-01-01 01:00", None, "a"), ("l", 2, 1, 0, "2024-01-01 04:00", None, "a")],
    )
    given("fact_log_evidence", "evidence_id int, source text", [(1, "l"), (2, "l")])
    given("truncated_evidence", "evidence_id int", [(1,)])
    assert gaps() == [("cut_file", "01:00", "04:00", None)]


def test_above_the_ceiling_the_account_is_in_the_dark(given: Any, rows_of: Any) -> None:
    declare(given, "declared", throttle_events=3, throttle_window_s=600, throttle_silent_s=3600, throttle_per="account")
    lines(given, ("01:00", None), ("01:01", None), ("01:02", None), ("04:00", None))
    assert rows_of("coverage_gap", "state, account, strftime(since, '%H:%M'), strftime(until, '%H:%M')") == [
        ("throttled", "a", "01:02", "02:02")
    ]


def test_doubt_on_the_clock_widens_a_gap(given: Any, gaps: Any) -> None:
    declare(given, "sequence", sequence_first=1, sequence_last=3, uncertainty_s=600.0)
    lines(given, ("01:00", 1), ("02:00", 3))
    assert gaps() == [("sequence_hole", "00:50", "02:10", 1)]


def test_coverage_is_the_rest(given: Any, rows_of: Any) -> None:
    declare(given, "sequence")
    gap = "portal text, log_id text, node text, state text, cause text, since timestamp, until timestamp, account text"
    given("coverage_gap", gap, [
        ("p", "l", "n", "missing", "sequence_hole", "2024-01-01 02:00", "2024-01-01 04:00", None),
        ("p", "l", "n", "missing", "sequence_hole", "2024-01-01 03:00", "2024-01-01 05:00", None),
        ("p", "l", "n", "truncated", "cut_file", "2024-01-01 08:00", "2024-01-01 09:00", None),
        ("p", "l", "n", "throttled", "ceiling", "2024-01-01 10:00", "2024-01-01 11:00", "a"),
    ])  # fmt: skip
    assert rows_of("log_coverage", "state, strftime(since, '%H:%M'), strftime(until, '%H:%M')") == [
        ("complete", "00:00", "02:00"), ("missing", "02:00", "05:00"), ("complete", "05:00", "08:00"),
        ("truncated", "08:00", "09:00"), ("complete", "09:00", "12:00"),
    ]  # fmt: skip
