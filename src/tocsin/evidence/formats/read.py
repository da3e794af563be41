"""Reading one log: blocks of lines in, ``parsed_event`` and ``rejected_line`` out.

One thread cuts the next lines while the engine parses these, and another one writes those before. The engine is given
runs of lines, cut at the same places whatever the threads, so that memory grows neither with the file nor with them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa

from tocsin.engine.duck import ROW_GROUP, Engine
from tocsin.evidence.case.model import Log
from tocsin.evidence.decompress import Source
from tocsin.evidence.formats.accounts import Accounts
from tocsin.evidence.formats.registry import Format
from tocsin.evidence.formats.report import ReadReport
from tocsin.evidence.formats.statements import Statements, statements_of
from tocsin.evidence.lines import LineReader
from tocsin.evidence.times import check_time_format

EVENT_SQL = Path(__file__).with_name("event.sql")
BATCH = 2048
"""Lines that one thread of the engine takes at a time."""
RUN_BLOCKS = 24
"""Blocks of lines handed over at once, unless they hold ``RUN_LINES`` before: planning is paid for each run."""
RUN_LINES = 2 * ROW_GROUP


def read_file(
    engine: Engine,
    form: Format,
    *,
    evidence_id: int,
    path: Path,
    log: Log,
    time_zone: str,
    events: Path,
    rejects: Path,
    progress: Callable[[int], None] | None,
) -> ReadReport:
    """Read ``path`` in the format ``form``; see :func:`tocsin.evidence.formats.read_log`."""
    source = Source(path, log.max_bytes)
    lines = LineReader(source, log.encoding, log.max_line_bytes)
    check_time_format(engine, log.time_format, f"log {log.id}")
    statements = statements_of(engine)
    statements.use_zone(engine, log.time_zone or time_zone, f"log {log.id}")
    parse = _Parser(engine, statements, form)
    with (
        Accounts(evidence_id, events, rejects) as accounts,
        closing(_ahead(_runs(form.tables(lines)))) as runs,
        ThreadPoolExecutor(1, "tocsin-writing") as helper,
    ):
        writing: Future[None] | None = None
        for run in runs:
            rows = parse(run)
            if writing is not None:
                writing.result()
            writing = helper.submit(accounts.add, rows)
            if progress is not None:
                progress(source.bytes_consumed)
        if writing is not None:
            writing.result()
    if progress is not None:
        progress(source.bytes_consumed)
    return accounts.report(engine, lines)


class _Parser:
    """The query of a format: the quick one, and for lines at which it fails the careful one."""

    def __init__(self, engine: Engine, statements: Statements, form: Format) -> None:
        self._engine = engine
        self._statements = statements
        self._quick = _event_query(form, form.quick_reading or form.reading)
        self._careful = _event_query(form, form.reading)

    def __call__(self, run: pa.Table) -> pa.Table:
        batches = run.to_batches(max_chunksize=BATCH)
        try:
            return self._statements.get(self._engine, self._quick, run.schema).read(self._engine, batches)
        except (duckdb.Error, UnicodeDecodeError):  # the engine's message may quote a line in pieces of UTF-8
            if self._quick == self._careful:
                raise
        return self._statements.get(self._engine, self._careful, run.schema).read(self._engine, batches)


def _event_query(form: Format, reading: str) -> str:
    times = form.times
    return EVENT_SQL.read_text("utf-8").format(
        source="{source}", reading=reading, written=times.written, epoch=times.epoch, shift_length=times.shift_length,
        wall=times.wall, shift=times.shift, day_is_enough=times.day_is_enough, is_refused=times.is_refused,
    )  # fmt: skip


def _runs(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The same lines, in fewer tables: many enough for every thread of the engine, few enough for its memory."""
    held: list[pa.Table] = []
    for table in tables:
        held.append(table)
        if len(held) >= RUN_BLOCKS or sum(len(each) for each in held) >= RUN_LINES:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _ahead(tables: Iterator[pa.Table]) -> Generator[pa.Table, None, None]:
    """The same tables, each made while the one before is in use."""
    with ThreadPoolExecutor(1, "tocsin-lines") as helper:
        waiting = helper.submit(next, tables, None)
        while (table := waiting.result()) is not None:
            waiting = helper.submit(next, tables, None)
            if table.num_rows:
                yield table
