"""A Parquet log read where it lies gives the rows, the counts and the refusals of its copy."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.evidence.formats import in_place
from tocsin.evidence.formats.in_place import source_of, view_parquet

QUIET = settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=80)
wall = dt.datetime.fromisoformat
MOMENT = st.one_of(
    st.none(),
    st.datetimes(wall("2024-03-30"), wall("2024-04-02")),
    st.timedeltas(dt.timedelta(hours=-3), dt.timedelta(hours=3)).map(lambda away: wall("2024-10-27T02:00:00") + away),
)
TEXT = st.one_of(
    st.none(),
    st.sampled_from(["", " ", "a", " b ", "c|d", "[1]", "{}", "{'x}", "é", '{"nir": "1", "a": "2"}', "nom=Zo%C3%A9"]),
)
TIMES = [pa.timestamp("us"), pa.timestamp("ms"), pa.timestamp("s"), pa.timestamp("us", "UTC")]
FIELDS = {
    "time": "when", "account": ("who", "absent"), "status": "code", "bytes": "size", "record_ids": "ids",
    "criteria": "asked", "criteria.nir": "nir", "page": "page", "sequence_no": "n",
}  # fmt: skip


@st.composite
def tables(draw: Any) -> pa.Table:
    rows = draw(st.integers(1, 6))

    def column(values: Any, kind: pa.DataType) -> pa.Array:
        found = [draw(values) for _row in range(rows)]
        return (
            pa.array(found, kind)
            if not pa.types.is_timestamp(kind)
            else pa.array(found, pa.timestamp("us")).cast(kind, safe=False)
        )

    number = st.one_of(st.none(), st.integers(0, 2**31 - 1))
    return pa.table({
        "when": column(MOMENT, draw(st.sampled_from(TIMES))), "who": column(TEXT, pa.string()),
        "code": column(number, draw(st.sampled_from([pa.int32(), pa.int64(), pa.uint32()]))),
        "size": column(st.one_of(st.none(), st.sampled_from(["12", " 7", "x"])), pa.string()),
        "ids": column(TEXT, pa.string()), "asked": column(TEXT, pa.string()), "nir": column(TEXT, pa.string()),
        "page": column(number, pa.int64()), "n": column(number, pa.int64()),
    })  # fmt: skip


@pytest.fixture(autouse=True)
def every_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_place, "LEAST_ROWS", 1)


NUMBER = count()


def write(reader: Any, table: pa.Table) -> Path:
    """A file of its own: the engine keeps what it read of a path."""
    path: Path = reader.folder / f"input-{next(NUMBER)}.parquet"
    pq.write_table(table, path)
    return path


def both(reader: Any, path: Path, zone: str, **options: Any) -> tuple[Any, Any, Any]:
    """What the view tells of ``path``, or ``None``; its copy; the lines that the view refuses."""
    log = reader.log("parquet", **options)
    rejects = reader.folder / "seen.parquet"
    found = view_parquet(reader.engine, evidence_id=7, path=path, log=log, time_zone=zone, rejects=rejects)
    copied = reader.path(path, "parquet", zone=zone, **options)
    return found, copied, rejects


@QUIET
@given(
    table=tables(),
    zone=st.sampled_from(["Europe/Paris", "UTC+2"]),
    kept=st.sets(st.sampled_from(sorted(FIELDS))).map(frozenset),
)
def test_the_view_and_the_copy_agree(reader: Any, table: pa.Table, zone: str, kept: frozenset[str]) -> None:
    fields = {name: place for name, place in FIELDS.items() if name in kept or name == "time"}
    path = write(reader, table)
    found, copied, rejects = both(reader, path, zone, fields=fields)
    if found is None:
        assert table.column("when").null_count == table.num_rows
        return
    at = """strftime("at", '%Y-%m-%dT%H:%M:%S.%f') as "at" """
    source = source_of(found.view, path)
    events = reader.engine.records(f"select * replace ({at}) from {source} order by line_no")
    hashed = [{name: value for name, value in row.items() if name != "line_hash"} for row in events]
    assert hashed == [{name: value for name, value in row.items() if name != "line_hash"} for row in copied.events]
    assert reader.engine.records(f"from read_parquet('{rejects}')") == copied.rejects
    assert replace(found.report, bytes_read=0) == replace(copied.report, bytes_read=0)


@pytest.mark.parametrize(
    "table",
    [
        {"when": ["2024-01-22T08:00:00"], "who": ["a"]},
        {"when": pa.array([1705910400000], pa.int64()), "who": ["a"]},
        {"when": pa.array([wall("1990-01-01")]), "who": ["a"]},
        {"when": pa.array([wall("2024-01-22")]), "who": [["a"]]},
        {"when": pa.array([wall("2024-01-22")]), "who": [1.5]},
        {"when": pa.array([None], pa.timestamp("us")), "who": ["a"]},
        {"when": pa.array([wall("2024-01-22")]), "who": ["a"], "WHO": ["b"]},
    ],
)
def test_what_needs_a_second_look_is_copied(reader: Any, table: dict[str, Any]) -> None:
    path = write(reader, pa.table(table))
    found, _copied, _rejects = both(reader, path, "Europe/Paris", fields={"time": "when", "account": "who"})
    assert found is None


def test_damaged_files_are_told_by_the_copy(reader: Any) -> None:
    path = reader.folder / "input"
    log = reader.log("parquet", fields={"time": "when"})
    for data in (b"", b"PAR1 then nothing", b"no Parquet at all"):
        path.write_bytes(data)
        assert view_parquet(
            reader.engine, evidence_id=7, path=path, log=log, time_zone="UTC", rejects=reader.folder / "r"
        ) is None  # fmt: skip


def test_a_missing_column_is_named(reader: Any) -> None:
    path = write(reader, pa.table({"when": pa.array([wall("2024-01-22")])}))
    with pytest.raises(TocsinError, match="who"):
        both(reader, path, "UTC", fields={"time": "when", "account": "who"})


def test_equal_rows_have_equal_hashes(reader: Any) -> None:
    when = pa.array([wall("2024-01-22"), wall("2024-01-22"), wall("2024-01-23")])
    path = write(reader, pa.table({"when": when, "other": ["x", "x", "x"]}))
    found, _copied, _rejects = both(reader, path, "UTC", fields={"time": "when"})
    source = source_of(found.view, path)
    first, second, third = (row[0] for row in reader.engine.rows(f"select line_hash from {source} order by line_no"))
    assert first == second != third


def test_the_log_may_be_read_again_elsewhere(reader: Any, tmp_path: Path) -> None:
    path = write(reader, pa.table({"when": pa.array([wall("2024-01-22")])}))
    found, _copied, _rejects = both(reader, path, "UTC", fields={"time": "when"})
    moved = tmp_path / "it's {here}.parquet"
    path.rename(moved)
    assert reader.engine.value(f"select count(*) from {source_of(found.view, moved)}") == 1


def test_canonical_criteria_are_used_as_they_stand_though_some_lines_have_none(reader: Any) -> None:
    when = [wall(f"2024-01-22T08:0{minute}:00") for minute in range(3)]
    path = write(reader, pa.table({"when": when, "asked": ['{"nom":"A"}', None, '{"ddn":"1980","nom":"B"}']}))
    found, copied, _rejects = both(reader, path, "UTC", fields={"time": "when", "criteria": "asked"})
    assert '"asked" as criteria' in found.view
    assert [row["criteria"] for row in copied.events] == ['{"nom":"A"}', None, '{"ddn":"1980","nom":"B"}']
