"""Separated files (CSV, TSV): ``[log.fields]`` says which column holds each field.

The separator is read off the header unless declared. The header counts as a line read and refused (``header``); the
lines inside a quoted field belong to their record, which has the number of its first line.

>>> header_of(b'date;compte;"nom; usage"', "auto")
(59, ['date', 'compte', 'nom; usage'])
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.errors import TocsinError
from tocsin.evidence.case.model import Log
from tocsin.evidence.formats.fields import NO_IDS, TEXTS, FieldMap, criteria_sql, mapping_of, reading, time_reading
from tocsin.evidence.formats.plain_records import plain_fields, without_blanks
from tocsin.evidence.formats.records import Records, records_of
from tocsin.evidence.formats.registry import Format, Tables
from tocsin.evidence.lines import HEADER, Block, LineReader
from tocsin.evidence.views import views_of
from tocsin.language import _

SEPARATORS = ",;\t|"


def open_csv(log: Log) -> Format:
    """``format = "csv"``."""
    fields = mapping_of(log)
    names = column_names(fields)

    def tables(lines: LineReader) -> Iterator[pa.Table]:
        return _tables(log, fields, names, lines)

    return column_format(log, fields, names, tables)


def column_format(log: Log, fields: FieldMap, names: list[str], tables: Tables, text_of: str = "{}") -> Format:
    """The format of a file of columns."""
    reading = column_reading(fields, names, text_of)
    times = time_reading(log.time_format)
    if log.time_format is not None or len(fields.places["time"]) > 1:
        return Format(reading, times, tables)
    settled = column_reading(fields, names, text_of, is_settled=True)
    (time,) = fields.places["time"]
    return Format(reading, times, tables, settled_reading=settled, time_column=f"f{names.index(time)}")


def column_names(fields: FieldMap) -> list[str]:
    """The columns of the file that are read, each once."""
    return list(dict.fromkeys(name for places in fields.places.values() for name in places))


def column_reading(fields: FieldMap, names: list[str], text_of: str = "{}", *, is_settled: bool = False) -> str:
    """The query over columns ``f0``, ``f1``... that hold the columns ``names`` of the file.

    ``text_of`` makes of each a text without blanks around it, NULL when it is empty.
    """

    def text(places: tuple[str, ...]) -> str:
        found = [text_of.format(f"f{names.index(place)}") for place in places]
        return f"coalesce({', '.join(found)})" if len(found) > 1 else found[0]

    before = {
        f"text_of_{name}": text(fields.places[name]) for name in ("criteria", "record_ids") if name in fields.places
    }
    before |= {f"criterion_{number}": text(places) for number, places in enumerate(fields.criteria().values())}
    parts = {name: f"criterion_{number}" for number, name in enumerate(fields.criteria())}
    return reading(
        {name: text(places) for name, places in fields.places.items() if name in TEXTS},
        record_ids="ids_in(text_of_record_ids)" if "record_ids" in fields.places else NO_IDS,
        criteria=criteria_sql("text_of_criteria" if "criteria" in fields.places else None, parts),
        texts_before=before,
        is_settled=is_settled,
    )


def header_of(line: bytes, separator: str) -> tuple[int, list[str]]:
    """The separator (as a byte) and the column names of a header line."""
    text = line.decode("utf-8")
    if separator in ("tab", "\\t"):
        separator = "\t"
    if separator == "auto":
        separator = max(SEPARATORS, key=lambda mark: len(next(csv.reader([text], delimiter=mark))))
    return ord(separator), [name.strip() for name in next(csv.reader([text], delimiter=separator))]


def columns_of(names: list[str], fields: FieldMap, found: list[str], where: str) -> list[int]:
    """Where the columns ``names`` stand in the header ``found``; -1 for one that another may replace."""
    for field, places in fields.places.items():
        missing = [place for place in places if place not in found]
        if len(missing) == len(places):
            raise TocsinError(
                "column-missing",
                _("{field} should stand in the column {column!r}; this file only has: {found}").format(
                    field=field, column=missing[0], found=", ".join(found)
                ),
                where=where,
                why=_("every line would be read without it"),
                remedy=_("correct [log.fields] in case.toml, or the separator and encoding of this log"),
            )
        for place in places:
            if found.count(place) > 1:
                raise TocsinError(
                    "column-repeated",
                    _("the column {column!r} stands {count} times in the header").format(
                        column=place, count=found.count(place)
                    ),
                    where=where,
                    why=_("nobody can tell which of them holds {field}").format(field=field),
                    remedy=_("rename the columns in a copy of the file, and seal that copy beside the original"),
                )
    return [found.index(name) if name in found else -1 for name in names]


def _tables(log: Log, fields: FieldMap, names: list[str], lines: LineReader) -> Iterator[pa.Table]:
    if log.separator not in ("auto", "tab", "\\t") and (len(log.separator) != 1 or not log.separator.isascii()):
        raise TocsinError(
            "unknown-separator",
            _("{separator!r} cannot separate columns").format(separator=log.separator),
            where=f"log {log.id}",
            why=_("no line of this log could be split"),
            remedy=_("write auto, tab, or one character such as ; for separator in case.toml"),
        )
    separator, columns, present, wanted = 0, [], [], 0
    tail: Block | None = None
    for block in lines.blocks():
        if not wanted:
            good = np.flatnonzero(block.reason == 0)[:1]
            if not len(good):
                yield _table(block, [None] * len(names))
                continue
            first = int(good[0])
            line = bytes(block.text[block.starts[first] : block.ends[first]])
            separator, header = header_of(line, log.separator)
            columns, wanted = columns_of(names, fields, header, str(lines.source.path)), len(header)
            block.reason[first] = HEADER
        present = list(dict.fromkeys(at for at in columns if at >= 0))
        plain = plain_fields(block, separator, wanted, present) if tail is None else None
        if plain is not None:
            yield _table(block, _in_order(plain, present, columns))
            continue
        whole = block if tail is None else joined(tail, block)
        records = records_of(whole, separator, wanted, present, is_end=False)
        tail = records.tail
        yield _table(records.block, _in_order(_texts(records), present, columns))
    if tail is not None:
        records = records_of(joined(tail), separator, wanted, present, is_end=True)
        yield _table(records.block, _in_order(_texts(records), present, columns))


def joined(tail: Block, block: Block | None = None) -> Block:
    """The lines of ``tail``, then those of ``block``, over one text."""
    text_from, raw_from = int(tail.starts[0]), int(tail.raw_starts[0])
    text, raw = bytes(tail.text[text_from:]), bytes(tail.raw[raw_from:])
    same = tail.text is tail.raw and (block is None or block.text is block.raw)
    moved = replace(
        tail, text=text, raw=text if same else raw, starts=tail.starts - text_from, ends=tail.ends - text_from,
        raw_starts=tail.raw_starts - raw_from, raw_ends=tail.raw_ends - raw_from,
    )  # fmt: skip
    if block is None:
        return moved
    both = text + bytes(block.text)
    names = ("line_no", "last_line", "item_no", "byte_offset", "reason")
    return replace(
        moved,
        text=both, raw=both if same else raw + bytes(block.raw),
        starts=np.concatenate((moved.starts, block.starts + len(text))),
        ends=np.concatenate((moved.ends, block.ends + len(text))),
        raw_starts=np.concatenate((moved.raw_starts, block.raw_starts + len(raw))),
        raw_ends=np.concatenate((moved.raw_ends, block.raw_ends + len(raw))),
        **{name: np.concatenate((getattr(moved, name), getattr(block, name))) for name in names},
    )  # fmt: skip


def _texts(records: Records) -> list[pa.Array]:
    """The fields of ``records``."""
    text = records.block.text
    fields = [views_of(text, *span).cast(pa.string()) for span in zip(records.starts, records.ends, strict=True)]
    if b'""' in bytes(text):
        fields = [pc.replace_substring(field, '""', '"') for field in fields]
    return [without_blanks(field) for field in fields]


def _in_order(fields: list[pa.Array], present: list[int], columns: list[int]) -> list[pa.Array | None]:
    """The field of each of ``columns``, out of those of ``present``."""
    return [fields[present.index(at)] if at >= 0 and fields else None for at in columns]


def _table(block: Block, fields: list[pa.Array | None]) -> pa.Table:
    table = block.columns() | {"line": block.texts()}
    for number, field in enumerate(fields):
        table[f"f{number}"] = pa.nulls(len(block.starts), pa.string()) if field is None else field
    return pa.table(table)
