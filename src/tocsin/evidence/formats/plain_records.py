"""Blocks of a separated file without surprise, split by Arrow's own CSV reader: five times cheaper than ``records.py``.

A block has no surprise when none of its lines was refused, each quote opens or closes a whole field on one line, no
quote is doubled, no carriage return stands inside a line, and each line has the right number of fields. All other
blocks are for :func:`~tocsin.evidence.formats.records.records_of`; both give the same rows for these.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from tocsin.evidence.formats.records import QUOTE
from tocsin.evidence.lines import CR, HEADER, LF, Block
from tocsin.evidence.transcode import Bytes

BLANKS = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""The separators of Unicode (Zs)."""


def plain_fields(block: Block, separator: int, wanted: int, columns: Sequence[int]) -> list[pa.Array] | None:
    """The texts of the fields ``columns``, line by line; ``None`` for a block that may hold a surprise."""
    if wanted < 2 or separator in (QUOTE, CR, LF) or not columns or not _is_plain(block, separator):
        return None
    names = [str(number) for number in range(wanted)]
    kept = [str(column) for column in columns]
    try:
        table = csv.read_csv(
            pa.BufferReader(pa.py_buffer(block.text)),
            csv.ReadOptions(use_threads=False, block_size=len(block.text) + 1, column_names=names),
            csv.ParseOptions(delimiter=chr(separator), ignore_empty_lines=False),
            csv.ConvertOptions(
                check_utf8=False, column_types=dict.fromkeys(kept, pa.string()), include_columns=kept,
                null_values=[""], strings_can_be_null=True,
            ),
        )  # fmt: skip
    except pa.ArrowInvalid:  # a line with another number of fields
        return None
    if table.num_rows != len(block.starts):
        return None
    fields = [column.combine_chunks() for column in table.columns]
    return [without_blanks(field) if _may_have_blanks(field) else field for field in fields]


def without_blanks(texts: pa.Array) -> pa.Array:
    """The same texts as the engine's ``trim`` leaves them; NULL where nothing is left."""
    if _may_have_blanks(texts):
        texts = pc.utf8_trim(texts, BLANKS)
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _may_have_blanks(texts: pa.Array) -> bool:
    """Whether a text begins or ends with a space, or with a character beyond ASCII."""
    _validity, places, data = texts.buffers()
    if data is None or not data.size:
        return False
    offsets = np.frombuffer(places, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    units = np.frombuffer(data, np.uint8)
    some = offsets[1:] > offsets[:-1]
    edges = np.concatenate((units[offsets[:-1][some]], units[offsets[1:][some] - 1]))
    return bool(((edges == 32) | (edges > 127)).any())


def _is_plain(block: Block, separator: int) -> bool:
    if np.any((block.reason != 0) & (block.reason != HEADER)):
        return False
    data = bytes(block.text) if not isinstance(block.text, bytes) else block.text
    if data.startswith(codecs.BOM_UTF8) or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
        return False
    return b'"' not in data or _are_at_edges(block, np.frombuffer(data, np.uint8), separator)


def _are_at_edges(block: Block, text: Bytes, separator: int) -> bool:
    """Whether quotes go by two, around whole fields of one line."""
    quotes = np.flatnonzero(text == QUOTE)
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    before, after = text[opening - 1], text[np.minimum(closing + 1, len(text) - 1)]
    is_edge = (before == separator) | (before == LF) | (opening == 0)
    is_edge &= (after == separator) | (after == LF) | (after == CR) | (closing == len(text) - 1)
    if not is_edge.all():
        return False
    return bool((block.ends[np.searchsorted(block.starts, opening, side="right") - 1] > closing).all())
