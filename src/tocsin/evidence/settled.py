"""Times of a whole run of lines at once, where all of them are written alike: ten times cheaper than text by text.

What is settled here is what ``times.sql`` would find, or nothing: a run that holds one time of another kind is left to
it. ISO 8601 to the microsecond, with or without shift from UTC, and the timestamps of Parquet.

>>> zone = Zone.of([(dt.datetime(2000, 1, 1), 3600 * 100_000 + 86_400 * 100_000), (dt.datetime(2050, 1, 1), None)])
>>> settled = settle_times(pa.chunked_array([["2024-01-22T08:00:00", None]]), zone)
>>> settled.at.to_pylist(), settled.doubt_s.to_pylist()
([datetime.datetime(2024, 1, 22, 7, 0), None], [0, 0])
>>> settle_times(pa.chunked_array([["2024-01-22"]]), zone) is None
True
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.evidence.times import Piece, code_parts
from tocsin.evidence.transcode import Ints

WALL, INSTANT = pa.timestamp("us"), pa.timestamp("us", "UTC")
SHORTEST = len("2024-01-22T08:00:00")
"""Shorter texts are days, or times to the minute: ``times.sql`` has a doubt to tell."""
SHIFT = r"^.*(Z|[+-](0\d|1[0-8]):?[0-5]\d)$"


@dataclass(frozen=True)
class Zone:
    """The periods of a zone between two changes of its clocks: from which wall clock (microseconds) on, in seconds."""

    starts: Ints
    shift_s: Ints
    doubt_s: Ints

    @classmethod
    def of(cls, pieces: list[Piece]) -> Zone:
        """The same periods as arrays."""
        starts = [(at - dt.datetime(1970, 1, 1)) // dt.timedelta(microseconds=1) for at, _code in pieces]  # noqa: DTZ001 - wall clocks of the zone
        parts = [(0, 0) if code is None else code_parts(code) for _at, code in pieces]
        return cls(*(np.array(column, np.int64) for column in (starts, *zip(*parts, strict=True))))


@dataclass(frozen=True)
class Settled:
    """Instants in UTC, and the seconds of doubt on each."""

    at: pa.Array
    doubt_s: pa.Array


def settle_times(written: pa.ChunkedArray, zone: Zone) -> Settled | None:
    """The instants of ``written``; ``None`` when they are not all of one kind that needs no second look."""
    kind = written.type
    if pa.types.is_timestamp(kind):
        if kind.unit == "ns":
            return None
        return _in_utc(written.cast(INSTANT)) if kind.tz else _from_wall(written.cast(WALL), zone)
    if not pa.types.is_string(kind):
        return None
    texts = written.combine_chunks()
    shortest = pc.min(pc.binary_length(texts)).as_py()
    if shortest is None or shortest < SHORTEST:
        return None
    try:
        return _from_wall(texts.cast(WALL), zone)
    except pa.ArrowInvalid:
        pass
    endings = pc.utf8_slice_codeunits(texts, -6).unique()
    if not pc.all(pc.match_substring_regex(endings, SHIFT)).as_py():
        return None
    try:
        return _in_utc(texts.cast(INSTANT))
    except pa.ArrowInvalid:
        return None


def _in_utc(instants: pa.Array) -> Settled:
    return Settled(instants.cast(WALL), pa.repeat(pa.scalar(0, pa.int32()), len(instants)))


def _from_wall(walls: pa.Array, zone: Zone) -> Settled | None:
    """Wall clocks of ``zone`` in UTC; ``None`` when one lies outside the years that were looked up."""
    ticks = pc.fill_null(walls.cast(pa.int64()), int(zone.starts[0])).to_numpy()
    if not len(ticks) or ticks.min() < zone.starts[0] or ticks.max() >= zone.starts[-1]:
        return None
    place = np.searchsorted(zone.starts, ticks, side="right") - 1
    at = pa.array(ticks - zone.shift_s[place] * 1_000_000, WALL)
    return Settled(
        pc.if_else(pc.is_valid(walls), at, pa.scalar(None, WALL)), pa.array(zone.doubt_s[place].astype(np.int32))
    )
