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
import pyarrow.compute as pc

from tocsin.engine.duck import ROW_GROUP, Engine, blames_machine
from tocsin.evidence.case.model import Log
from tocsin.evidence.decompress import Source
from tocsin.evidence.formats.accounts import Accounts
from tocsin.evidence.formats.registry import Format
from tocsin.evidence.formats.report import ReadReport
from tocsin.evidence.formats.statements import Statements, statements_of
from tocsin.evidence.lines import LineReader
from tocsin.evidence.settled import Zone, settle_times
from tocsin.evidence.times import check_time_format, pieces_of

EVENT_SQL = Path(__file__).with_name("event.sql")
PLACE_SQL = Path(__file__).with_name("place.sql")
SETTLED = "placed as (select *, time as w, settled_at as instant, settled_doubt_s as time_doubt_s from reading)"
"""In the place of ``place.sql``, when the times of a run are settled."""
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
    zone, where = log.time_zone or time_zone, f"log {log.id}"
    statements.use_zone(engine, zone, where)
    parse = _Parser(engine, statements, form, Zone.of(pieces_of(engine, zone, where)))
    with (
        Accounts(evidence_id, events, rejects) as accounts,
        closing(_ahead(_runs(form.tables(lines)))) as runs,
        ThreadPoolExecutor(1, "tocsin-writing") as helper,
    ):
        writing: Future[None] | None = None
        told = 0
        for run in runs:
            rows = parse(run)
            if writing is not None:
                writing.result()
            writing = helper.submit(accounts.add, rows)
            if progress is not None:
                progress(source.bytes_consumed - told)
                told = source.bytes_consumed
        if writing is not None:
            writing.result()
    if progress is not None:
        progress(source.bytes_consumed - told)
    return accounts.report(engine, lines)


class _Parser:
    """The queries of a format: for runs of settled times, the quick one, and where either fails the careful one."""

    def __init__(self, engine: Engine, statements: Statements, form: Format, zone: Zone) -> None:
        self._engine = engine
        self._statements = statements
        self._zone = zone
        self._time_column = form.time_column
        self._settled = _event_query(form, form.settled_reading, SETTLED)
        self._quick = _event_query(form, form.quick_reading or form.reading)
        self._careful = _event_query(form, form.reading)

    def __call__(self, run: pa.Table) -> pa.Table:
        try:
            settled = self._settle(run)
            return self._read(self._quick, run) if settled is None else self._read(self._settled, settled)
        except (duckdb.Error, UnicodeDecodeError) as error:  # the engine's message may quote a line in pieces of UTF-8
            if blames_machine(error):
                raise
            return self._read(self._careful, run)

    def _settle(self, run: pa.Table) -> pa.Table | None:
        if not self._time_column:
            return None
        written, reason = run.column(self._time_column), run.column("reason")
        if reason.null_count < len(reason):  # a refused line has no time; a header has a word there
            written = pc.if_else(pc.is_null(reason), written, pa.scalar(None, written.type))
        settled = settle_times(written, self._zone)
        if settled is None:
            return None
        return run.append_column("settled_at", settled.at).append_column("settled_doubt_s", settled.doubt_s)

    def _read(self, query: str, run: pa.Table) -> pa.Table:
        batches = run.to_batches(max_chunksize=BATCH)
        return self._statements.get(self._engine, query, run.schema).read(self._engine, batches)


def _event_query(form: Format, reading: str, placing: str = "") -> str:
    times = form.times
    placing = placing or PLACE_SQL.read_text("utf-8").format(
        written=times.written, epoch=times.epoch, shift_length=times.shift_length, wall=times.wall, shift=times.shift,
        day_is_enough=times.day_is_enough, is_refused=times.is_refused,
    )  # fmt: skip
    return EVENT_SQL.read_text("utf-8").format(source="{source}", reading=reading, placing=placing)


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
