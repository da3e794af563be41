"""JSON lines, JSON arrays and Parquet tables in anybody's words."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.evidence import decompress
from tocsin.evidence.decompress import Source
from tocsin.evidence.formats.json_items import ItemReader
from tocsin.evidence.lines import LineReader

CLOUDTRAIL = {
    "time": "$.eventTime",
    "account": ("$.userIdentity.userName", "$.userIdentity.arn"),
    "address": "$.sourceIPAddress",
    "user_agent": "$.userAgent",
    "action": "$.eventName",
    "outcome": "$.errorCode",
    "record_ids": "$.resources[*].ARN",
    "request_id": "$.requestID",
    "criteria": "$.requestParameters",
}
EVENT = {
    "eventTime": "2024-01-22T07:00:00Z",
    "eventName": "GetObject",
    "userIdentity": {"arn": "arn:x"},
    "requestID": "r",
    "resources": [{"ARN": "a1"}, {"ARN": "a2"}],
    "requestParameters": {"key": 'k\n"{[', "bucketName": "b"},
    "userAgent": "[x]",
}
VALUE = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(st.sampled_from('ab"\\{}[],:é\n'), max_size=5)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", 'b"', "Records"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def test_ndjson(reader: Any) -> None:
    event = reader.bytes(json.dumps(EVENT), "ndjson", fields=CLOUDTRAIL).event
    assert (event["account"], event["action"], event["record_ids"]) == ("arn:x", "GetObject", ["a1", "a2"])
    assert json.loads(event["criteria"]) == {"bucketName": "b", "key": 'k\n"{['}


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=100)
@given(
    items=st.lists(VALUE, max_size=5),
    indent=st.sampled_from([None, 0, 2]),
    piece=st.sampled_from([7, 64, 10_000]),
    encoding=st.sampled_from(["utf-8", "utf-16"]),
    place=st.sampled_from([None, "$", "$.in.Records"]),
    before=VALUE,
    after=VALUE,
)
def test_every_item_of_an_array_is_found(
    tmp_path: Path,
    items: list[Any],
    indent: int | None,
    piece: int,
    encoding: str,
    place: str | None,
    before: Any,
    after: Any,
) -> None:
    document = {"x": before, "in": {"Records": items, "y": after}} if place == "$.in.Records" else items
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    content = text.encode(encoding)
    (tmp_path / "a").write_bytes(content)
    lines = LineReader(Source(tmp_path / "a"))
    saved, decompress.PIECE = decompress.PIECE, piece
    try:
        blocks = list(ItemReader(lines, place).blocks())
    finally:
        decompress.PIECE = saved
    rows = [row for block in blocks for row in block.table().drop(["raw"]).to_pylist()]
    found = [row for row in rows if row["reason"] is None]
    assert [json.loads(row["line"]) for row in found] == items
    assert {row["reason"] for row in rows} <= {None, "outside-items"}
    assert lines.lines == text.count("\n") + 1
    assert {n for row in rows for n in range(row["line_no"], row["last_line"] + 1)} == set(range(1, lines.lines + 1))
    assert len({(row["line_no"], row["item_no"]) for row in rows}) == len(rows)
    for row in found:
        assert content[: row["byte_offset"]].decode(encoding).count("\n") + 1 == row["line_no"]
        written = row["line"].encode(encoding)[2 if encoding == "utf-16" else 0 :]
        assert content[row["byte_offset"] :].startswith(written)


def test_lines_of_a_pretty_printed_array(reader: Any) -> None:
    text = json.dumps({"Records": [EVENT, {"eventTime": "later"}, EVENT]}, indent=1)
    read = reader.bytes(text, "json", items="$.Records", fields=CLOUDTRAIL)
    assert read.each("item_no") == [1, 1]
    assert read.reasons == {"outside-items": 4, "unreadable-time": 1}
    assert read.report.lines_rejected == 4 + 3
    assert read.report.lines_read == text.count("\n") + 1


def test_an_array_on_one_line(reader: Any) -> None:
    text = json.dumps([EVENT, 42, EVENT])
    read = reader.bytes(text, "json", fields=CLOUDTRAIL)
    assert read.each("line_no", "item_no") == [(1, 1), (1, 3)]
    assert read.reasons == {"no-time": 1}
    assert (read.report.lines_read, read.report.lines_kept) == (1, 1)


def test_values_one_after_another(reader: Any) -> None:
    text = json.dumps(EVENT, indent=1) + "\n" + json.dumps(EVENT) + json.dumps(EVENT) + "\nbroken {\n"
    read = reader.bytes(text, "json", fields=CLOUDTRAIL)
    assert len(read.events) == 3
    assert read.reasons == {"not-json": 1}


def test_an_array_that_is_not_there(reader: Any) -> None:
    for text in ('{"a": 1}', "{}", "[1]", '{"Records": 3}', '{"Records": {}}', "", "\n\n"):
        read = reader.bytes(text, "json", items="$.Records", fields=CLOUDTRAIL)
        assert not read.events
        assert set(read.reasons) <= {"outside-items"}
    with pytest.raises(TocsinError) as error:
        reader.bytes("[]", "json", items="Records", fields=CLOUDTRAIL)
    assert error.value.kind == "unknown-path"


def test_a_long_item_is_passed_over(reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decompress, "PIECE", 500)
    long = EVENT | {"x": ['\\" ]}' * 3, "y" * 20_000]}
    read = reader.bytes(json.dumps([EVENT, long, EVENT]), "json", fields=CLOUDTRAIL, max_line_bytes=2000)
    assert read.each("item_no") == [1, 3]
    assert [(row["item_no"], row["reason"]) for row in read.rejects] == [(2, "too-long")]


def test_parquet(reader: Any, tmp_path: Path) -> None:
    at = dt.datetime(2024, 1, 22, 7, tzinfo=dt.UTC)
    table = pa.table(
        {
            "ts": [at, at, None],
            "local": pa.array([at.replace(tzinfo=None)] * 3, pa.timestamp("ms")),
            "who": ["a", None, "c"],
            "code": pa.array([200, 500, None], pa.int16()),
            "ids": [["B1", "B2"], [], None],
            "q": ["a=1", None, ""],
        }
    )
    pq.write_table(table, tmp_path / "x.parquet")
    fields = {"time": "ts", "account": "who", "status": "code", "record_ids": "ids", "criteria": "q"}
    read = reader.path(tmp_path / "x.parquet", "parquet", fields=fields)
    assert read.each("at", "account", "status", "record_ids", "criteria") == [
        ("2024-01-22T07:00:00.000000", "a", 200, ["B1", "B2"], '{"a":"1"}'),
        ("2024-01-22T07:00:00.000000", None, 500, [], None),
    ]
    assert (read.reasons, read.report.lines_read) == ({"no-time": 1}, 3)
    assert read.each("line_no", "byte_offset") == [(1, 0), (2, 1)]
    local = reader.path(tmp_path / "x.parquet", "parquet", fields=fields | {"time": "local"}, zone="Europe/Paris")
    assert set(local.each("at")) == {"2024-01-22T06:00:00.000000"}


def test_parquet_that_cannot_be_read(reader: Any) -> None:
    for data in (b"", b"PAR1 and nothing else", b"text"):
        with pytest.raises(TocsinError) as error:
            reader.bytes(data, "parquet", fields={"time": "t"})
        assert error.value.kind == "unreadable-file"
