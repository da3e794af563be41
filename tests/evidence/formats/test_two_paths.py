"""What is read quickly is what would be read carefully, and the bytes written do not depend on the threads."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.engine.duck import Engine
from tocsin.evidence import decompress
from tocsin.evidence.case.model import Log
from tocsin.evidence.decompress import Source
from tocsin.evidence.formats import delimited, read_log, statements
from tocsin.evidence.formats import read as reading
from tocsin.evidence.formats.delimited import open_csv
from tocsin.evidence.lines import LineReader

QUIET = settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=40)
CELL = st.one_of(
    st.sampled_from(
        ["", "a", '"b"', '"b;c"', '""', '"d""e"', " f", '" g "', "é", "\u00a0", "\u3000h", "i\u2003", "\ufeff"]
    ),
    st.text(st.sampled_from('ab;" \r\té'), max_size=4),
)
LINE = st.one_of(st.lists(CELL, min_size=3, max_size=3), st.lists(CELL, max_size=5)).map(";".join)
COMMON = st.lists(st.sampled_from(["", "x", '"b;c"', "é", " y"]), min_size=3, max_size=3).map(";".join)
PATH = {"time": "$.t", "account": ("$.who.id", "$.who"), "record_ids": "$.ids[*].uid", "criteria": "$.asked"}


def csv_table(path: Path) -> list[dict[str, Any]]:
    log = Log(id="l", portal="p", node="n", files=("x",), format="csv", fields={"time": "t", "account": "a"})
    tables = list(open_csv(log).tables(LineReader(Source(path))))
    return pa.concat_tables(tables).drop_columns(["raw"]).to_pylist() if tables else []


@settings(QUIET, max_examples=300)
@given(
    lines=st.one_of(st.lists(COMMON, max_size=12), st.lists(st.one_of(COMMON, LINE), max_size=12)),
    end=st.sampled_from(["\n", "\r\n"]),
    closed=st.booleans(),
    piece=st.sampled_from([40, 10_000]),
)
def test_both_ways_to_split_agree(tmp_path: Path, lines: list[str], end: str, closed: bool, piece: int) -> None:
    text = end.join(["t;a;u", *lines]) + (end if closed else "")
    (tmp_path / "a").write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decompress, "PIECE", piece)
        quick = csv_table(tmp_path / "a")
        patch.setattr(delimited, "plain_fields", lambda *_given: None)
        careful = csv_table(tmp_path / "a")
    kept = [[row for row in rows if row["reason"] is None] for rows in (quick, careful)]
    assert kept[0] == kept[1]
    told = [[(row["line_no"], row["byte_offset"], row["reason"]) for row in rows] for rows in (quick, careful)]
    assert told[0] == told[1]


def test_a_usual_file_takes_the_quick_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text('t;a;u\n1;" x ";"b;c"\n2;é;\n', "utf-8")
    monkeypatch.setattr(delimited, "records_of", None)
    rows = csv_table(tmp_path / "a")
    assert [(row["reason"], row["f0"], row["f1"]) for row in rows[1:]] == [(None, "1", "x"), (None, "2", "é")]


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just("null")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["id", "uid", "ID", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
OBJECT = st.fixed_dictionaries(
    {"t": st.one_of(st.just("2024-01-22T08:00:00Z"), st.just(1705906800123), JSON)},
    optional={
        "who": JSON, "T": JSON, "ids": st.one_of(JSON, st.lists(st.fixed_dictionaries({"uid": JSON}), max_size=3)),
        "asked": st.one_of(JSON, st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=5)),
    },
)  # fmt: skip


@QUIET
@given(lines=st.lists(st.one_of(OBJECT, JSON).map(json.dumps), max_size=8), after=st.sampled_from(["", "{", '{"a":"']))
def test_a_malformed_line_changes_no_other(reader: Any, lines: list[str], after: str) -> None:
    text = "\n".join(lines)
    quick = reader.bytes(text, "ndjson", fields=PATH)
    careful = reader.bytes(f"{text}\n{after}", "ndjson", fields=PATH)
    assert careful.events == quick.events
    assert [row for row in careful.rejects if row["line_no"] <= len(lines)] == quick.rejects


@given(asked=st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=5))
@QUIET
def test_criteria_are_canonical(reader: Any, asked: dict[str, str]) -> None:
    line = json.dumps({"t": "2024-01-22T08:00:00Z", "asked": asked})
    found = reader.bytes(line, "ndjson", fields=PATH).event["criteria"]
    assert found is None if not asked else list(json.loads(found).items()) == sorted(asked.items())


@pytest.mark.parametrize("form", ["ocsf", "csv"])
def test_the_bytes_do_not_depend_on_the_threads(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decompress, "PIECE", 30_000)
    monkeypatch.setattr(reading, "RUN_BLOCKS", 10)
    monkeypatch.setattr(statements, "FEW", 3000)
    path = tmp_path / "log"
    with path.open("w", encoding="utf-8") as file:
        file.write("" if form == "ocsf" else "t;a\n")
        for n in range(20_000):
            event = {"class_uid": 6003, "time": 1706000000000 + n, "actor": {"user": {"uid": f"u{n % 99}"}}}
            bad = n % 977 == 0
            line = json.dumps(event) if form == "ocsf" else f"2024-01-22T08:00:{n % 60:02d}Z;u{n % 99}"
            file.write((line[:9] if bad else line) + "\n")
    fields = {} if form == "ocsf" else {"time": "t", "account": "a"}
    log = Log(id="l", portal="p", node="n", files=("x",), format=form, fields=fields)
    found = set()
    for threads, memory in ((1, "1GB"), (2, "1GB"), (4, "200MB"), (4, "1GB")):
        events, rejects = tmp_path / "e.parquet", tmp_path / "r.parquet"
        with Engine(threads=threads, memory=memory) as engine:
            report = read_log(
                engine, evidence_id=1, path=path, log=log, time_zone="UTC", events=events, rejects=rejects
            )
        found.add((hashlib.sha256(events.read_bytes() + rejects.read_bytes()).hexdigest(), report.lines_kept))
    assert len(found) == 1
    assert next(iter(found))[1] == 20_000 - 21
