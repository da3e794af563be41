"""Asking a finished run: its tables as views of one engine, closed to the network, and the small ones as rows.

>>> table_of("tables/figure.parquet"), table_of("controllers/amc-1/exposed_record.parquet")
('figure', None)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tocsin.analysis.run import Run
from tocsin.engine import Engine


@contextmanager
def asking(run: Run) -> Iterator[Engine]:
    """An engine in which each table of ``run`` is a view of its own name."""
    with Engine() as engine:
        for table in sorted(filter(None, map(table_of, run.manifest["files"]))):
            engine.view(table, run.table(table))
        yield engine


def table_of(file: str) -> str | None:
    """The table that a file of a run holds; the lists of controllers are no tables of all."""
    return file.removeprefix("tables/").removesuffix(".parquet") if file.startswith("tables/") else None


def read_table(run: Run, name: str) -> list[dict[str, Any]]:
    """A small table of a run, as dictionaries."""
    with Engine() as engine:
        engine.view("asked", run.table(name))
        return engine.records("select * from asked")


CAUSES_OF_POSSIBLE = """
select coalesce(cause, class) as cause, count(*) as records
from (select class, unnest(case when len(causes) = 0 then [null] else causes end) as cause
      from exposure where class like 'possible%')
group by 1 order by 2 desc, 1
"""


def causes_of_possible(run: Run) -> list[dict[str, Any]]:
    """How many records are possible only, by cause."""
    with asking(run) as engine:
        return engine.records(CAUSES_OF_POSSIBLE)
