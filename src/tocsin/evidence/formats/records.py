"""The records of a separated file (RFC 4180): which lines belong together, and where each field stands.

A quoted field may hold line ends: its record then covers several lines. When what looks like such a record does not
have the right number of fields, its lines are taken one by one instead, so that a stray quote spoils one line and not
a hundred. A line whose quotes do not pair is kept when its separators alone give the right number of fields.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tocsin.evidence.lines import BLANK, CR, LF, UNCLOSED_QUOTE, WRONG_FIELD_COUNT, Block
from tocsin.evidence.transcode import NONE, Bytes, Ints

LONGEST_RECORD = 100
"""Lines of one record, at most."""
QUOTE = 34


@dataclass(frozen=True)
class Records:
    """The records of a block."""

    block: Block
    """One row a record; refused lines among them."""
    starts: list[Ints]
    ends: list[Ints]
    """For each field, where it stands in the text, its quotes left out; nothing where the record is refused."""
    tail: Block | None
    """Lines of a record left open, to be read again before the next block."""


def records_of(block: Block, separator: int, wanted: int, columns: list[int], *, is_end: bool) -> Records:
    """The records of ``block`` with ``wanted`` fields each; the fields ``columns`` of them."""
    text = np.frombuffer(block.text, np.uint8)
    all_marks = np.flatnonzero(text == separator)
    quotes = np.flatnonzero(text == QUOTE)
    first, last = _pairs(block, quotes, text, separator)
    count = len(block.starts)
    tail = None
    if len(first) and last[-1] == count:  # left open
        start = int(first[-1])
        first, last = first[:-1], last[:-1]
        if not is_end and count - start <= LONGEST_RECORD:
            keep = np.arange(count) < start
            tail, block, count = block.slice(~keep), block.slice(keep), start
    first, last = _well_formed(block, first, last, all_marks, quotes, wanted)
    inner = np.zeros(count + 1, np.int64)
    inner[first] += 1
    inner[last + 1] -= 1
    heads = np.ones(count, np.bool_)
    heads[np.cumsum(inner[:-1]) > 0] = False
    heads[first] = True
    ends = np.arange(count)
    ends[first] = last
    is_merged = np.zeros(count, np.bool_)
    is_merged[first] = True
    rows = np.flatnonzero(heads)
    joined = _joined(block, rows, ends[rows], is_merged[rows])
    return _with_fields(joined, is_merged[rows], all_marks, quotes, wanted, columns, text, tail)


def _pairs(block: Block, quotes: Ints, text: Bytes, separator: int) -> tuple[Ints, Ints]:
    """Lines with an odd number of quotes, two by two; the last one may be paired with the end of the block.

    The first holds a quote where a field begins, the second one where a field ends: others are stray.
    """
    if not len(quotes):
        return NONE, NONE
    amount = np.searchsorted(quotes, block.ends) - np.searchsorted(quotes, block.starts)
    odd = np.flatnonzero((amount % 2 == 1) & (block.reason == 0))
    padded = np.concatenate((np.full(1, LF, np.uint8), text, np.full(1, LF, np.uint8)))
    edges = (separator, LF, CR)
    opens = _lines_with(block, quotes[np.isin(padded[quotes], edges)])
    closes = _lines_with(block, quotes[np.isin(padded[quotes + 2], edges)])
    firsts, lasts = [], []
    while len(odd) > 1:
        pairs = odd[: len(odd) // 2 * 2].reshape(-1, 2)
        size = pairs[:, 1] - pairs[:, 0]
        far = np.flatnonzero((size >= LONGEST_RECORD) | ~opens[pairs[:, 0]] | ~closes[pairs[:, 1]])[:1]
        upto = int(far[0]) if len(far) else len(pairs)
        firsts.append(pairs[:upto, 0])
        lasts.append(pairs[:upto, 1])
        odd = odd[2 * upto + len(far) :]
    if len(odd) and opens[odd[0]]:
        firsts.append(odd)
        lasts.append(np.full(1, len(block.starts)))
    return (np.concatenate(firsts), np.concatenate(lasts)) if firsts else (NONE, NONE)


def _lines_with(block: Block, places: Ints) -> npt.NDArray[np.bool_]:
    """Lines that hold one of ``places``."""
    holds: npt.NDArray[np.bool_] = np.searchsorted(places, block.ends) > np.searchsorted(places, block.starts)
    return holds


def _outside(marks: Ints, quotes: Ints, starts: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
    """Separators outside quotes in each span: all of them, and for each span its first and how many."""
    if len(quotes) and len(starts):
        span = np.maximum(np.searchsorted(starts, marks, side="right") - 1, 0)
        before = np.searchsorted(quotes, marks) - np.searchsorted(quotes, starts)[span]
        marks = marks[before % 2 == 0]
    first = np.searchsorted(marks, starts)
    return marks, first, np.searchsorted(marks, ends) - first


def _well_formed(block: Block, first: Ints, last: Ints, marks: Ints, quotes: Ints, wanted: int) -> tuple[Ints, Ints]:
    """The records of several lines that have the right number of fields and hold no refused line."""
    if not len(first):
        return first, last
    _marks, _first, amount = _outside(marks, quotes, block.starts[first], block.ends[last])
    refused = np.concatenate((np.zeros(1, np.int64), np.cumsum((block.reason != 0) & (block.reason != BLANK))))
    keep = (amount == wanted - 1) & (refused[last + 1] == refused[first])
    return first[keep], last[keep]


def _joined(block: Block, rows: Ints, lasts: Ints, is_merged: npt.NDArray[np.bool_]) -> Block:
    """One row a record, from its first line to its last."""
    reason = np.where(is_merged, 0, block.reason[rows]).astype(np.int8)
    return replace(
        block,
        starts=block.starts[rows], ends=block.ends[lasts],
        raw_starts=block.raw_starts[rows], raw_ends=block.raw_ends[lasts],
        line_no=block.line_no[rows], last_line=block.last_line[lasts], item_no=block.item_no[rows],
        byte_offset=block.byte_offset[rows], reason=reason,
    )  # fmt: skip


def _with_fields(
    block: Block, is_merged: npt.NDArray[np.bool_], all_marks: Ints, quotes: Ints, wanted: int,
    columns: list[int], text: Bytes, tail: Block | None,
) -> Records:  # fmt: skip
    marks, first, amount = _outside(all_marks, quotes, block.starts, block.ends)
    plain_first = np.searchsorted(all_marks, block.starts)
    plain_amount = np.searchsorted(all_marks, block.ends) - plain_first
    odd = (np.searchsorted(quotes, block.ends) - np.searchsorted(quotes, block.starts)) % 2 == 1
    is_open = odd & ~is_merged
    is_plain = ~is_merged & (is_open | (amount != wanted - 1)) & (plain_amount == wanted - 1)
    is_good = (block.reason == 0) & (is_plain | (~is_open & (amount == wanted - 1)))
    reason = block.reason.copy()
    reason[(reason == 0) & ~is_good] = WRONG_FIELD_COUNT
    reason[(reason == WRONG_FIELD_COUNT) & is_open] = UNCLOSED_QUOTE
    starts, ends = [], []
    for column in columns:
        a, b = block.starts.copy(), block.ends.copy()
        for use, places, at in ((is_good & ~is_plain, marks, first), (is_good & is_plain, all_marks, plain_first)):
            if column > 0:
                a[use] = places[at[use] + column - 1] + 1
            if column < wanted - 1:
                b[use] = places[at[use] + column]
        b[~is_good] = a[~is_good]
        if len(quotes):
            size = b - a
            quoted = np.flatnonzero((size >= 2) & is_good & ~is_plain)
            quoted = quoted[(text[a[quoted]] == QUOTE) & (text[b[quoted] - 1] == QUOTE)]
            a[quoted] += 1
            b[quoted] -= 1
        starts.append(a)
        ends.append(b)
    return Records(replace(block, reason=reason), starts, ends, tail)
