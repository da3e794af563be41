"""Where items stand in a piece of a JSON array (or of JSON values one after another).

>>> found = spans_in(np.frombuffer(b' {"a": 1}, 2 , {"b"', np.uint8), is_array=True)
>>> list(zip(found.starts.tolist(), found.ends.tolist())), found.nexts.tolist()
([(1, 9), (11, 12)], [10, 14])
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.evidence.formats.json_structure import COMMA, structure_of
from tocsin.evidence.transcode import NONE, Bytes, Ints

PATIENCE = 64
"""Blanks stepped over one by one before the others are looked up at once."""


@dataclass(frozen=True)
class Spans:
    """Items that end in a piece of text, as places in it."""

    starts: Ints
    ends: Ints
    """Blanks around an item are left out, and so are items of nothing but blanks."""
    nexts: Ints
    """Where the text goes on after each item, empty ones included."""
    is_last: bool = False
    """The array ends after the last one."""
    depth: int = 0
    in_string: bool = False
    """The state at the end of the text."""


NOTHING = Spans(NONE, NONE, NONE)


def spans_in(units: Bytes, is_array: bool, depth: int = 0, in_string: bool = False) -> Spans:
    """The items of ``units``, which starts between two items (or within one, at ``depth`` and ``in_string``)."""
    marks = structure_of(units, in_string)
    depths = marks.depths + depth
    end_depth = int(depths[-1]) if len(depths) else depth
    if is_array:
        closing = np.flatnonzero(depths < 0)[:1]
        is_last = len(closing) > 0
        upto = int(closing[0]) if is_last else len(depths)
        stops = marks.places[:upto][(depths[:upto] == 0) & (marks.kinds[:upto] == COMMA)]
        if is_last:
            stops = np.append(stops, marks.places[upto])
        nexts = stops + 1
    else:
        is_last = False
        closed = marks.places[(depths <= 0) & (marks.kinds != COMMA)] + 1
        nexts = np.union1d(closed, marks.feeds[marks.feed_depths + depth <= 0] + 1)
        stops = nexts
    starts = np.concatenate((np.zeros(1, np.int64), nexts[:-1]))[: len(stops)]
    starts, ends = without_blanks(units, starts, stops)
    kept = starts < ends
    return Spans(starts[kept], ends[kept], nexts, is_last, end_depth, marks.ends_in_string)


def without_blanks(units: Bytes, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """The same spans, blanks on both sides left out."""
    starts, ends = starts.copy(), ends.copy()
    moving = np.arange(len(starts))
    for _patience in range(PATIENCE):
        moving = moving[starts[moving] < ends[moving]]
        moving = moving[units[starts[moving]] <= 32]
        starts[moving] += 1
    left = np.arange(len(ends))
    for _patience in range(PATIENCE):
        left = left[starts[left] < ends[left]]
        left = left[units[ends[left] - 1] <= 32]
        ends[left] -= 1
    if len(moving) or len(left):
        ink = np.flatnonzero(units > 32)
        first, last = np.searchsorted(ink, starts), np.searchsorted(ink, ends)
        some = np.append(ink, len(units))
        starts = np.where(first < last, some[np.minimum(first, len(ink))], ends)
        ends = np.where(first < last, some[np.maximum(last - 1, 0)] + 1, ends)
    return starts, ends
