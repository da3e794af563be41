"""CSV text cut into records and fields without a loop over lines: positions are found by numpy, text moved by Arrow.

Quotes follow RFC 4180: a field that opens with a quote runs to its closing quote, separators and newlines included,
``""`` standing for one quote. A quote elsewhere is plain text. When a field is opened and never closed, the record
swallows what follows and ends up with the wrong number of fields: such a stretch is cut again at each physical
line, so that one stray quote costs one line and not the rest of the file.

>>> cut = cut_records(b'1;"a;b"\\n2;"x\\ny"\\n', separator=";", columns=2, is_final=True)
>>> cut.column(1).to_pylist(), cut.first_lines.tolist(), cut.consumed
(['a;b', 'x\\ny'], [0, 1], 16)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

QUOTE, CR, LF, SPACE = 34, 13, 10, 32
LONGEST_QUOTED = 1 << 20
"""Bytes: beyond, a quoted field over several lines is taken for one that was never closed."""
Positions = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Cut:
    """Records of one piece of text; ``first_lines`` counts physical lines from 0 at its start."""

    consumed: int
    lines: int
    first_lines: Positions
    rejected_lines: Positions
    reasons: pa.Array
    details: pa.Array
    _buffer: npt.NDArray[np.uint8] = field(repr=False)
    _starts: Positions = field(repr=False)
    _ends: Positions = field(repr=False)

    def column(self, number: int) -> pa.Array:
        """The values of one column, quotes removed."""
        starts, ends = self._starts[:, number], self._ends[:, number]
        lengths = ends - starts
        data = self._buffer
        safe = np.minimum(starts, max(len(data) - 1, 0))
        skip = (lengths > 2) & (data[safe] == SPACE) & (data[np.minimum(safe + 1, len(data) - 1)] == QUOTE)
        opened = starts + skip
        quoted = (ends - opened >= 2) & (data[np.minimum(opened, len(data) - 1)] == QUOTE) & (data[ends - 1] == QUOTE)
        starts = np.where(quoted, opened + 1, starts)
        ends = np.where(quoted, ends - 1, ends)
        offsets = np.stack([starts, ends], axis=1).ravel().astype(np.int32)
        both = pa.StringArray.from_buffers(
            max(2 * len(starts) - 1, 0), pa.py_buffer(offsets), pa.py_buffer(data)
        )  # fields and what stands between them, in turn: no byte is copied before take
        values = both.take(pa.array(np.arange(0, 2 * len(starts), 2)))
        if quoted.any():
            values = pc.if_else(pa.array(quoted), pc.replace_substring(values, '""', '"'), values)
        return values


@dataclass(frozen=True)
class _Scan:
    starts: Positions
    ends: Positions
    separators: Positions
    first_separator: Positions
    counts: Positions
    is_inside_at_end: bool


def _scan(data: npt.NDArray[np.uint8], separator: int, newline: int, *, by_line: bool, is_final: bool) -> _Scan:
    newlines = np.flatnonzero(data == newline)
    separators = np.flatnonzero(data == separator)
    positions, inside = _quote_states(data, separator, newline, newlines if by_line else None)
    if len(positions):
        separators = separators[~_is_inside(separators, positions, inside)]
        if not by_line:
            newlines = newlines[~_is_inside(newlines, positions, inside)]
    ends = newlines
    if is_final and len(data) and (not len(ends) or ends[-1] + 1 < len(data)):
        ends = np.append(ends, len(data))
    starts = np.concatenate([np.zeros(min(1, len(ends)), np.int64), ends[:-1] + 1])
    first = np.searchsorted(separators, starts)
    return _Scan(
        starts, ends, separators, first, np.searchsorted(separators, ends) - first, bool(len(inside) and inside[-1])
    )


def _quote_states(
    data: npt.NDArray[np.uint8], separator: int, newline: int, resets: Positions | None
) -> tuple[Positions, Flags]:
    """Where the state changes, and whether text is inside a quoted field from there on.

    Only runs of an odd number of quotes change it. At the start of a field such a run opens (or, inside, closes);
    elsewhere it closes, or is plain text. So the state is the parity of the openings since the last closing.
    """
    quotes = np.flatnonzero(data == QUOTE)
    if not len(quotes):
        return quotes, np.zeros(0, np.bool_)
    is_first = np.concatenate([[True], np.diff(quotes) > 1])
    begins = np.flatnonzero(is_first)
    odd = quotes[is_first][np.diff(np.append(begins, len(quotes))) % 2 == 1]
    before = np.where(odd > 0, data[np.maximum(odd - 1, 0)], newline)
    earlier = np.where(odd > 1, data[np.maximum(odd - 2, 0)], newline)
    before = np.where(before == SPACE, earlier, before)
    opens = (before == separator) | (before == newline)
    positions = odd
    if resets is not None:
        positions = np.concatenate([odd, resets])
        order = np.argsort(positions, kind="stable")
        positions = positions[order]
        opens = np.concatenate([opens, np.zeros(len(resets), np.bool_)])[order]
    opened = np.cumsum(opens)
    return positions, (opened - np.maximum.accumulate(np.where(opens, 0, opened))) % 2 == 1


def _is_inside(candidates: Positions, positions: Positions, inside: Flags) -> Flags:
    place = np.searchsorted(positions, candidates, side="left") - 1
    return np.asarray((place >= 0) & inside[np.maximum(place, 0)])


def cut_records(text: bytes, *, separator: str, columns: int, is_final: bool, newline: int = LF) -> Cut:
    """Cut ``text`` up to the end of its last whole record; what follows must be given again with more text."""
    data = np.frombuffer(text, np.uint8)
    sep = ord(separator)
    scan = _scan(data, sep, newline, by_line=False, is_final=is_final)
    all_newlines = np.flatnonzero(data == newline)
    spans_lines = np.searchsorted(all_newlines, scan.ends) > np.searchsorted(all_newlines, scan.starts)
    suspect = spans_lines & ((scan.counts != columns - 1) | (scan.ends - scan.starts > LONGEST_QUOTED))
    consumed = int(min(scan.ends[-1] + 1, len(data))) if len(scan.ends) else 0
    starts, ends, counts, first = scan.starts, scan.ends, scan.counts, scan.first_separator
    separators = scan.separators
    if is_final and scan.is_inside_at_end and len(suspect):
        suspect[-1] = True
    overflow = not is_final and scan.is_inside_at_end and len(data) - consumed > LONGEST_QUOTED
    unclosed = np.zeros(len(starts), np.bool_)
    if suspect.any() or overflow:
        lines = _scan(data, sep, newline, by_line=True, is_final=is_final)
        chosen = _lies_within(lines.starts, scan.starts[suspect], scan.ends[suspect])
        if overflow:
            chosen |= lines.starts >= consumed
            consumed = int(lines.ends[-1] + 1) if len(lines.ends) else consumed
        # a line that opened a quote and did not close it: an odd number of quotes
        quotes = np.flatnonzero(data == QUOTE)
        odd = (np.searchsorted(quotes, lines.ends) - np.searchsorted(quotes, lines.starts)) % 2 == 1
        keep = ~suspect
        order = np.argsort(np.concatenate([starts[keep], lines.starts[chosen]]), kind="stable")

        def merge(kept: npt.NDArray[Any], added: npt.NDArray[Any]) -> npt.NDArray[Any]:
            return np.asarray(np.concatenate([kept, added])[order])

        unclosed = merge(unclosed[keep], odd[chosen])
        first = merge(first[keep], lines.first_separator[chosen] + len(separators))
        counts = merge(counts[keep], lines.counts[chosen])
        starts, ends = merge(starts[keep], lines.starts[chosen]), merge(ends[keep], lines.ends[chosen])
        separators = np.concatenate([separators, lines.separators])
    return _sort_out(data, starts, ends, counts, first, separators, unclosed, columns, consumed, all_newlines, newline)


def cut_header(text: bytes, *, separator: str, newline: int = LF) -> tuple[list[str], int, int]:
    """The fields of the first record, the bytes it takes and the physical lines it spans."""
    data = np.frombuffer(text, np.uint8)
    if not len(data):
        return [], 0, 0
    scan = _scan(data, ord(separator), newline, by_line=False, is_final=True)
    if scan.is_inside_at_end and len(scan.ends) == 1:
        scan = _scan(data, ord(separator), newline, by_line=True, is_final=True)
    end, count = int(scan.ends[0]), int(scan.counts[0])
    consumed = min(end + 1, len(data))
    end -= newline == LF and end > 0 and bool(data[end - 1] == CR)
    cuts = scan.separators[:count]
    cut = Cut(
        consumed=end, lines=0, first_lines=np.zeros(1, np.int64), rejected_lines=np.zeros(0, np.int64),
        reasons=pa.array([]), details=pa.array([]), _buffer=data,
        _starts=np.concatenate([[0], cuts + 1])[None, :], _ends=np.concatenate([cuts, [end]])[None, :],
    )  # fmt: skip
    return [str(cut.column(n)[0]) for n in range(count + 1)], consumed, int((data[:consumed] == newline).sum())


def _lies_within(starts: Positions, from_: Positions, to: Positions) -> Flags:
    if not len(from_):
        return np.zeros(len(starts), np.bool_)
    place = np.searchsorted(from_, starts, side="right") - 1
    return np.asarray((place >= 0) & (starts <= to[np.maximum(place, 0)]))


def _sort_out(
    data: npt.NDArray[np.uint8], starts: Positions, ends: Positions, counts: Positions, first: Positions,
    separators: Positions, unclosed: Flags, columns: int, consumed: int, newlines: Positions, newline: int,
) -> Cut:  # fmt: skip
    if newline == LF:
        ends = ends - ((ends > starts) & (data[np.maximum(ends - 1, 0)] == CR)) if len(ends) else ends
    line_of = np.searchsorted(newlines, starts)
    is_blank = ends == starts
    is_wrong = counts != columns - 1
    nuls = np.flatnonzero(data == 0)
    has_nul = np.searchsorted(nuls, ends) > np.searchsorted(nuls, starts)
    bad = is_blank | is_wrong | has_nul
    reasons = np.select(
        [is_blank[bad], has_nul[bad], unclosed[bad]], ["blank", "nul-byte", "open-quote"], default="field-count"
    )
    details = pc.binary_join_element_wise(
        pa.array(counts[bad] + 1).cast(pa.string()), pa.scalar(f"fields, {columns} expected"), " "
    )
    good = ~bad
    inner = first[good][:, None] + np.arange(columns - 1)[None, :]
    cuts = separators[inner] if inner.size else np.zeros((int(good.sum()), columns - 1), np.int64)
    return Cut(
        consumed=consumed,
        lines=int(np.searchsorted(newlines, consumed)),
        first_lines=line_of[good],
        rejected_lines=line_of[bad],
        reasons=pa.array(reasons.tolist(), pa.string()),
        details=details,
        _buffer=data,
        _starts=np.concatenate([starts[good][:, None], cuts + 1], axis=1),
        _ends=np.concatenate([cuts, ends[good][:, None]], axis=1),
    )
