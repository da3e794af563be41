"""Where the braces, brackets and commas of a JSON text stand, outside its strings.

A string of JSON holds no raw line feed, so that a quote left open spoils its own line and nothing more.

>>> marks = structure_of(np.frombuffer(b'[{"a,]": 1}, 2]', np.uint8))
>>> marks.places.tolist(), marks.depths.tolist()
([0, 1, 10, 11, 14], [1, 2, 1, 1, 0])
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.evidence.transcode import Bytes, Ints

LF, QUOTE, BACKSLASH, COMMA = 10, 34, 92, 44
_STEP = np.zeros(256, np.int8)
_STEP[[ord("{"), ord("[")]] = 1
_STEP[[ord("}"), ord("]")]] = -1
_MARK = (_STEP != 0) | (np.arange(256) == COMMA) | (np.arange(256) == LF)


@dataclass(frozen=True)
class Structure:
    """The marks of a text, in order."""

    places: Ints
    kinds: Bytes
    """The character at each place: brace, bracket, comma (line feeds are left out)."""
    depths: Ints
    """The depth after each, counted from the start of the text."""
    feeds: Ints
    """Where lines end."""
    feed_depths: Ints
    """The depth at each end of line."""
    ends_in_string: bool


def structure_of(units: Bytes, in_string: bool = False) -> Structure:
    """The marks of ``units``; ``in_string`` when the text starts inside a string."""
    inside = _inside_strings(units, in_string)
    marks = np.flatnonzero(_MARK[units] & ~inside)
    kinds = units[marks]
    depths = np.cumsum(_STEP[kinds], dtype=np.int64)
    is_feed = kinds == LF
    is_mark = ~is_feed
    return Structure(
        marks[is_mark], kinds[is_mark], depths[is_mark], marks[is_feed], depths[is_feed],
        bool(inside[-1]) if len(inside) else in_string,
    )  # fmt: skip


def _inside_strings(units: Bytes, in_string: bool) -> npt.NDArray[np.bool_]:
    quotes = np.flatnonzero(units == QUOTE)
    quotes = quotes[~_are_escaped(units, quotes)]
    feeds = np.flatnonzero(units == LF)
    before = np.searchsorted(quotes, np.concatenate((np.zeros(1, np.int64), feeds)))
    line = np.searchsorted(feeds, quotes)
    rank = np.arange(len(quotes)) - before[line] + (np.where(line == 0, 1, 0) if in_string else 0)
    toggles = np.zeros(len(units) + 1, np.int8)
    toggles[quotes] = np.where(rank % 2 == 0, 1, -1)
    if in_string:
        toggles[0] += 1
    # a quote left open closes where its line ends
    counts = np.diff(np.append(before, len(quotes)))
    counts[0] += 1 if in_string else 0
    odd = np.flatnonzero(counts[: len(feeds)] % 2)
    toggles[feeds[odd]] -= 1
    return np.cumsum(toggles[:-1], dtype=np.int8).astype(np.bool_)


def _are_escaped(units: Bytes, quotes: Ints) -> npt.NDArray[np.bool_]:
    """Quotes after an odd number of backslashes."""
    escaped = np.zeros(len(quotes), np.bool_)
    waiting = np.arange(len(quotes))
    back = 1
    while len(waiting):
        at = quotes[waiting] - back
        waiting = waiting[(at >= 0) & (units[np.maximum(at, 0)] == BACKSLASH)]
        escaped[waiting] ^= True
        back += 1
    return escaped
