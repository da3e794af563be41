"""No line is lost and no content stops the reading, whatever the format."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.engine.duck import Engine
from tocsin.errors import TocsinError
from tocsin.evidence import decompress
from tocsin.evidence.formats import read_log
from tocsin.evidence.formats.accounts import without

JSON_FIELDS = {"time": "$.t", "account": "$.a", "record_ids": "$.r[*].id", "status": "$.s", "criteria.nom": "$.c"}
CSV_FIELDS = {"time": "t", "account": "a", "status": "s", "record_ids": "r"}
FORMATS: dict[str, dict[str, Any]] = {
    "ocsf": {},
    "fhir": {},
    "combined": {},
    "ndjson": {"fields": JSON_FIELDS},
    "json": {"fields": JSON_FIELDS},
    "csv": {"fields": CSV_FIELDS},
}
GOOD = {
    "ocsf": json.dumps({"class_uid": 6003, "time": 1706000000000, "api": {"operation": "x"}}),
    "fhir": json.dumps({"resourceType": "AuditEvent", "recorded": "2024-01-22T08:00:00Z"}),
    "combined": '10.0.0.1 - - [22/Jan/2024:08:00:00 +0100] "GET / HTTP/1.1" 200 12 "-" "agent"',
    "ndjson": json.dumps({"t": "2024-01-22T08:00:00Z", "a": "é"}, ensure_ascii=False),
    "json": json.dumps({"t": "2024-01-22T08:00:00Z", "a": "é"}, ensure_ascii=False),
    "csv": "2024-01-22 08:00:00,é,200,1|2",
}
PIECES = (
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b"\\",
    b"\xe9",
    b"\xf0\x9d\x84\x9e",
    b"%E9",
    b' - [22/Jan/2024:08:00:00 +0100] "',
    b'{"t":',
    b'{"resourceType":"Bundle","entry":[',
    b'"class_uid":6003',
    b"2024-10-27T02:30:00",
    b"99999999999999999999",
    b"-1e999",
    b"null",
    b"24:00:00",
    b"\xff\xfe",
    b"t,a,s,r\n",
)


def lines_in(data: bytes) -> int:
    return data.count(b"\n") + (1 if data and not data.endswith(b"\n") else 0)


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=8)
@given(noise=st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)), max_size=40), data=st.data())
@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_any_bytes_are_accounted_for(reader: Any, format_: str, noise: list[bytes], data: st.DataObject) -> None:
    good = GOOD[format_].encode()
    order = data.draw(st.permutations([*noise, good + b"\n", b"\n" + good + b"\n"]))
    content = (b"t,a,s,r\n" if format_ == "csv" else b"") + b"".join(order)
    packing = data.draw(st.sampled_from(reader.packings))
    saved, decompress.PIECE = decompress.PIECE, data.draw(st.sampled_from([40, 1_000_000]))
    try:
        read = reader.bytes(
            content, format_, packing=packing, zone="Europe/Paris", max_line_bytes=300, **FORMATS[format_]
        )
    except TocsinError as error:
        if error.kind not in ("unsupported-compression", "column-missing", "column-repeated"):
            raise
        return
    finally:
        decompress.PIECE = saved
    if content[:2] not in (b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b"):
        assert read.report.lines_read == lines_in(content)


@pytest.mark.parametrize("packing", ["plain", "gzip", "zstd"])
@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_the_offset_is_that_of_the_first_byte(reader: Any, format_: str, packing: str) -> None:
    good = GOOD[format_].encode()
    content = b"\xef\xbb\xbf" + (b"t,a,s,r\n" if format_ == "csv" else b"")
    content += b"\n".join([good, b"", b"x\xe9", good, b"\xe9\xe9", good])
    read = reader.bytes(content, format_, packing=packing, **FORMATS[format_])
    assert len(read.events) == 3
    for row in read.events:
        assert content[row["byte_offset"] :].startswith(good)
        assert content[: row["byte_offset"]].count(b"\n") + 1 == row["line_no"]
    assert len({row["line_hash"] for row in read.events}) == 1
    assert read.report.bytes_read == len(content)
    assert read.report.decoded_as_windows_1252 == 2


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_a_cut_gzip_keeps_what_came_before(reader: Any, tmp_path: Path, format_: str) -> None:
    head = b"t,a,s,r\n" if format_ == "csv" else b""
    lines = [GOOD[format_].replace("200", str(200 + n % 300)).encode() for n in range(3000)]
    packed = gzip.compress(head + b"\n".join(lines))
    (tmp_path / "cut").write_bytes(packed[: len(packed) * 2 // 3])
    read = reader.path(tmp_path / "cut", format_, **FORMATS[format_])
    assert read.report.truncated
    assert len(read.events) > 500
    assert set(read.reasons) <= {"cut", "header"}


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_an_empty_file_has_no_lines(reader: Any, format_: str) -> None:
    read = reader.bytes(b"", format_, **FORMATS[format_])
    assert (read.report.lines_read, read.report.first_at, read.report.reasons) == (0, None, ())


@pytest.mark.parametrize(("format_", "count"), [("csv", 130_000), ("ocsf", 5_000)])
def test_threads_and_memory_do_not_change_a_byte(reader: Any, tmp_path: Path, format_: str, count: int) -> None:
    head = "t,a,s,r\n" if format_ == "csv" else ""
    lines = [GOOD[format_] if n % 97 else "broken" for n in range(count)]
    (tmp_path / "in").write_text(head + "\n".join(lines), "utf-8")
    digests = set()
    for threads, memory in ((1, None), (2, None), (4, "400MB")):
        out = tmp_path / f"{threads}-e", tmp_path / f"{threads}-r"
        with Engine(threads=threads, memory=memory) as engine:
            read_log(
                engine,
                evidence_id=1,
                path=tmp_path / "in",
                log=reader.log(format_, **FORMATS[format_]),
                time_zone="UTC",
                events=out[0],
                rejects=out[1],
            )
        digests.add(tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in out))
    assert len(digests) == 1


def test_progress_adds_up_to_the_size_of_the_file(reader: Any, tmp_path: Path) -> None:
    (tmp_path / "in").write_text("\n".join([GOOD["ocsf"]] * 50))
    seen: list[int] = []
    read_log(
        reader.engine,
        evidence_id=1,
        path=tmp_path / "in",
        log=reader.log("ocsf"),
        time_zone="UTC",
        events=tmp_path / "e",
        rejects=tmp_path / "r",
        progress=seen.append,
    )
    assert min(seen) >= 0
    assert sum(seen) == (tmp_path / "in").stat().st_size


@pytest.mark.parametrize("places", [[], [0], [5], [0, 1, 5], [0, 1, 2, 3, 4, 5], [1, 2]])
def test_what_is_kept_around_a_few_refused_lines_stays_in_order(places: list[int]) -> None:
    lines = pa.table({"n": list(range(6))})
    kept = without(lines, np.array(places, np.int64))
    assert kept.column("n").to_pylist() == [n for n in range(6) if n not in places]
