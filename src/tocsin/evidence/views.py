"""Slices of one buffer as an Arrow column, without copying a byte of it.

A line, a field of a CSV record or an item of a JSON array is a start and an end in a block of text. Arrow's string
views say just that (16 bytes each: length, then the first 4 bytes and an offset, or the whole string up to 12 bytes),
and DuckDB reads them.

>>> views_of(b"one two", np.array([0, 4]), np.array([3, 7])).to_pylist()
['one', 'two']
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from tocsin.evidence.transcode import Bytes, Ints

INLINE = 12


def views_of(
    data: bytes | memoryview | Bytes, starts: Ints, ends: Ints, *, kind: pa.DataType | None = None
) -> pa.Array:
    """``data[start:end]`` for each pair, as strings (or as ``kind``, ``pa.binary_view()``)."""
    source = np.frombuffer(data, np.uint8)
    count = len(starts)
    lengths = (ends - starts).astype(np.int32)
    views = np.zeros((count, 4), np.int32)
    views[:, 0] = lengths
    if len(source) and count:
        padded = source if len(source) >= INLINE else np.concatenate((source, np.zeros(INLINE, np.uint8)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, INLINE)
        first = np.minimum(starts, len(windows) - 1)
        heads = windows[first]
        late = np.flatnonzero(first < starts)
        if len(late):
            _shift_heads(heads, padded, late, starts)
        short = lengths <= INLINE
        heads[np.arange(INLINE) >= np.where(short, lengths, 4)[:, None]] = 0
        views[:, 1:] = heads.view(np.int32)
        views[~short, 3] = starts[~short]
    buffers = [None, pa.py_buffer(views), pa.py_buffer(data)]
    return pa.Array.from_buffers(kind or pa.string_view(), count, buffers)


def _shift_heads(heads: Bytes, source: Bytes, late: Ints, starts: Ints) -> None:
    """Slices that start in the last bytes of the buffer: their window would run past its end."""
    at = starts[late][:, None] + np.arange(INLINE)
    heads[late] = np.where(at < len(source), source[np.minimum(at, len(source) - 1)], 0)
