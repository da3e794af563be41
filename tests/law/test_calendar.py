"""Working days and clocks of every place; periods as properties."""

from __future__ import annotations

import typing
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.language import speaking
from tocsin.law.calendar import (
    PLACES,
    at_hour,
    day_of,
    end_of,
    is_working_day,
    next_working_day,
    told,
    told_day,
    told_end,
    weekday_name,
)
from tocsin.law.facts.words import Place
from tocsin.law.periods import after_days, after_hours, after_months, after_working_days

PLACE_NAMES = sorted(PLACES)
INSTANTS = st.datetimes(datetime(2019, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
LOCAL_HOLIDAYS = {
    "alsace-moselle": date(2024, 12, 26), "guadeloupe": date(2024, 5, 27), "martinique": date(2024, 5, 22),
    "guyane": date(2024, 6, 10), "reunion": date(2024, 12, 20), "mayotte": date(2026, 4, 27),
    "saint-barthelemy": date(2024, 10, 9), "saint-martin": date(2024, 5, 28), "nouvelle-caledonie": date(2024, 9, 24),
    "wallis-et-futuna": date(2026, 7, 29), "polynesie-francaise": date(2024, 3, 5),
}  # fmt: skip


def test_the_places_are_those_of_the_facts() -> None:
    assert set(typing.get_args(Place)) == set(PLACES)


@pytest.mark.parametrize("place", PLACE_NAMES)
def test_common_holidays_hold_everywhere(place: str) -> None:
    for day in (date(2024, 1, 1), date(2024, 5, 1), date(2024, 5, 8), date(2024, 8, 15), date(2024, 11, 1)):
        assert not is_working_day(day, place)
    assert is_working_day(date(2024, 2, 6), place)
    assert not is_working_day(date(2024, 2, 10), place)
    assert not is_working_day(date(2024, 2, 11), place)


@pytest.mark.parametrize(("place", "day"), LOCAL_HOLIDAYS.items())
def test_a_local_holiday_holds_there_only(place: str, day: date) -> None:
    assert day.weekday() < 5
    assert not is_working_day(day, place)
    assert is_working_day(day, "metropole")


def test_words_of_instants() -> None:
    with speaking("en"):
        midnight = end_of(date(2024, 3, 30), "metropole")
        assert told(midnight, "metropole") == "Sunday 2024-03-31 00:00 (UTC+01:00)"
        assert told_end(midnight, "metropole") == "Saturday 2024-03-30 24:00 (UTC+01:00)"
        assert told_end(midnight + timedelta(minutes=1), "metropole") == "Sunday 2024-03-31 00:01 (UTC+01:00)"
        assert told(midnight, "guadeloupe") == "Saturday 2024-03-30 19:00 (UTC-04:00)"
        assert told_day(date(2024, 3, 31)) == "Sunday 2024-03-31"
        days = [date(2024, 2, 5) + timedelta(days=number) for number in range(7)]
        assert [weekday_name(day) for day in days] == [
            "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
        ]  # fmt: skip
    assert at_hour(date(2024, 7, 1), 12, "reunion").utcoffset() == timedelta(hours=4)


@settings(deadline=None)  # no test asserts a time
@given(INSTANTS, st.integers(1, 400), st.sampled_from(PLACE_NAMES))
def test_hours_are_hours_whatever_the_clock(start: datetime, hours: int, place: str) -> None:
    assert after_hours(start, hours, place).end - start == timedelta(hours=hours)
    there = end_of(day_of(start, place), place)
    assert (after_hours(there, hours, place).end - there.astimezone(UTC)) == timedelta(hours=hours)


@settings(deadline=None)  # no test asserts a time
@given(INSTANTS, st.integers(1, 12), st.sampled_from(PLACE_NAMES))
def test_working_days_hold_as_many_working_days(start: datetime, days: int, place: str) -> None:
    first, last = day_of(start, place), day_of(after_working_days(start, days, place).end - timedelta(seconds=1), place)
    between = [first + timedelta(days=number) for number in range(1, (last - first).days + 1)]
    assert sum(is_working_day(day, place) for day in between) == days
    assert is_working_day(last, place)
    assert next_working_day(last - timedelta(days=1), place) == last


@settings(deadline=None)  # no test asserts a time
@given(INSTANTS, st.integers(1, 60), st.sampled_from(PLACE_NAMES))
def test_free_days_are_never_earlier_and_end_on_a_working_day(start: datetime, days: int, place: str) -> None:
    plain, free = after_days(start, days, place), after_days(start, days, place, free=True)
    assert free.end > plain.end
    assert is_working_day(day_of(free.end - timedelta(seconds=1), place), place)


@settings(deadline=None)  # no test asserts a time
@given(INSTANTS, st.integers(1, 24), st.sampled_from(PLACE_NAMES))
def test_months_keep_the_day_or_end_the_month(start: datetime, months: int, place: str) -> None:
    first, last = day_of(start, place), day_of(after_months(start, months, place).end - timedelta(seconds=1), place)
    assert (last.year * 12 + last.month) - (first.year * 12 + first.month) == months
    assert last.day == first.day or (last + timedelta(days=1)).day == 1
