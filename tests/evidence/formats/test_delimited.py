"""Separated files: headers, quotes, and records of several lines."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.evidence import decompress
from tocsin.evidence.case.model import Log
from tocsin.evidence.decompress import Source
from tocsin.evidence.formats.delimited import open_csv
from tocsin.evidence.lines import LineReader

FIELDS = {"time": "t", "account": "a", "user_agent": "u", "record_ids": "r"}
FRENCH = {
    "time": "horodatage",
    "account": "compte",
    "session_token": "session",
    "address": "ip",
    "user_agent": "agent",
    "action": "fonction",
    "outcome": "resultat",
    "status": "code",
    "bytes": "octets",
    "record_ids": "beneficiaires",
    "page": "page",
    "page_size": "taille",
    "returned": "lignes",
    "total": "total",
    "sequence_no": "seq",
    "request_id": "req",
    "criteria.nom": "nom",
    "criteria.date_naissance": "ddn",
}
SCHEMA = pa.schema(
    [(name, pa.int64()) for name in ("line_no", "last_line", "byte_offset")]
    + [(name, pa.string()) for name in ("reason", "f0", "f1", "f2")]
)
CELL = st.text(st.sampled_from('ab,;\t|"\n\ré '), max_size=8)


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=120)
@given(
    rows=st.lists(st.tuples(CELL, CELL), max_size=12),
    separator=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([0, 1]),
    end=st.sampled_from(["\n", "\r\n"]),
    piece=st.sampled_from([30, 10_000]),
)
def test_what_was_written_is_read(
    tmp_path: Path, rows: list[tuple[str, str]], separator: str, quoting: Any, end: str, piece: int
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerow(["t", "a", "u", "r"])
    writer.writerows([str(1705906800 + n), *row, "x"] for n, row in enumerate(rows))
    content = text.getvalue().encode()
    (tmp_path / "a").write_bytes(content)
    lines = LineReader(Source(tmp_path / "a"))
    saved, decompress.PIECE = decompress.PIECE, piece
    try:
        log = Log(id="l", portal="p", node="n", files=("x",), format="csv", fields=FIELDS)
        table = pa.concat_tables(
            [
                found.select(["line_no", "last_line", "byte_offset", "reason", "f0", "f1", "f2"]).cast(SCHEMA)
                for found in open_csv(log).tables(lines)
            ]
        )
    finally:
        decompress.PIECE = saved
    records = table.filter(pc.is_null(table["reason"])).to_pylist()
    assert table["reason"].to_pylist().count("header") == 1
    assert [(row["f1"], row["f2"]) for row in records] == [
        tuple(cell.strip(" ") or None for cell in row) for row in rows
    ]
    assert [row["f0"] for row in records] == [str(1705906800 + n) for n in range(len(rows))]
    for row in records:
        assert content[: row["byte_offset"]].count(b"\n") + 1 == row["line_no"]
    assert (
        sum(row["last_line"] - row["line_no"] + 1 for row in table.to_pylist()) == lines.lines == content.count(b"\n")
    )


def test_a_french_portal(reader: Any) -> None:
    head = (
        "horodatage;compte;session;ip;agent;fonction;resultat;code;octets;"
        "beneficiaires;page;taille;lignes;total;seq;req;nom;ddn"
    )
    row = "22/01/2024 08:00:00;PS1;s1;10.0.0.1;Moz;RECH;OK;200;1234;B1|B2;2;20;20;33;41;r1;BÉRARD;"
    data = f"{head}\r\n{row}\r\n".encode("windows-1252")
    event = reader.bytes(
        data, "csv", fields=FRENCH, encoding="windows-1252", zone="Europe/Paris", time_format="%d/%m/%Y %H:%M:%S"
    ).event
    wanted = {
        "at": "2024-01-22T07:00:00.000000",
        "account": "PS1",
        "session_token": "s1",
        "address": "10.0.0.1",
        "action": "RECH",
        "outcome": "OK",
        "status": 200,
        "bytes": 1234,
        "record_ids": ["B1", "B2"],
        "page": 2,
        "page_size": 20,
        "returned": 20,
        "total": 33,
        "sequence_no": 41,
        "request_id": "r1",
        "criteria": '{"nom":"BÉRARD"}',
        "row_offset": None,
    }
    assert {name: event[name] for name in wanted} == wanted


def test_lines_of_the_wrong_width(reader: Any) -> None:
    data = 't,a,u,r\n1705906800,x,y\n1705906800,x,y,z\n\n1705906800,a,b,c,d\n1705906800,5" pipe,u,\n1705906800,"a,b,c\n'
    read = reader.bytes(data, "csv", fields=FIELDS)
    assert [(row["line_no"], row["reason"]) for row in read.rejects] == [
        (1, "header"),
        (2, "wrong-field-count"),
        (4, "blank"),
        (5, "wrong-field-count"),
    ]
    assert read.each("line_no", "account") == [(3, "x"), (6, '5" pipe'), (7, '"a')]


def test_a_stray_quote_spoils_its_line_only(reader: Any) -> None:
    good = [f"170590680{n % 10},acc{n},ua,B{n}" for n in range(300)]
    lines = [*good[:50], '1705906800,"open,ua', *good[50:80], '1705906800,"open,ua', *good[80:]]
    read = reader.bytes("t,a,u,r\n" + "\n".join(lines), "csv", fields=FIELDS)
    assert read.reasons == {"header": 1, "unclosed-quote": 2}
    assert len(read.events) == 300


def test_a_record_of_several_lines_is_kept_whole(reader: Any) -> None:
    read = reader.bytes('t,a,u,r\n1705906800,"x\n\ny",u,B1\n1705906801,z,u,B2\n', "csv", fields=FIELDS)
    assert read.each("line_no", "account") == [(2, "x\n\ny"), (5, "z")]
    assert (read.report.lines_read, read.report.lines_kept, read.report.lines_rejected) == (5, 4, 1)


def test_criteria_in_one_column(reader: Any) -> None:
    data = 't;q\n1705906800;nom=X&ddn=1980\n1705906800;"{""b"": 1, ""a"": null}"\n1705906800;\n1705906800;{broken\n'
    read = reader.bytes(data, "csv", fields={"time": "t", "criteria": "q"})
    assert read.each("criteria") == ['{"ddn":"1980","nom":"X"}', '{"b":"1"}', None, None]


def test_headers_that_do_not_fit(reader: Any) -> None:
    for data, kind in (("t,b,u,r\n", "column-missing"), ("t,a,a,u,r\n", "column-repeated")):
        with pytest.raises(TocsinError) as error:
            reader.bytes(data, "csv", fields=FIELDS)
        assert error.value.kind == kind
        assert "input" in error.value.where
    with pytest.raises(TocsinError, match=r"t, b, u, r"):
        reader.bytes("t,b,u,r\n", "csv", fields=FIELDS)
    with pytest.raises(TocsinError) as error:
        reader.bytes("t,a\n", "csv", fields=FIELDS | {"acount": "a"})
    assert error.value.kind == "unknown-field"
    with pytest.raises(TocsinError) as error:
        reader.bytes("t,a\n", "csv", fields={"account": "a"})
    assert error.value.kind == "field-without-place"
    with pytest.raises(TocsinError) as error:
        reader.bytes("t,a\n", "csv", fields={"time": "t"}, separator="::")
    assert error.value.kind == "unknown-separator"


def test_one_of_several_columns_is_enough(reader: Any) -> None:
    read = reader.bytes("t,b\n1705906800,x\n", "csv", fields={"time": "t", "account": ("a", "b")})
    assert read.each("account") == ["x"]
