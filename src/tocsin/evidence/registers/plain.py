"""Text without quotes cut by Arrow's CSV reader, several times cheaper than the general cut of ``records.py``.

Only what cannot be read in two ways is read here: no quote, no NUL, no stray carriage return, no blank line (Arrow
would make a row of it), the right number of fields on every line. Anything else is left to the general cut, which
alone knows how to reject a line.

>>> cut = cut_plain(b"1;a\\n2;\\n3", separator=";", columns=2, wanted=[1], is_final=False)
>>> cut.column(1).to_pylist(), cut.first_lines.tolist(), cut.consumed
(['a', None], [0, 1], 7)
>>> cut_plain(b'1;"a"\\n', separator=";", columns=2, wanted=[1], is_final=True) is None
True
>>> cut_plain(b'1;a;b\\n', separator=";", columns=2, wanted=[1], is_final=True) is None
True
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from pyarrow import csv

from tocsin.evidence.registers.records import LF, Positions


@dataclass(frozen=True)
class PlainCut:
    """Records of one piece of text, none rejected: one a line. Empty fields are NULL."""

    consumed: int
    lines: int
    first_lines: Positions
    _table: pa.Table = field(repr=False)

    def column(self, number: int) -> pa.Array:
        """The values of one of the columns wanted."""
        return self._table.column(str(number)).combine_chunks()


def cut_plain(text: bytes, *, separator: str, columns: int, wanted: Collection[int], is_final: bool) -> PlainCut | None:
    """Cut the whole lines of ``text``; None when it is not plain."""
    if columns < 2 or b'"' in text or b"\0" in text or _has_stray_return(text) or _has_blank_line(text):
        return None
    consumed = len(text) if is_final else text.rfind(b"\n") + 1
    if not consumed:
        return None
    lines = int(np.count_nonzero(np.frombuffer(text, np.uint8) == LF))
    rows = lines + (is_final and not text.endswith(b"\n"))
    names = [str(number) for number in range(columns)]
    kept = [names[number] for number in sorted(set(wanted))]
    try:
        table = csv.read_csv(
            pa.BufferReader(pa.py_buffer(text).slice(0, consumed)),
            csv.ReadOptions(use_threads=False, block_size=consumed + 1, column_names=names),
            csv.ParseOptions(delimiter=separator, quote_char=False, double_quote=False, ignore_empty_lines=False),
            csv.ConvertOptions(
                check_utf8=False, column_types=dict.fromkeys(kept, pa.string()), include_columns=kept,
                strings_can_be_null=True, null_values=[""],
            ),
        )  # fmt: skip
    except pa.ArrowInvalid:  # a line with more or fewer fields
        return None
    if table.num_rows != rows:
        return None
    return PlainCut(consumed, lines, np.arange(rows), table)


def _has_stray_return(text: bytes) -> bool:
    return b"\r" in text and text.count(b"\r") != text.count(b"\r\n")


def _has_blank_line(text: bytes) -> bool:
    return text.startswith((b"\n", b"\r\n")) or b"\n\n" in text or (b"\r" in text and b"\n\r\n" in text)
