"""A log file as numbered lines: every physical line once, with the offset of its first byte.

A line ends at LF (a CR just before it goes with it; a CR elsewhere does not split). The file is read in blocks of
about 4 MiB of whole lines, so that memory does not grow with the file. Lines that cannot be read keep their number
and get a reason: ``blank``, ``too-long`` (never held whole), ``nul-byte``, ``cut`` (the last one of a stream that
stopped early).

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder) / "a.log"
...     _written = path.write_text("one" + chr(10) * 2 + "three")
...     blocks = list(LineReader(Source(path)).blocks())
>>> [(int(n), int(at), REASONS[code]) for b in blocks for n, at, code in zip(b.line_no, b.byte_offset, b.reason)]
[(1, 0, None), (2, 4, 'blank'), (3, 5, None)]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.evidence.decompress import Source
from tocsin.evidence.transcode import Bytes, Ints, encoding_of, transcode, units_of, width_of
from tocsin.evidence.views import views_of

REASONS = (
    None, "blank", "too-long", "nul-byte", "cut", "header", "wrong-field-count", "unclosed-quote", "outside-items",
)  # fmt: skip
"""Why a line was refused before its format was looked at; lines carry the index."""
BLANK, TOO_LONG, NUL_BYTE, CUT, HEADER, WRONG_FIELD_COUNT, UNCLOSED_QUOTE, OUTSIDE_ITEMS = range(1, 9)
LONGEST_LINE = 1_000_000_000
LF, CR = 10, 13

Codes = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Block:
    """Consecutive lines (or records of several lines, or items of an array)."""

    text: bytes | memoryview
    """In UTF-8."""
    starts: Ints
    ends: Ints
    """Where each line stands in ``text``, its end of line left out."""
    raw: bytes | memoryview
    raw_starts: Ints
    raw_ends: Ints
    """The same in the bytes of the file."""
    line_no: Ints
    last_line: Ints
    item_no: npt.NDArray[np.int32]
    byte_offset: Ints
    reason: Codes
    """Index in ``REASONS``; 0 for a line that can be read."""

    def slice(self, keep: npt.NDArray[np.bool_] | Ints) -> Block:
        """The lines where ``keep`` holds, or those at these places."""
        names = ("starts", "ends", "raw_starts", "raw_ends", "line_no", "last_line", "item_no", "byte_offset", "reason")
        return replace(self, **{name: getattr(self, name)[keep] for name in names})

    def table(self) -> pa.Table:
        """The lines as the table ``line_batch`` that the formats read."""
        return pa.table({**self.columns(), "line": self.texts()})

    def texts(self) -> pa.Array:
        """The text of each line; empty where it was refused."""
        return views_of(self.text, np.where(self.reason == 0, self.starts, self.ends), self.ends)

    def _raw(self) -> pa.Array:
        """The bytes of each line, for its hash; only where they are not those of its text."""
        if self.text is self.raw:
            return pa.nulls(len(self.starts), pa.binary_view())
        return views_of(self.raw, self.raw_starts, self.raw_ends, kind=pa.binary_view())

    def columns(self) -> dict[str, pa.Array]:
        """What every format needs of a line, beside its text."""
        reasons = pa.array(self.reason, pa.int8()).dictionary_encode()
        words = pa.array(REASONS, pa.string()).take(reasons.dictionary)
        return {
            "line_no": pa.array(self.line_no),
            "last_line": pa.array(self.last_line),
            "item_no": pa.array(self.item_no),
            "byte_offset": pa.array(self.byte_offset),
            "raw": self._raw(),
            "reason": words.take(reasons.indices),
        }


class LineReader:
    """Reads one file once; the counters are those of the blocks given so far."""

    def __init__(self, source: Source, encoding: str = "auto", max_line_bytes: int = 10_000_000) -> None:
        self.source = source
        self.max_line_bytes = min(max_line_bytes, LONGEST_LINE)
        self.encoding = encoding
        """As declared; once reading has begun, as used."""
        self.lines = 0
        self.carriage_returns = 0
        self.guessed_lines = 0
        self.offset = 0
        """Of the first byte not given yet, in the decompressed file."""

    def pieces(self) -> Iterator[bytes]:
        """The bytes after the byte-order mark, once the encoding is known."""
        started = False
        for piece in self.source.pieces():
            if started:
                yield piece
                continue
            started = True
            self.encoding, self.offset = encoding_of(self.encoding, piece[:4], str(self.source.path))
            yield piece[self.offset :] if self.offset else piece

    def blocks(self) -> Iterator[Block]:
        """The lines, in blocks of whole lines."""
        held: bytes | memoryview = b""
        skipping = False
        for piece in self.pieces():
            data = piece
            data = b"".join((held, data)) if len(held) else data
            units = units_of(data, self.encoding)
            width = width_of(self.encoding)
            if skipping:
                found = np.flatnonzero(units == LF)[:1]
                if not len(found):
                    keep = len(data) % width
                    self.offset += len(data) - keep
                    held = data[len(data) - keep :]
                    continue
                first = (int(found[0]) + 1) * width
                self.offset += first
                skipping, data, units = False, data[first:], units[int(found[0]) + 1 :]
            last = _last_line_feed(data, units, width)
            if last:
                yield self._block(data, last, units)
            held = memoryview(data)[last:]
            if len(held) > self.max_line_bytes:
                yield self._unheld_line()
                keep = len(held) % width
                self.offset += len(held) - keep
                held, skipping = held[len(held) - keep :], True
        if len(held) and not skipping:
            yield self._last_block(held)

    def _last_block(self, held: bytes | memoryview) -> Block:
        block = self._block(bytes(held), len(held), units_of(held, self.encoding))
        if self.source.truncated:
            block.reason[-1] = CUT
        return block

    def _unheld_line(self) -> Block:
        self.lines += 1
        zero, number = np.zeros(1, np.int64), np.full(1, self.lines, np.int64)
        return Block(
            b"", zero, zero, b"", zero, zero, number, number,
            np.zeros(1, np.int32), np.full(1, self.offset, np.int64), np.full(1, TOO_LONG, np.int8),
        )  # fmt: skip

    def _block(self, whole: bytes, size: int, units: Bytes) -> Block:
        """The lines of the first ``size`` bytes of ``whole``."""
        width = width_of(self.encoding)
        data, units = memoryview(whole)[:size], units[: size // width]
        feeds = np.flatnonzero(units == LF)
        if not len(feeds) or feeds[-1] != len(units) - 1:
            feeds = np.append(feeds, len(units))
        starts = np.concatenate((np.zeros(1, np.int64), feeds[:-1] + 1))
        ends = feeds - _closing_returns(units, starts, feeds)
        reason = self._reasons(units, starts, ends, width)
        if b"\r" in whole:
            self.carriage_returns += _count_lone_returns(units, starts, ends)
        text = transcode(data, self.encoding)
        self.guessed_lines += len(np.unique(np.searchsorted(starts, text.guessed, side="right")))
        number = np.arange(self.lines + 1, self.lines + 1 + len(starts), dtype=np.int64)
        raw_starts, raw_ends = starts * width, ends * width
        block = Block(
            text.text, text.place(raw_starts), text.place(raw_ends), data, raw_starts, raw_ends, number, number,
            np.zeros(len(starts), np.int32), self.offset + raw_starts, reason,
        )  # fmt: skip
        self.lines += len(starts)
        self.offset += len(data)
        return block

    def _reasons(self, units: Bytes, starts: Ints, ends: Ints, width: int) -> Codes:
        reason = np.zeros(len(starts), np.int8)
        if len(units) and units.min() == 0:
            reason[np.searchsorted(starts, np.flatnonzero(units == 0), side="right") - 1] = NUL_BYTE
        reason[(ends - starts) * width > self.max_line_bytes] = TOO_LONG
        reason[_are_blank(units, starts, ends)] = BLANK
        return reason


def _last_line_feed(data: bytes, units: Bytes, width: int) -> int:
    """The number of bytes of ``data`` up to its last line feed, that one included."""
    if width == 1:
        return data.rfind(b"\n") + 1
    found = np.flatnonzero(units == LF)
    return (int(found[-1]) + 1) * width if len(found) else 0


def _closing_returns(units: Bytes, starts: Ints, feeds: Ints) -> Ints:
    """1 where the line ends with a CR, which goes with its line feed."""
    before = units[np.maximum(feeds - 1, 0)] if len(units) else np.zeros(len(feeds), np.uint8)
    closing: Ints = ((before == CR) & (feeds > starts)).astype(np.int64)
    return closing


def _count_lone_returns(units: Bytes, starts: Ints, ends: Ints) -> int:
    returns = np.flatnonzero(units == CR)
    line = np.searchsorted(starts, returns, side="right") - 1
    return len(np.unique(line[returns < ends[line]]))


def _are_blank(units: Bytes, starts: Ints, ends: Ints) -> npt.NDArray[np.bool_]:
    """Lines of nothing but spaces and tabs."""
    blank: npt.NDArray[np.bool_] = ends == starts
    if not len(units):
        return blank
    first = units[np.minimum(starts, len(units) - 1)]
    doubtful = np.flatnonzero(((first == 32) | (first == 9) | (first == CR)) & ~blank)
    if len(doubtful):
        ink = np.concatenate((np.zeros(1, np.int64), np.cumsum(~np.isin(units, (32, 9, LF, CR)))))
        blank[doubtful] = ink[ends[doubtful]] == ink[starts[doubtful]]
    return blank
