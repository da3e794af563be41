"""A Parquet register read where it lies, when its texts need no trim: copying it costs as much as reading it.

One look tells whether a text is empty, or has a blank at one of its ends. Columns of numbers, days and instants become
texts each time that they are read. Anything else is staged (``staging.py``); both give the same rows.

>>> from tocsin.engine import Engine
>>> with Engine(threads=1) as engine:
...     [needs_no_trim(engine, f"(select '{text}' as name)", {"name": "VARCHAR"}) for text in ("Zoé", "Zoé ")]
[True, False]
"""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.engine import Engine, literal

BLANKS = " \t\r\n\u00a0\ufeff"
"""Around a value, they are nothing."""
BARE = {
    "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "DATE", "BOOLEAN",
    "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE",
}  # fmt: skip
"""Types whose texts never hold a blank at an end."""
EDGES = (
    "{0} < '!'",  # empty, or begins with a blank or a control character
    *(f"starts_with({{0}}, {literal(blank)})" for blank in BLANKS if blank > "!"),
    *(f"ends_with({{0}}, {literal(blank)})" for blank in BLANKS),
)


def needs_no_trim(engine: Engine, source: str, columns: Mapping[str, str]) -> bool:
    """Whether all ``columns`` (name -> type), one or more, of ``source`` can be read as they are."""
    if not BARE.issuperset(set(columns.values()) - {"VARCHAR"}):
        return False
    asked = [
        f"bool_or({' or '.join(edge.format(_quoted(name)) for edge in EDGES)})"
        if kind == "VARCHAR"
        else f"bit_xor(hash({_quoted(name)}))"  # read, so that a damaged page is met here
        for name, kind in columns.items()
    ]
    (found,) = engine.rows(f"select {', '.join(asked)} from {source}")
    return not any(value is True for value in found)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
