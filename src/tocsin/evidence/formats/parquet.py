"""Parquet tables of events: ``[log.fields]`` says which column holds each field.

A Parquet file has no lines: line_no is the number of the row, from 1, and byte_offset that number less one.

>>> from tocsin.evidence.case.model import Log
>>> log = Log(id="a", portal="p", node="n", files=("a",), format="parquet", fields={"time": "ts"})
>>> "f0::varchar as time" in open_parquet(log).reading
True
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tocsin.errors import TocsinError
from tocsin.evidence.case.model import Log
from tocsin.evidence.formats.delimited import column_format, column_names, columns_of
from tocsin.evidence.formats.fields import FieldMap, mapping_of
from tocsin.evidence.formats.plain_records import without_blanks
from tocsin.evidence.formats.registry import Format
from tocsin.evidence.lines import LineReader
from tocsin.language import _

ROWS = 100_000


def open_parquet(log: Log) -> Format:
    """``format = "parquet"``."""
    fields = mapping_of(log)
    names = column_names(fields)

    def tables(lines: LineReader) -> Iterator[pa.Table]:
        return _tables(fields, names, lines)

    return column_format(log, fields, names, tables, "{}::varchar")


def _tables(fields: FieldMap, names: list[str], lines: LineReader) -> Iterator[pa.Table]:
    path = lines.source.path
    try:
        with pq.ParquetFile(path) as file:
            columns_of(names, fields, file.schema_arrow.names, str(path))
            for batch in file.iter_batches(batch_size=ROWS):
                yield _numbered(batch, names, lines)
                lines.source.bytes_read += batch.nbytes
        lines.source.bytes_consumed = path.stat().st_size
    except (pa.ArrowException, OSError) as error:
        raise TocsinError(
            "unreadable-file",
            _("this file cannot be read as Parquet: {error}").format(error=str(error).splitlines()[0][:200]),
            where=str(path),
            why=_("its events would be missing from every figure"),
            remedy=_("ask its sender for the file again, with its digest; a Parquet file cut short cannot be mended"),
        ) from error


def _numbered(batch: pa.RecordBatch, names: list[str], lines: LineReader) -> pa.Table:
    count = batch.num_rows
    number = np.arange(lines.lines + 1, lines.lines + count + 1, dtype=np.int64)
    lines.lines += count
    table: dict[str, object] = {
        "line_no": number, "last_line": number, "item_no": np.zeros(count, np.int32), "byte_offset": number - 1,
        "raw": pa.nulls(count, pa.binary_view()), "reason": pa.nulls(count, pa.string()),
        "line": pa.StructArray.from_arrays(batch.columns, names=[f"c{n}" for n in range(batch.num_columns)]),
    }  # fmt: skip
    for at, name in enumerate(names):
        table[f"f{at}"] = _flat(batch.column(name)) if name in batch.schema.names else pa.nulls(count, pa.string())
    return pa.table(table)


def _flat(column: pa.Array) -> pa.Array:
    """Texts without blanks around them; a list of values as one text, values between ``|``."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        column = pc.binary_join(column.cast(pa.list_(pa.string())), "|")
    return without_blanks(column) if pa.types.is_string(column.type) else column
