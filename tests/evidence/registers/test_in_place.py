"""A Parquet register read where it lies gives the rows, the counts and the refusals of its copy."""

from __future__ import annotations

import datetime as dt
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.evidence.registers.world import read

from tocsin.errors import TocsinError
from tocsin.evidence.registers import staging
from tocsin.evidence.registers.in_place import needs_no_trim

QUIET = settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=60)
TEXT = st.one_of(
    st.none(), st.sampled_from(["", " ", "a", "b ", "\ta", "é", "à", "\u00a0x", "x\ufeff", "\u00b0", "a b", "\x01"])
)
NUMBER = count()
COLUMNS = {"record_id": "id", "surname": "nom", "birth_date": "né le", "sex": "sexe", "rights_from": "du"}


@st.composite
def tables(draw: Any) -> pa.Table:
    rows = draw(st.integers(0, 5))

    def column(values: Any, kind: pa.DataType) -> pa.Array:
        return pa.array([draw(values) for _row in range(rows)], kind)

    day = st.one_of(st.none(), st.dates(dt.date(1900, 1, 1), dt.date(2024, 1, 1)))
    moment = st.one_of(st.none(), st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2024, 1, 1)))  # noqa: DTZ001 - a wall clock
    number = st.one_of(st.none(), st.integers(0, 2))
    return pa.table({
        "id": column(st.sampled_from(["1", "2", "3", "4"]), pa.string()), "nom": column(TEXT, pa.string()),
        "né le": column(day, pa.date32()),
        "sexe": column(number, draw(st.sampled_from([pa.int8(), pa.int64(), pa.float64()]))),
        "du": column(moment, pa.timestamp("us")),
    })  # fmt: skip


def written(folder: Path, table: pa.Table) -> Path:
    path = folder / f"file-{next(NUMBER)}.parquet"  # of its own: the engine keeps what it read of a path
    pq.write_table(table, path, row_group_size=2)
    return path


@QUIET
@given(several=st.lists(tables(), min_size=1, max_size=2))
def test_in_place_and_staged_alike(engine, tmp_path, several):
    paths = [written(tmp_path, table) for table in several]
    found = []
    for look in (needs_no_trim, lambda *_: False):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(staging, "needs_no_trim", look)
            one = read(engine, tmp_path, paths, COLUMNS, format="parquet")
            found.append((one.versions, one.rejects, one.report))
    assert found[0] == found[1]


@QUIET
@given(values=st.lists(TEXT, min_size=1, max_size=4))
def test_the_look_is_the_trim(engine, values):
    engine.table("looked_at", pa.table({"v": pa.array(values, pa.string())}))
    engine.run("create or replace temp macro is_bare(t) as t is null or t = trim(t, ' ' || chr(9) || chr(10) || chr(13)"
               " || chr(160) || chr(65279)) and t <> ''")  # fmt: skip
    is_bare = engine.value("select bool_and(is_bare(v)) from looked_at")
    found = needs_no_trim(engine, "looked_at", {"v": "VARCHAR"})
    engine.forget("looked_at")
    assert found == (is_bare and "\x01" not in values)  # a control character first is a doubt, which the copy settles


def test_a_damaged_page_is_told(engine, tmp_path):
    path = tmp_path / "file.parquet"
    pq.write_table(pa.table({"id": ["a"] * 9000, "sexe": list(range(9000))}), path, use_dictionary=False)
    whole = bytearray(path.read_bytes())
    start = pq.read_metadata(path).row_group(0).column(1).data_page_offset
    whole[start : start + 400] = bytes(400)
    path.write_bytes(whole)
    with pytest.raises(TocsinError) as caught:
        read(engine, tmp_path, [path], {"record_id": "id", "sex": "sexe"}, format="parquet")
    assert caught.value.kind == "register-unreadable"
