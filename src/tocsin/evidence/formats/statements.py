"""The query of a format: planned once for small files, of which there may be thousands; by all threads for large ones.

Planning costs as much as reading 20,000 lines. A prepared plan saves it, but its rows come through one thread.
Both read :class:`Lines`, which gives DuckDB other lines each time.
"""

from __future__ import annotations

from collections import OrderedDict
from itertools import count
from pathlib import Path
from weakref import WeakKeyDictionary

import pyarrow as pa

from tocsin.engine.duck import Engine
from tocsin.evidence.times import load_times

CRITERIA_SQL = Path(__file__).with_name("criteria.sql")
KEPT = 16
"""Plans kept for each engine."""
FEW = 16_384
"""Lines that one thread reads sooner than the query is planned."""


class Lines:
    """What DuckDB sees as a table: the lines to be read now (https://arrow.apache.org/docs/format/CDataInterface)."""

    def __init__(self, schema: pa.Schema) -> None:
        self.schema = schema
        self.batches: list[pa.RecordBatch] = []

    def __arrow_c_schema__(self) -> object:
        return self.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return pa.RecordBatchReader.from_batches(self.schema, self.batches).__arrow_c_stream__(requested_schema)


class Statement:
    """One query over lines of one schema."""

    def __init__(self, engine: Engine, name: str, query: str, schema: pa.Schema) -> None:
        self._name = name
        self._query = query.replace("{source}", f"lines_of_{name}", 1)
        self._is_prepared = False
        self._lines = Lines(schema)
        engine.connection.register(f"lines_of_{name}", self._lines)

    def read(self, engine: Engine, batches: list[pa.RecordBatch]) -> pa.Table:
        """The rows of the query over ``batches``."""
        self._lines.batches = batches
        try:
            if sum(len(batch) for batch in batches) > FEW:
                return engine.connection.sql(self._query).to_arrow_table()
            if not self._is_prepared:
                engine.run(f"prepare {self._name} as {self._query}")
                self._is_prepared = True
            return engine.connection.execute(f"execute {self._name}").to_arrow_table()
        finally:
            self._lines.batches = []

    def close(self, engine: Engine) -> None:
        """Forget the plan."""
        if self._is_prepared:
            engine.run(f"deallocate {self._name}")
        engine.forget(f"lines_of_{self._name}")


class Statements:
    """The macros and the plans of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._plans: OrderedDict[tuple[str, str, pa.Schema], Statement] = OrderedDict()
        self._numbers = count(1)
        self._zone = ""
        engine.run(CRITERIA_SQL.read_text("utf-8"))

    def use_zone(self, engine: Engine, zone: str, where: str) -> None:
        """Local times are now those of ``zone``."""
        if zone != self._zone:
            self._zone = ""
            load_times(engine, zone, where)
            self._zone = zone

    def get(self, engine: Engine, query: str, schema: pa.Schema) -> Statement:
        """The plan of ``query``, in the zone in use."""
        key = (self._zone, query, schema)
        if key not in self._plans:
            if len(self._plans) >= KEPT:
                self._plans.popitem(last=False)[1].close(engine)
            self._plans[key] = Statement(engine, f"reading_{next(self._numbers)}", query, schema)
        self._plans.move_to_end(key)
        return self._plans[key]


_OF: WeakKeyDictionary[Engine, Statements] = WeakKeyDictionary()


def statements_of(engine: Engine) -> Statements:
    """The plans of ``engine``."""
    if engine not in _OF:
        _OF[engine] = Statements(engine)
    return _OF[engine]
