"""DuckDB, closed to the network, with the normalisations of Tocsin loaded.

Tables leave as Parquet written in a total order: same rows, same bytes, whatever the threads and memory
(``tests/worlds/test_runs.py``).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from tocsin.errors import TocsinError
from tocsin.language import _

MACROS = Path(__file__).with_name("macros.sql")
ROW_GROUP = 122_880
"""Rows of a Parquet row group: DuckDB's own vector batch, so that ordered writes cut at the same rows."""

PARQUET = f"format parquet, parquet_version v2, row_group_size {ROW_GROUP}, dictionary_size_limit 4096"
"""How tables are written: a third cheaper than by default for the same size. Above that many distinct values in a row
group a dictionary costs more than it saves; numbers and lengths of texts are written as differences (version 2)."""


def literal(value: object) -> str:
    """``value`` as an SQL literal, for the few places where a parameter cannot stand (``COPY``, ``read_parquet``).

    >>> literal("l'été"), literal(None), literal(["a", "b"])
    ("'l''été'", 'NULL', "['a', 'b']")
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return "'" + str(value).replace("'", "''") + "'"


def blames_machine(error: BaseException) -> bool:
    """Whether an error tells of this machine (memory, room on the disk, Ctrl-C), never of the file that was read.

    >>> blames_machine(duckdb.OutOfMemoryException("")), blames_machine(duckdb.InvalidInputException(""))
    (True, False)
    """
    if isinstance(error, duckdb.IOException):
        return "write" in str(error) or "No space left" in str(error)
    return isinstance(error, duckdb.OutOfMemoryException | duckdb.InterruptException)


class Engine:
    """One DuckDB connection, its spill folder and its settings.

    ``memory`` is DuckDB's notation (``"4GB"``); absent, 80 % of the machine's, or of its container's. ``threads``: as
    many as processors. Extensions are never installed nor loaded, so that nothing leaves the machine. Temporary files
    live in a private folder below ``spill``, removed on leaving.
    """

    def __init__(self, *, memory: str | None = None, threads: int | None = None, spill: Path | None = None) -> None:
        if spill is not None:
            spill.mkdir(parents=True, exist_ok=True)
        self._spill: Path | None = Path(tempfile.mkdtemp(prefix="tocsin-spill-", dir=spill))
        self.threads = threads or os.cpu_count() or 1
        config: dict[str, Any] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": str(self._spill),
            "threads": str(self.threads),
        }
        if memory is not None:
            config["memory_limit"] = memory
        try:
            self.connection = duckdb.connect(":memory:", config=config)
        except duckdb.Error as error:
            shutil.rmtree(self._spill, ignore_errors=True)
            raise TocsinError(
                "engine-settings",
                _("the engine refuses these settings: {error}").format(error=str(error).splitlines()[0]),
                remedy=_("give --memory as in 4GB and --threads as a whole number"),
            ) from error
        self._prepare()

    def _prepare(self) -> None:
        self.connection.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
        self.connection.execute(MACROS.read_text("utf-8"))

    def beside(self) -> Engine:
        """Another connection to the same database, for work done at the same time by another thread of Python.

        Memory, processor threads and spill folder are shared; temporary tables, views and macros are its own.
        """
        other = object.__new__(Engine)
        other._spill, other.threads = None, self.threads
        other.connection = self.connection.cursor()
        other._prepare()
        return other

    def lend(self, other: Engine, names: Iterable[str]) -> None:
        """Make views and small temporary tables of this connection known to another one of the same database."""
        for name in names:
            found = self.rows("select sql from duckdb_views() where temporary and view_name = ?", [name])
            if found:
                other.run(found[0][0])
            else:
                other.table("lent", self.connection.sql(f"from {name}").to_arrow_table())
                other.run(f"create or replace temp table {name} as select * from lent")
                other.forget("lent")

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection and remove what it spilled."""
        self.connection.close()
        if self._spill is not None:
            shutil.rmtree(self._spill, ignore_errors=True)

    def use_threads(self, count: int) -> None:
        """How many threads compute a query from now on, that of its caller included."""
        self.connection.execute(f"set threads = {count}")

    def interrupt(self) -> None:
        """Stop what this connection computes, from another thread."""
        self.connection.interrupt()

    def run(self, sql: str, parameters: Sequence[object] | None = None) -> None:
        """Run one statement or several, for their effect."""
        self.connection.execute(sql, parameters)

    def rows(self, sql: str, parameters: Sequence[object] | None = None) -> list[tuple[Any, ...]]:
        """The rows of a small result, as Python values (ask for timestamps as text or epoch, not with a zone)."""
        return self.connection.execute(sql, parameters).fetchall()

    def records(self, sql: str, parameters: Sequence[object] | None = None) -> list[dict[str, Any]]:
        """The same, each row as a dictionary."""
        result = self.connection.execute(sql, parameters)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def value(self, sql: str, parameters: Sequence[object] | None = None) -> Any:
        """The only value of a result of one row and one column."""
        ((value,),) = self.rows(sql, parameters)
        return value

    def table(self, name: str, source: pa.Table | pa.RecordBatchReader) -> None:
        """Make an Arrow table, or a stream read once, known under ``name``."""
        self.connection.register(name, source)

    def forget(self, name: str) -> None:
        """Undo :meth:`table`."""
        self.connection.unregister(name)

    def view(self, name: str, files: Path | Iterable[Path]) -> None:
        """A view ``name`` over Parquet files, in the order given."""
        paths = [files] if isinstance(files, Path) else list(files)
        listing = literal([str(path) for path in paths])
        self.run(f"create or replace temp view {name} as select * from read_parquet({listing})")

    def write(self, query: str, path: Path, *, packed: bool = True) -> int:
        """Write the rows of ``query``, which must end in a total ``order by``, as Parquet; return their number.

        The file appears whole or not at all. ``packed=False`` leaves it a quarter larger and cheaper to write and read:
        for a large table that many steps read and nobody keeps.
        """
        how = f"{PARQUET}, compression {'lz4_raw' if packed else 'uncompressed'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.draft")
        (count,) = self.connection.execute(f"copy ({query}) to {literal(str(draft))} ({how})").fetchone() or (0,)
        draft.replace(path)
        return int(count)
