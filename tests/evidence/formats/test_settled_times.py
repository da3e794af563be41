"""Times settled for a whole run at once are those that the text of each line would give."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.evidence.formats import read as reading

QUIET = settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=120)
wall = dt.datetime.fromisoformat
FOLD = wall("2024-10-27T02:00:00")
MOMENT = st.one_of(
    st.datetimes(wall("2023-01-01T00:00:00"), wall("2025-01-01T00:00:00")),
    st.timedeltas(dt.timedelta(hours=-3), dt.timedelta(hours=3)).map(lambda away: FOLD + away),
    st.timedeltas(dt.timedelta(hours=-3), dt.timedelta(hours=3)).map(lambda away: wall("2024-03-31T02:00:00") + away),
    st.sampled_from(
        [
            wall("1999-12-31T23:00:00"),
            wall("2000-01-01T00:00:00"),
            wall("2049-12-31T23:00:00"),
            wall("2060-07-01T00:00:00"),
        ]
    ),
)
SHIFTS = ["", "Z", "+01:00", "-0530", "+18:00", "+19:00", "+01:75", "z", " UTC", "+02"]
FORMS = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%d/%m/%Y %H:%M:%S",
    "%Y-%m-%d 24:00:00",
    "%Y%m%d%H%M%S",
]
ODD = st.sampled_from(
    [
        "",
        "2024-02-30T00:00:00",
        "2024-01-22T08:00:60",
        "2024-01-22 08:00:00,5",
        "1705910400",
        "soon",
        "2024-01-22T08:00:00.1234567",
    ]
)


@st.composite
def texts(draw: Any) -> list[str]:
    """Times of one log: of one form, mostly."""
    form, shift = draw(st.sampled_from(FORMS)), draw(st.sampled_from(SHIFTS))
    moments = draw(st.lists(MOMENT, min_size=1, max_size=6))
    found = [moment.strftime(form) + shift for moment in moments]
    return found + draw(st.lists(ODD, max_size=draw(st.sampled_from([0, 0, 1]))))


@QUIET
@given(times=texts(), zone=st.sampled_from(["Europe/Paris", "UTC", "UTC+2", "America/St_Johns"]))
def test_both_ways_to_read_times_agree(reader: Any, times: list[str], zone: str) -> None:
    text = "\n".join(["when;who", *(f"{time};a" for time in times)])
    fields = {"time": "when", "account": "who"}
    together = reader.bytes(text, "csv", zone=zone, fields=fields)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "settle_times", lambda *_given: None)
        one_by_one = reader.bytes(text, "csv", zone=zone, fields=fields)
    assert together.events == one_by_one.events
    assert together.rejects == one_by_one.rejects


@QUIET
@given(
    moments=st.lists(st.one_of(st.none(), MOMENT), min_size=1, max_size=6),
    kind=st.sampled_from(
        [pa.timestamp("us"), pa.timestamp("ms"), pa.timestamp("us", "UTC"), pa.timestamp("ns"), pa.date32()]
    ),
    zone=st.sampled_from(["Europe/Paris", "UTC+2"]),
)
def test_timestamps_of_parquet_are_read_as_their_texts(
    reader: Any, moments: list[Any], kind: pa.DataType, zone: str
) -> None:
    whole = [moment and moment.replace(microsecond=moment.microsecond // 1000 * 1000) for moment in moments]
    values = pa.array(whole, pa.timestamp("us")).cast(kind, safe=False)
    path = reader.folder / "input"
    pq.write_table(pa.table({"when": values, "who": [" a "] * len(whole)}), path)
    fields = {"time": "when", "account": "who"}
    together = reader.path(path, "parquet", zone=zone, fields=fields)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "settle_times", lambda *_given: None)
        one_by_one = reader.path(path, "parquet", zone=zone, fields=fields)
    assert together.events == one_by_one.events
    assert together.rejects == one_by_one.rejects
    assert all(account == "a" for account in together.each("account"))


@pytest.mark.parametrize("time", ["2024-01-22 08:00:00", "2024-01-22T08:00:00.125Z", "2024-01-22T08:00:00+01:00"])
def test_usual_times_are_settled(reader: Any, monkeypatch: pytest.MonkeyPatch, time: str) -> None:
    found = []
    settle = reading.settle_times
    monkeypatch.setattr(reading, "settle_times", lambda *given: found.append(settle(*given)) or found[-1])
    read = reader.bytes(f"when;who\n{time};a\n;b", "csv", fields={"time": "when", "account": "who"})
    assert found[0] is not None
    assert read.reasons == {"header": 1, "no-time": 1}
