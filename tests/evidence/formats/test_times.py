"""Instants: every way of writing one, and the hours that a zone lives twice or never."""

from __future__ import annotations

import datetime as dt
import json
import random
import zoneinfo
from typing import Any

import pytest

from tocsin.errors import TocsinError

FIELDS = {"time": "$.t"}


def read_times(reader: Any, *written: object, zone: str = "UTC", **options: Any) -> list[tuple[str | None, int]]:
    data = "\n".join(json.dumps({"t": value}) for value in written)
    read = reader.bytes(data, "ndjson", zone=zone, fields=FIELDS, **options)
    by_line = {row["line_no"]: (row["at"], row["time_doubt_s"]) for row in read.events}
    return [by_line.get(number, (None, 0)) for number in range(1, len(written) + 1)]


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-22T07:00:00Z",
        "2024-01-22T08:00:00+01:00",
        "2024-01-22 08:00:00+0100",
        "2024-01-22 08:00:00 +01:00",
        "2024-01-22T08:00:00,000000+01",
        "2024-01-22T07:00:00",
        "2024-01-22 07:00:00.000",
        "2024-01-22 07:00:00 UTC",
        "2024-01-22T02:30:00-04:30",
        " 2024-01-22T07:00:00z ",
        "20240122T070000Z",
        "20240122080000+0100",
        "20240122070000",
        1705906800,
        1705906800000,
        1705906800000000,
        1705906800000000000,
        1705906800.0,
        "1705906800.000",
        "2024/01/22 07:00:00",
    ],
)
def test_one_instant_many_ways(reader: Any, written: object) -> None:
    assert read_times(reader, written) == [("2024-01-22T07:00:00.000000", 0)]


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-22 24:00:00",
        "2024-01-22T24:00:00Z",
        "2024-01-22 23:59:60",
        "2024-02-30 10:00:00",
        "infinity",
        "epoch",
        "yesterday",
        "22/01/2024 08:00:00",
        "2024-01-22T08:00:00+25:00",
        "2024-01-22T08:00:00 NZ",
        "2024-01-22T08:00:00 GMT+01:00",
        "2024-01-22 08:00:00 CET",
        "1e400",
        "99:99",
        "2024-01-22T08:61:00Z",
        "999999999999999999999999",
        {"a": 1},
        [1],
        True,
    ],
)
def test_unreadable_times_are_refused(reader: Any, written: object) -> None:
    read = reader.bytes(json.dumps({"t": written}), "ndjson", fields=FIELDS)
    assert read.reasons == {"unreadable-time": 1}
    assert read.rejects[0]["detail"]


def test_no_time_at_all(reader: Any) -> None:
    assert reader.bytes('{"t": null}\n{"t": ""}\n{}\n42\n"x"', "ndjson", fields=FIELDS).reasons == {"no-time": 5}


def test_fractions_keep_their_microseconds(reader: Any) -> None:
    written = ("2024-01-22T07:00:00.123456789Z", "1705906800.123456", 1705906800123, "2024-01-22 07:00:00,5")
    fractions = [at[20:] for at, _doubt in read_times(reader, *written) if at]
    assert fractions == ["123456", "123456", "123000", "500000"]


def test_the_hour_lived_twice_and_the_hour_skipped(reader: Any) -> None:
    assert read_times(
        reader,
        "2024-10-27 01:59:59",
        "2024-10-27 02:00:00",
        "2024-10-27 02:59:59",
        "2024-10-27 03:00:00",
        "2024-03-31 01:59:59",
        "2024-03-31 02:30:00",
        "2024-03-31 03:00:00",
        "2024-10-27T02:30:00+01:00",
        zone="Europe/Paris",
    ) == [
        ("2024-10-26T23:59:59.000000", 0),
        ("2024-10-27T00:00:00.000000", 3600),
        ("2024-10-27T00:59:59.000000", 3600),
        ("2024-10-27T02:00:00.000000", 0),
        ("2024-03-31T00:59:59.000000", 0),
        ("2024-03-31T00:30:00.000000", 3600),
        ("2024-03-31T01:00:00.000000", 0),
        ("2024-10-27T01:30:00.000000", 0),
    ]


def test_other_zones_change_at_other_hours(reader: Any) -> None:
    assert read_times(reader, "2024-11-03 01:30:00", zone="America/New_York") == [("2024-11-03T05:30:00.000000", 3600)]
    assert read_times(reader, "2024-04-07 01:45:00", zone="Australia/Lord_Howe") == [
        ("2024-04-06T14:45:00.000000", 1800)
    ]
    assert read_times(reader, "2024-07-01 01:30:00", zone="Asia/Kolkata") == [("2024-06-30T20:00:00.000000", 0)]


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_a_thousand_wall_clocks_agree_with_the_standard_library(reader: Any, zone: str) -> None:
    local = zoneinfo.ZoneInfo(zone)
    dice = random.Random(3)
    start = dt.datetime(2001, 1, 1)  # noqa: DTZ001 - a wall clock
    quarter = dt.timedelta(minutes=15)
    walls = [start + quarter * dice.randrange(35_040 * 23) for _ in range(500)]
    for year in range(2001, 2024):  # every quarter of an hour around the usual changes
        nights = [dt.datetime(year, month, day, 1, 30) for month in (3, 10) for day in (25, 31)]  # noqa: DTZ001
        walls += [night + quarter * k for night in nights for k in range(8)]
    expected = []
    for wall in walls:
        shifts = [wall.replace(tzinfo=local, fold=fold).utcoffset() or dt.timedelta() for fold in (0, 1)]
        at = (wall - max(shifts)).strftime("%Y-%m-%dT%H:%M:%S.000000")
        expected.append((at, int((max(shifts) - min(shifts)).total_seconds())))
    assert read_times(reader, *(str(wall) for wall in walls), zone=zone) == expected


def test_years_out_of_the_lookup_are_asked_of_the_engine(reader: Any) -> None:
    written = ("1995-07-01 12:00:00", "1995-03-26 02:30:00", "1995-09-24 02:30:00", "2071-07-01 12:00:00")
    assert read_times(reader, *written, zone="Europe/Paris") == [
        ("1995-07-01T10:00:00.000000", 0),
        ("1995-03-26T00:30:00.000000", 3600),
        ("1995-09-24T00:30:00.000000", 3600),
        ("2071-07-01T10:00:00.000000", 0),
    ]


@pytest.mark.parametrize(
    ("zone", "at"), [("UTC+2", "00:30"), ("UTC", "02:30"), ("-05:30", "08:00"), ("utc-1", "03:30")]
)
def test_a_fixed_shift_has_no_doubt(reader: Any, zone: str, at: str) -> None:
    assert read_times(reader, "2024-10-27 02:30:00", zone=zone) == [(f"2024-10-27T{at}:00.000000", 0)]


def test_the_zone_of_the_log_comes_first(reader: Any) -> None:
    assert read_times(reader, "2024-01-22 08:00:00", zone="Europe/Paris", time_zone="UTC") == [
        ("2024-01-22T08:00:00.000000", 0)
    ]
    with pytest.raises(TocsinError) as error:
        read_times(reader, "2024-01-22 08:00:00", zone="Europe/Parys")
    assert error.value.kind == "unknown-time-zone"


def test_a_day_without_time_is_doubtful_for_a_day(reader: Any) -> None:
    assert (
        read_times(reader, "2024-01-22", "20240122", zone="Europe/Paris") == [("2024-01-21T23:00:00.000000", 86400)] * 2
    )


def test_declared_formats(reader: Any) -> None:
    options: dict[str, Any] = {"zone": "Europe/Paris", "time_format": "%d/%m/%Y %H:%M:%S"}
    assert read_times(reader, "22/01/2024 08:00:00", "27/10/2024 02:30:00", "22/01/2024 24:00:00", **options) == [
        ("2024-01-22T07:00:00.000000", 0),
        ("2024-10-27T00:30:00.000000", 3600),
        (None, 0),
    ]
    assert read_times(
        reader, "22/01/2024 08:00:00 +0200", "x", zone="Europe/Paris", time_format="%d/%m/%Y %H:%M:%S %z"
    ) == [
        ("2024-01-22T06:00:00.000000", 0),
        (None, 0),
    ]
    with pytest.raises(TocsinError) as error:
        read_times(reader, "x", time_format="%Q")
    assert error.value.kind == "unknown-time-format"
