"""Formats whose events are items of a JSON array: the tables of :class:`ItemReader`."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from tocsin.errors import TocsinError
from tocsin.evidence.case.model import Log
from tocsin.evidence.formats.json_items import ItemReader
from tocsin.evidence.formats.json_prelude import keys_of
from tocsin.evidence.formats.registry import Tables
from tocsin.evidence.lines import LineReader
from tocsin.language import _


def item_tables(log: Log) -> Tables:
    """One row for each item of the array that ``log.items`` names."""
    if keys_of(log.items) is None:
        raise TocsinError(
            "unknown-path",
            _("items = {path!r} is not a path such as $.Records").format(path=log.items),
            where=f"log {log.id}",
            why=_("no event of this log could be found"),
            remedy=_("write $, or $ followed by .key for each level, for items in case.toml"),
        )

    def tables(lines: LineReader) -> Iterator[pa.Table]:
        for block in ItemReader(lines, log.items).blocks():
            yield block.table()

    return tables
