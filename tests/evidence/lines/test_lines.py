"""Physical lines: each once, with its number and the offset of its first byte."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.evidence import decompress
from tocsin.evidence.decompress import Source
from tocsin.evidence.lines import REASONS, LineReader

PACKINGS = {"plain": bytes, "gzip": gzip.compress, "zstd": zstandard.ZstdCompressor().compress}
CONTENT = st.lists(
    st.sampled_from([b"\n", b"\r", b"\r\n", b"\0", b" ", b"\t", b"a", b"bc" * 9, b"\xe9", "é".encode(), b'"'])
).map(b"".join)


def lines_of(path: Path, **options: Any) -> tuple[LineReader, list[dict[str, Any]]]:
    reader = LineReader(Source(path), **options)
    rows = []
    for block in reader.blocks():
        for row in block.table().select(["line_no", "byte_offset", "line", "raw", "reason"]).to_pylist():
            rows.append(row | {"raw": row["raw"] if row["raw"] is not None else row["line"].encode()})  # noqa: PERF401
    return reader, rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(
    content=CONTENT,
    packing=st.sampled_from(sorted(PACKINGS)),
    piece=st.sampled_from([3, 17, 100_000]),
    longest=st.sampled_from([4, 1000]),
)
def test_every_line_comes_once(tmp_path: Path, content: bytes, packing: str, piece: int, longest: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(PACKINGS[packing](content))
    saved, decompress.PIECE = decompress.PIECE, piece
    try:
        reader, rows = lines_of(path, max_line_bytes=longest)
    finally:
        decompress.PIECE = saved
    wanted = content.split(b"\n")
    if wanted[-1] == b"":
        wanted.pop()
    assert reader.lines == len(wanted) == len(rows)
    assert [row["line_no"] for row in rows] == list(range(1, len(wanted) + 1))
    offset = 0
    for row, line in zip(rows, wanted, strict=True):
        body = line.removesuffix(b"\r")
        assert row["byte_offset"] == offset
        if row["reason"] is None:
            assert row["raw"] == body
            assert row["line"] == "".join(_decoded(body))
        else:
            assert row["line"] == ""
        expected = (
            "blank"
            if not body.strip(b" \t\r")
            else "too-long"
            if len(body) > longest
            else "nul-byte"
            if b"\0" in body
            else None
        )
        # a line passed over without being held is too long, whatever its last bytes would have been
        assert row["reason"] == expected or (row["reason"] == "too-long" and len(line) > longest)
        offset += len(line) + 1


def _decoded(body: bytes) -> str:
    text = ""
    while body:
        try:
            return text + body.decode()
        except UnicodeDecodeError as error:
            text += body[: error.start].decode() + body[error.start : error.end].decode("cp1252", "replace")
            body = body[error.end :]
    return text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_lines(tmp_path: Path, encoding: str) -> None:
    text = "un é\r\n\r\ndeux 𝄞 𝄞 fin\nœuvre"
    data = text.encode(encoding)
    (tmp_path / "a").write_bytes(data)
    reader, rows = lines_of(tmp_path / "a", encoding="auto" if encoding == "utf-16" else encoding)
    assert [row["line"] for row in rows] == ["un é", "", "deux 𝄞 𝄞 fin", "œuvre"]
    assert [row["reason"] for row in rows] == [None, "blank", None, None]
    assert reader.guessed_lines == 0
    for row in rows:
        assert data[row["byte_offset"] :].startswith(row["raw"])


def test_lone_surrogates_and_odd_ends_do_not_stop_the_reading(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff\xfe" + b"\x00\xd8a\x00\n\x00b\x00\x34\xdc" + b"x")
    _reader, rows = lines_of(tmp_path / "a")
    assert [row["line"] for row in rows] == ["\ufffda", "b\ufffd"]


def test_declared_encodings(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("10 €;œ\nÿ".encode("iso-8859-15"))
    assert [row["line"] for row in lines_of(tmp_path / "a", encoding="iso-8859-15")[1]] == ["10 €;œ", "ÿ"]
    (tmp_path / "b").write_bytes("10 €;œ\n\x81".encode("cp1252", "replace"))
    reader, rows = lines_of(tmp_path / "b", encoding="windows-1252")
    assert [row["line"] for row in rows] == ["10 €;œ", "?"]
    assert reader.guessed_lines == 0
    with pytest.raises(TocsinError) as error:
        lines_of(tmp_path / "b", encoding="ebcdic")
    assert error.value.kind == "unknown-encoding"


def test_a_mixture_of_encodings_is_read_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfZo\xc3\xa9\nZo\xe9 \x80\nabc\n\xe9\xe9\n")
    reader, rows = lines_of(tmp_path / "a")
    assert [row["line"] for row in rows] == ["Zoé", "Zoé €", "abc", "éé"]
    assert [row["byte_offset"] for row in rows] == [3, 8, 14, 18]
    assert reader.guessed_lines == 2


def test_lone_carriage_returns_are_counted_not_split(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a\rb\r\nc\r\n\rd\n")
    reader, rows = lines_of(tmp_path / "a")
    assert [row["line"] for row in rows] == ["a\rb", "c", "\rd"]
    assert reader.carriage_returns == 2


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_a_cut_stream_gives_the_lines_before_the_cut(tmp_path: Path, packing: str) -> None:
    lines = [b"%d %s" % (n, bytes([65 + n * 7919 % 26]) * (n % 90)) for n in range(20_000)]
    packed = PACKINGS[packing](b"\n".join(lines))
    (tmp_path / "a").write_bytes(packed[: len(packed) // 2])
    reader, rows = lines_of(tmp_path / "a")
    assert reader.source.truncated
    assert [row["reason"] for row in rows[:-1]] == [None] * (len(rows) - 1)
    assert rows[-1]["reason"] in ("cut", None)
    assert [row["raw"] for row in rows[:-1]] == lines[: len(rows) - 1]
    assert packing == "zstd" or len(rows) > 1000


def test_damaged_gzip_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    lines = [b"%d %d" % (n, n * 7919) for n in range(50_000)]
    packed = bytearray(gzip.compress(b"\n".join(lines)))
    packed[len(packed) // 2] ^= 0xFF
    (tmp_path / "a").write_bytes(packed)
    reader, rows = lines_of(tmp_path / "a")
    assert reader.source.truncated
    assert len(rows) > 15_000


def test_members_and_frames_follow_each_other(tmp_path: Path) -> None:
    for name in ("gzip", "zstd"):
        path = tmp_path / name
        path.write_bytes(PACKINGS[name](b"a\nb") + PACKINGS[name](b"c\n") + PACKINGS[name](b"d"))
        reader, rows = lines_of(path)
        assert ([row["line"] for row in rows], reader.source.truncated) == (["a", "bc", "d"], False)
    (tmp_path / "padded").write_bytes(gzip.compress(b"a") + bytes(512))
    assert not lines_of(tmp_path / "padded")[0].source.truncated


def test_a_long_line_is_never_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decompress, "PIECE", 1000)
    (tmp_path / "a").write_bytes(b"short\n" + b"x" * 50_000 + b"\nend\n")
    _reader, rows = lines_of(tmp_path / "a", max_line_bytes=2000)
    assert [(row["line"], row["reason"], row["byte_offset"]) for row in rows] == [
        ("short", None, 0),
        ("", "too-long", 6),
        ("end", None, 50_007),
    ]


def test_a_bomb_is_refused_with_the_key_to_raise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(zstandard.ZstdCompressor(level=19).compress(bytes(300_000_000)))
    with pytest.raises(TocsinError, match="max_bytes") as error:
        lines_of_source(Source(tmp_path / "a", max_bytes=100_000_000))
    assert error.value.kind == "decompression-bomb"
    monkeypatch.setattr(decompress, "RATIO_COUNTS_FROM", 100_000_000)
    with pytest.raises(TocsinError) as error:
        lines_of_source(Source(tmp_path / "a"))
    assert error.value.kind == "decompression-bomb"


def lines_of_source(source: Source) -> None:
    for _piece in source.pieces():
        pass


def test_other_archives_are_refused_by_name(tmp_path: Path) -> None:
    for head, name in ((b"BZh91AY", "bzip2"), (b"PK\x03\x04rest", "zip"), (b"PAR1....", "Parquet")):
        (tmp_path / "a").write_bytes(head)
        with pytest.raises(TocsinError, match=name) as error:
            lines_of(tmp_path / "a")
        assert error.value.kind == "unsupported-compression"
    with pytest.raises(TocsinError) as error:
        lines_of(tmp_path / "absent")
    assert error.value.kind == "unreadable-file"


def test_reasons_have_one_name_each() -> None:
    assert len(set(REASONS)) == len(REASONS)
