"""Tables computed once: each step's Parquet file is named by the digest of all that it depends on.

The name holds the step, its SQL, its parameters, the digests of the tables it reads and the engine's version. So a
killed run finds its finished steps again, and a changed verdict or one more log recomputes only what follows from it.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from tocsin.engine.duck import MACROS, Engine

ENGINE_VERSION = f"duckdb {duckdb.__version__}"


@dataclass(frozen=True)
class Table:
    """A table of the run."""

    name: str
    key: str
    """Digest of all that it depends on."""
    files: tuple[Path, ...]
    rows: int
    sql: str = ""
    inputs: tuple[str, ...] = ()
    seconds: float = 0.0
    reused: bool = False


def digest(*parts: object) -> str:
    """A short digest of JSON-able parts."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:24]


class Workbench:
    """Where the tables of a run are made, in order; ``announce(step, seconds)`` hears of each as it ends."""

    def __init__(self, engine: Engine, folder: Path, announce: Callable[[str, float], None] | None = None) -> None:
        self.engine = engine
        self.folder = folder
        self.tables: dict[str, Table] = {}
        self._announce = announce or (lambda _step, _seconds: None)
        self._base = digest(ENGINE_VERSION, MACROS.read_text("utf-8"))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def beside(self, names: Sequence[str]) -> Workbench:
        """A workbench on another connection to the same database, which knows the tables ``names``."""
        other = Workbench(self.engine.beside(), self.folder, self._announce)
        other.tables = {name: self.tables[name] for name in names}
        self.engine.lend(other.engine, names)
        return other

    def key(self, name: str, parts: object, inputs: Sequence[str] = ()) -> str:
        """The digest under which a table is kept."""
        return digest(self._base, name, parts, [self.tables[item].key for item in inputs])

    def path(self, name: str, key: str) -> Path:
        """Where the table of that name and key is kept."""
        return self.folder / f"{name}-{key}.parquet"

    def add(self, table: Table) -> Table:
        """Make a table known to SQL under its name."""
        self.tables[table.name] = table
        self.engine.view(table.name, table.files)
        return table

    def facts(self, name: str, schema: pa.Schema, rows: Sequence[Mapping[str, object]]) -> Table:
        """A small table of declared facts."""
        source = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
        self.engine.table("declared", source)
        self.engine.run(f"create or replace temp table {name} as select * from declared")
        self.engine.forget("declared")
        table = Table(name, digest(name, [list(map(str, row.values())) for row in source.to_pylist()]), (), len(rows))
        self.tables[name] = table
        return table

    def compute(self, name: str, sql: str, inputs: Sequence[str], parameters: object = None) -> Table:
        """The table ``name``: the rows of ``sql``, which ends in a total ``order by``; made if not yet kept."""
        key = self.key(name, [sql, parameters], inputs)
        path = self.path(name, key)
        reused = path.exists()
        start = time.perf_counter()
        if not reused:
            self._frugally(name, lambda: self.engine.write(sql, path))
        rows = int(self.engine.value(f"select count(*) from read_parquet('{path}')"))
        seconds = time.perf_counter() - start
        self._announce(name, seconds)
        return self.add(Table(name, key, (path,), rows, sql, tuple(inputs), seconds, reused))

    def derive(self, name: str, sql: str, inputs: Sequence[str]) -> None:
        """Note a view, so that what reads it depends on what the view reads."""
        self.tables[name] = Table(name, self.key(name, sql, inputs), (), 0, sql, tuple(inputs))

    def make(
        self, name: str, parts: object, inputs: Sequence[str], build: Callable[[Path], None], sql: str = ""
    ) -> Table:
        """The same for a table that a function writes at the path it is given."""
        key = self.key(name, parts, inputs)
        path = self.path(name, key)
        reused = path.exists()
        start = time.perf_counter()
        if not reused:
            self._frugally(name, lambda: build(path))
        rows = int(self.engine.value(f"select count(*) from read_parquet('{path}')"))
        seconds = time.perf_counter() - start
        self._announce(name, seconds)
        return self.add(Table(name, key, (path,), rows, sql, tuple(inputs), seconds, reused))

    def _frugally(self, name: str, work: Callable[[], object]) -> None:
        """Do ``work``; when the memory allowed is too small for all threads at once, do it again with one.

        Each thread holds its own buffers: one thread alone is slower, and passes where several do not. A failure of
        the engine leaves with the name of the step, as a note.
        """
        try:
            try:
                work()
            except duckdb.OutOfMemoryException:
                if self.engine.threads < 2:
                    raise
                self.engine.use_threads(1)
                try:
                    work()
                finally:
                    self.engine.use_threads(self.engine.threads)
        except duckdb.Error as error:
            error.add_note(name)
            raise
