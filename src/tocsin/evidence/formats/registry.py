"""What a format is: how it cuts a file into lines or items, and the query that reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from tocsin.evidence.case.model import Log
from tocsin.evidence.formats.fields import TimeReading
from tocsin.evidence.lines import LineReader


class Tables(Protocol):
    """The tables ``line_batch`` of a file, in order."""

    def __call__(self, lines: LineReader) -> Iterator[pa.Table]: ...


@dataclass(frozen=True)
class Format:
    """One way to read a log, as ``case.toml`` asks for it."""

    reading: str
    """The query over ``line_batch`` (see ``fields.reading``)."""
    times: TimeReading
    tables: Tables
    quick_reading: str = ""
    """The same rows at less cost; it may fail at lines that are not well formed, which ``reading`` then reads."""
    settled_reading: str = ""
    """The same for runs of settled times (``settled.py``), which stand in ``settled_at`` and ``settled_doubt_s``."""
    time_column: str = ""
    """The column of ``line_batch`` that holds the time, when one does."""


class Opens(Protocol):
    """Prepares a format for one log; refuses a declaration that does not make sense."""

    def __call__(self, log: Log) -> Format: ...


def whole_lines(lines: LineReader) -> Iterator[pa.Table]:
    """One row for each line: the usual way to cut a file."""
    for block in lines.blocks():
        yield block.table()
