"""The items of a JSON array as lines of their own, pretty-printed or not, without loading the array.

Each item keeps the number of the line where it begins, the rank it has among those that begin there, and the offset of
its first byte. Lines that hold no part of an item (brackets, other keys) are refused as ``outside-items``, so that
every line of the file is accounted for. Without path, a file that is not an array is read as values one after another.

>>> import tempfile
>>> from pathlib import Path
>>> from tocsin.evidence.decompress import Source
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder) / "a.json"
...     _written = path.write_text('{"Records": [{"a": 1}, {"a":' + chr(10) + '2}]}')
...     blocks = list(ItemReader(LineReader(Source(path)), "$.Records").blocks())
>>> [(int(n), int(i), int(o)) for block in blocks for n, i, o in zip(block.line_no, block.item_no, block.byte_offset)]
[(1, 1, 13), (1, 2, 23)]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.evidence.formats.item_spans import NOTHING, Spans, spans_in, without_blanks
from tocsin.evidence.formats.json_prelude import start_of_items
from tocsin.evidence.formats.json_structure import LF
from tocsin.evidence.lines import CUT, NUL_BYTE, OUTSIDE_ITEMS, TOO_LONG, Block, Codes, LineReader
from tocsin.evidence.transcode import Bytes, Ints, transcode, units_of, width_of

PRELUDE = 64 * 1024 * 1024
"""An array that has not begun by then is not looked for any further."""


@dataclass(frozen=True)
class _State:
    """Where a piece ended inside an item too long to be held."""

    depth: int
    in_string: bool


class ItemReader:
    """Cuts the file of ``lines`` into items; ``path`` says where the array stands (``None``: at the top)."""

    def __init__(self, lines: LineReader, path: str | None) -> None:
        self.lines = lines
        self.path = path
        self._phase = "before"
        self._passing: _State | None = None
        """Inside an item too long to be held."""
        self._line = 1
        """The line being read."""
        self._line_begins = 0
        self._line_is_covered = False
        self._last_item = (0, 0)
        """Line and rank of the last item."""

    def blocks(self) -> Iterator[Block]:
        """The items, and the lines outside them."""
        held = b""
        begun = False
        for piece in self.lines.pieces():
            if not begun:
                begun, self._line_begins = True, self.lines.offset
            held = held + piece if held else piece
            width = width_of(self.lines.encoding)
            used = 1
            while held and used:
                used, block = self._step(held, units_of(held, self.lines.encoding))
                if block is not None:
                    yield block
                held = held[used * width :]
        if begun:
            yield self._end(held)

    def _step(self, held: bytes, units: Bytes) -> tuple[int, Block | None]:
        """Use some of ``held``: how many units (none: more bytes are needed), and what was found there."""
        if self._phase == "before":
            start = start_of_items(units, self.path)
            if start is None and len(held) < PRELUDE:
                return 0, None
            is_array, first = start or (True, len(units))
            self._phase = "after" if start is None else "items" if is_array else "values"
            if first:
                return first, self._block(held, units[:first], NOTHING)
        if self._phase == "after":
            return len(units), self._block(held, units, NOTHING) if len(units) else None
        if self._passing is not None:
            return self._pass(held, units, self._passing)
        spans = spans_in(units, self._phase == "items")
        if len(spans.nexts):
            used = int(spans.nexts[-1])
            self._phase = "after" if spans.is_last else self._phase
            return used, self._block(held, units[:used], spans)
        if len(held) <= self.lines.max_line_bytes:
            return 0, None
        self._passing = _State(0, False)
        start_only = without_blanks(units, np.zeros(1, np.int64), np.full(1, len(units), np.int64))[0]
        return self._pass(held, units, self._passing, Spans(start_only, start_only, start_only))

    def _pass(self, held: bytes, units: Bytes, state: _State, item: Spans = NOTHING) -> tuple[int, Block | None]:
        """Go through an item too long to be held; ``item`` is where it starts, when it starts here."""
        tail = units[-64:].tobytes()
        used = len(units) - (len(tail) - len(tail.rstrip(b"\\")))
        spans = spans_in(units[:used], self._phase == "items", state.depth, state.in_string)
        self._passing = _State(spans.depth, spans.in_string)
        if len(spans.nexts):
            self._passing = None
            used = int(spans.nexts[0])
            self._phase = "after" if spans.is_last and len(spans.nexts) == 1 else self._phase
        block = self._block(held, units[:used], item, np.full(len(item.starts), TOO_LONG, np.int8), covers=True)
        return used, block

    def _end(self, held: bytes) -> Block:
        """The item left open, and the line left without end."""
        units = units_of(held, self.lines.encoding)
        spans, reason = NOTHING, np.full(1, CUT if self.lines.source.truncated else 0, np.int8)
        if self._phase in ("items", "values") and self._passing is None and len(units):
            starts, ends = without_blanks(units, np.zeros(1, np.int64), np.full(1, len(units), np.int64))
            if starts[0] < ends[0]:
                spans = Spans(starts, ends, ends)
        return self._block(held, units, spans, reason[: len(spans.starts)], is_end=True)

    def _block(
        self, held: bytes, units: Bytes, spans: Spans, reason: Codes | None = None,
        *, covers: bool = False, is_end: bool = False,
    ) -> Block:  # fmt: skip
        """The items of ``units``, the first ones of ``held``, and the lines that end there without any."""
        width = width_of(self.lines.encoding)
        feeds = np.flatnonzero(units == LF)
        first = self._line + np.searchsorted(feeds, spans.starts)
        last = self._line + np.searchsorted(feeds, np.maximum(spans.ends - 1, spans.starts))
        covered = np.zeros(len(feeds) + 2, np.int64)
        np.add.at(covered, first - self._line, 1)
        np.add.at(covered, last - self._line + 1, -1)
        is_covered = np.cumsum(covered[:-1]) > 0
        is_covered[0] |= self._line_is_covered
        if covers:
            is_covered[:] = True
        begins = np.concatenate((np.array([self._line_begins]), self.lines.offset + (feeds + 1) * width))
        size = min(len(units) * width, len(held)) if not is_end else len(held)
        ends_open = is_end and self.lines.offset + size > begins[-1]
        bare = np.flatnonzero(~is_covered[: len(feeds) + ends_open])
        block = self._joined(held[:size], units, spans, reason, first, last, bare, begins)
        self._line += len(feeds)
        self.lines.lines = self._line - 1 + int(ends_open)
        self._line_begins, self._line_is_covered = int(begins[-1]), bool(is_covered[-1])
        self.lines.offset += size
        return block

    def _joined(
        self, data: bytes, units: Bytes, spans: Spans, reason: Codes | None,
        first: Ints, last: Ints, bare: Ints, begins: Ints,
    ) -> Block:  # fmt: skip
        width = width_of(self.lines.encoding)
        codes = np.zeros(len(spans.starts), np.int8) if reason is None else reason
        codes[(codes == 0) & ((spans.ends - spans.starts) * width > self.lines.max_line_bytes)] = TOO_LONG
        if len(units) and units.min() == 0:
            nuls = np.flatnonzero(units == 0)
            has_nul = np.searchsorted(nuls, spans.starts) < np.searchsorted(nuls, spans.ends)
            codes[has_nul & (codes == 0)] = NUL_BYTE
        text = transcode(data, self.lines.encoding)
        if len(text.guessed):
            feeds = begins[1:] - 1 - self.lines.offset
            self.lines.guessed_lines += len(np.unique(np.searchsorted(feeds, text.guessed)))
        none = np.zeros(len(bare), np.int64)
        starts = np.concatenate((spans.starts * width, none))
        ends = np.concatenate((spans.ends * width, none))
        number = np.concatenate((first, self._line + bare))
        block = Block(
            text.text, text.place(starts), text.place(ends), data, starts, ends, number,
            np.concatenate((last, self._line + bare)),
            np.concatenate((self._ranks(first), none.astype(np.int32))),
            np.concatenate((self.lines.offset + spans.starts * width, begins[bare])),
            np.concatenate((codes, np.full(len(bare), OUTSIDE_ITEMS, np.int8))),
        )  # fmt: skip
        return block.slice(np.argsort(number, kind="stable")) if len(bare) and len(first) else block

    def _ranks(self, line: Ints) -> npt.NDArray[np.int32]:
        """The rank of each item among those that begin on its line."""
        if not len(line):
            return np.zeros(0, np.int32)
        rank = np.arange(len(line)) - np.searchsorted(line, line) + 1
        line_before, rank_before = self._last_item
        rank[line == line_before] += rank_before
        self._last_item = (int(line[-1]), int(rank[-1]))
        return rank.astype(np.int32)
