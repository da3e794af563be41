"""The columns of ``parsed_event`` and ``rejected_line``, and how each is best kept in Parquet.

>>> EVENTS.names[:3], REJECTS.names[-2:]
(['evidence_id', 'line_no', 'item_no'], ['reason', 'detail'])
"""

from __future__ import annotations

import pyarrow as pa

TEXT, COUNT, SMALL = pa.string(), pa.int64(), pa.int32()
EVENTS = pa.schema({
    "evidence_id": SMALL, "line_no": COUNT, "item_no": SMALL, "byte_offset": COUNT,
    "at": pa.timestamp("us"), "at_written": TEXT, "time_doubt_s": SMALL,
    "account": TEXT, "session_token": TEXT, "address": TEXT, "user_agent": TEXT, "action": TEXT, "outcome": TEXT,
    "status": SMALL, "bytes": COUNT, "record_ids": pa.list_(pa.field("l", TEXT)), "criteria": TEXT,
    "page": SMALL, "page_size": SMALL, "row_offset": COUNT, "returned": COUNT, "total": COUNT, "sequence_no": COUNT,
    "request_id": TEXT, "line_hash": pa.uint64(),
})  # fmt: skip
"""One row per event, by ``line_no``, ``item_no``."""
REJECTS = pa.schema({
    "evidence_id": SMALL, "line_no": COUNT, "item_no": SMALL, "byte_offset": COUNT, "reason": TEXT, "detail": TEXT,
})  # fmt: skip
"""One row per line or item that is not an event, by ``line_no``, ``item_no``."""

COUNTED = ("line_no", "byte_offset", "at", "sequence_no")
"""Values that follow one another: their differences are kept, which is smaller and quicker."""
DISTINCT = {*COUNTED, "at_written", "request_id", "line_hash"}
"""Nearly always different: a dictionary of their values would be made for nothing."""


def encoding_of(schema: pa.Schema) -> dict[str, object]:
    """The options of ``ParquetWriter`` for one of these tables."""
    names = ["record_ids.list.element" if name == "record_ids" else name for name in schema.names]
    return {
        "compression": "zstd",
        "use_dictionary": [name for name in names if name not in DISTINCT],
        "column_encoding": {name: "DELTA_BINARY_PACKED" for name in COUNTED if name in names},
        "store_schema": False,
    }
