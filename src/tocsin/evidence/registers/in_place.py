"""A Parquet register read where it lies, when its texts need no trim: copying it costs as much as reading it.

One look checks that every text is valid UTF-8, not empty and without blanks around it. Columns of numbers, days and
instants become texts each time that they are read. Anything else is staged (``staging.py``); both give the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

BLANKS = " \t\r\n\u00a0\ufeff"
"""Around a value, they are nothing."""
BARE = {
    "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "DATE", "BOOLEAN",
    "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE",
}  # fmt: skip
"""Types of the engine whose texts never hold a blank at an end."""
LOOK_ROWS = 65_536


def needs_no_trim(path: Path, columns: Mapping[str, str]) -> bool:
    """Whether all ``columns`` (name -> type of the engine) of ``path`` can be read as they are."""
    texts = [name for name, kind in columns.items() if kind == "VARCHAR"]
    if any(kind not in BARE and kind != "VARCHAR" for kind in columns.values()):
        return False
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
            if any(schema.names.count(name) != 1 or schema.field(name).type != pa.string() for name in texts):
                return False
            batches = file.iter_batches(LOOK_ROWS, columns=texts) if texts else ()
            return not any(_has_blanks(values) for batch in batches for values in batch.columns)
    except (pa.ArrowException, OSError):  # staging tells it in the user's words
        return False


def _has_blanks(values: pa.Array) -> bool:
    values.validate(full=True)
    lengths = pc.binary_length(values)
    if pc.min(lengths).as_py() == 0:
        return True
    trimmed = pc.utf8_trim(values, characters=BLANKS)
    return bool(pc.sum(pc.binary_length(trimmed)) != pc.sum(lengths))
