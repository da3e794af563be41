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
from itertools import compress

from tocsin.engine import Engine, literal

BLANKS = " \t\r\n\u00a0\ufeff"
"""Around a value, they are nothing."""
BARE = {
    "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "DATE", "BOOLEAN",
    "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE",
}  # fmt: skip
"""Types whose texts never hold a blank at an end."""
EDGES = " or ".join(
    ("{0} < '!'", *(f"ends_with({{0}}, {literal(blank)})" for blank in BLANKS))
)  # empty, or begins with a blank or a control character, or ends with a blank
WIDE = [blank for blank in BLANKS if blank > "!"]
BEGINNINGS = " or ".join(f"starts_with({{0}}, {literal(blank)})" for blank in WIDE)
MAY_BEGIN = f"{{0}} >= {literal(min(WIDE))}"
"""Cheaper than :data:`BEGINNINGS`, and false for whatever begins with an ASCII character."""


def needs_no_trim(engine: Engine, source: str, columns: Mapping[str, str]) -> bool:
    """Whether all ``columns`` (name -> type), one or more, of ``source`` can be read as they are."""
    if not BARE.issuperset(set(columns.values()) - {"VARCHAR"}):
        return False
    texts = [_quoted(name) for name, kind in columns.items() if kind == "VARCHAR"]
    asked = [f"coalesce(bool_or({look.format(name)}), false)" for look in (EDGES, MAY_BEGIN) for name in texts]
    asked += [
        f"bit_xor(hash({_quoted(name)}))"  # read, so that a damaged page is met here
        for name, kind in columns.items() if kind != "VARCHAR"
    ]  # fmt: skip
    (found,) = engine.rows(f"select {', '.join(asked)} from {source}")
    if any(found[: len(texts)]):
        return False
    doubtful = compress(texts, found[len(texts) :])
    look = " or ".join(BEGINNINGS.format(name) for name in doubtful)
    return not look or not engine.value(f"select coalesce(bool_or({look}), false) from {source}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
