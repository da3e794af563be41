"""Reading one log: blocks of lines in, ``parsed_event`` and ``rejected_line`` out.

A second thread splits the next block while the engine parses this one. The engine keeps the parsed rows, spilling to
disk beyond its memory, and writes them in the order of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa

from tocsin.engine.duck import Engine
from tocsin.evidence.case.model import Log
from tocsin.evidence.decompress import Source
from tocsin.evidence.formats.registry import Format
from tocsin.evidence.formats.report import ReadReport
from tocsin.evidence.lines import LineReader
from tocsin.evidence.times import check_time_format, load_times

FOLDER = Path(__file__).parent
BATCH = 16_384
"""Lines handed to one thread of the engine at a time."""
COVERED = "max(last_line) over (order by line_no, item_no rows between unbounded preceding and 1 preceding)"
EVENTS = """
select {evidence_id}::integer as evidence_id, * exclude (last_line, reason, detail)
from parsed_line where reason is null order by line_no, item_no
"""
REJECTS = """
select {evidence_id}::integer as evidence_id, line_no, item_no, byte_offset, reason, detail
from parsed_line where reason is not null order by line_no, item_no
"""


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
    load_times(engine, log.time_zone or time_zone, f"log {log.id}")
    engine.run((FOLDER / "criteria.sql").read_text("utf-8"))
    engine.run((FOLDER / "parsed_line.sql").read_text("utf-8"))
    query = _event_query(form)
    try:
        with closing(_ahead(form.tables(lines))) as tables:
            _parse(engine, query, _Stream(tables, lambda: progress and progress(source.bytes_consumed)))
        engine.write(EVENTS.format(evidence_id=evidence_id), events)
        engine.write(REJECTS.format(evidence_id=evidence_id), rejects)
        if progress is not None:
            progress(source.bytes_consumed)
        return _report(engine, form, evidence_id, lines)
    finally:
        engine.run("drop table if exists parsed_line")


def _event_query(form: Format) -> str:
    times = form.times
    return (FOLDER / "event.sql").read_text("utf-8").format(
        reading=form.reading, written=times.written, epoch=times.epoch, shift_length=times.shift_length,
        wall=times.wall, shift=times.shift, day_is_enough=times.day_is_enough, is_refused=times.is_refused,
    )  # fmt: skip


class _Stream:
    """The lines of a file, handed to the engine as it asks for them: its plan is made once."""

    def __init__(self, tables: Iterator[pa.Table], after_each: Callable[[], object]) -> None:
        self._tables = tables
        self._after_each = after_each
        self.failure: BaseException | None = None
        """What stopped the lines; the engine would only tell its text."""

    def reader(self) -> pa.RecordBatchReader | None:
        """The lines as Arrow reads them; ``None`` when there are none."""
        first = next((table for table in self._tables if table.num_rows), None)
        return first and pa.RecordBatchReader.from_batches(first.schema, self._batches(first))

    def _batches(self, first: pa.Table) -> Iterator[pa.RecordBatch]:
        try:
            for table in chain((first,), self._tables):
                yield from table.to_batches(max_chunksize=BATCH)
                self._after_each()
        except BaseException as error:
            self.failure = error
            raise


def _parse(engine: Engine, query: str, stream: _Stream) -> None:
    reader = stream.reader()
    if reader is None:
        return
    engine.table("line_batch", reader)
    try:
        engine.run(f"insert into parsed_line {query}")
    except duckdb.Error:
        if stream.failure is not None:
            raise stream.failure from None
        raise
    finally:
        engine.forget("line_batch")


def _ahead(tables: Iterator[pa.Table]) -> Generator[pa.Table, None, None]:
    """The same tables, each made while the one before is in use."""
    with ThreadPoolExecutor(1, "tocsin-lines") as helper:
        waiting = helper.submit(next, tables, None)
        while (table := waiting.result()) is not None:
            waiting = helper.submit(next, tables, None)
            yield table


def _report(engine: Engine, form: Format, evidence_id: int, lines: LineReader) -> ReadReport:
    report = (FOLDER / "report.sql").read_text("utf-8")
    ((lines_kept, items_kept, items_rejected, first_at, last_at),) = engine.rows(
        report.format(previous=COVERED if form.spans_lines else "null")
    )
    reasons = engine.rows(
        "select reason, count(*) from parsed_line where reason is not null group by reason order by reason"
    )
    return ReadReport(
        evidence_id=evidence_id,
        lines_read=lines.lines,
        lines_kept=lines_kept,
        lines_rejected=lines.lines - lines_kept,
        items_kept=items_kept,
        items_rejected=items_rejected,
        truncated=lines.source.truncated,
        decoded_as_windows_1252=lines.guessed_lines,
        carriage_returns=lines.carriage_returns,
        bytes_read=lines.source.bytes_read,
        reasons=tuple((reason, count) for reason, count in reasons),
        first_at=first_at,
        last_at=last_at,
    )
