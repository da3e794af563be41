"""What became of the lines of one file: events in one Parquet file, refused lines in another, and their counts.

Both files are written as the lines come, in their order, in row groups cut where the lines are handed over: the same
bytes whatever the threads and the memory. They appear whole or not at all.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tocsin.engine.duck import ROW_GROUP, Engine
from tocsin.evidence.formats.report import ReadReport
from tocsin.evidence.formats.schema import EVENTS, REJECTS, encoding_of
from tocsin.evidence.lines import LineReader

FEW = 8
"""Lines refused among many: around them, what is kept is shown where it lies, and not copied."""


class Table:
    """One Parquet file being written."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path = path
        self.schema = schema
        self.draft = path.with_name(f".{path.name}.draft")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = pq.ParquetWriter(self.draft, schema, **encoding_of(schema))

    def add(self, rows: pa.Table, evidence_id: int) -> None:
        """Add ``rows``, which hold the columns of the schema but the first."""
        first = pa.repeat(pa.scalar(evidence_id, pa.int32()), rows.num_rows)
        columns = [first, *(_in_one(rows.column(name)) for name in self.schema.names[1:])]
        self._writer.write_table(pa.table(columns, schema=self.schema), row_group_size=ROW_GROUP)

    def close(self) -> None:
        """No more rows."""
        self._writer.close()


class Accounts:
    """The two tables of one file; :meth:`add` takes what was read of its next lines."""

    def __init__(self, evidence_id: int, events: Path, rejects: Path) -> None:
        self.evidence_id = evidence_id
        self._events = Table(events, EVENTS)
        self._rejects = Table(rejects, REJECTS)
        self._reasons: Counter[str] = Counter()
        self._lines_kept = self._items_kept = self._items_rejected = self._covered_until = 0
        self._first_at: int | None = None
        self._last_at: int | None = None

    def __enter__(self) -> Accounts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for table in (self._events, self._rejects):
            table.close()
        for table in (self._events, self._rejects):
            if kind is None:
                table.draft.replace(table.path)
            else:
                table.draft.unlink(missing_ok=True)

    def add(self, lines: pa.Table) -> None:
        """Add the rows of ``event.sql``, in the order of the file."""
        if lines.column("reason").null_count == lines.num_rows:
            self._keep(lines)
            return
        is_kept = pc.is_null(lines.column("reason"))
        refused = np.flatnonzero(~is_kept.to_numpy())
        self._keep(without(lines, refused) if len(refused) <= FEW else lines.filter(is_kept))
        self._refuse(lines.take(pa.array(refused)))

    def _keep(self, lines: pa.Table) -> None:
        if not lines.num_rows:
            return
        first, last = (lines.column(name).to_numpy() for name in ("line_no", "last_line"))
        # an event may cover several lines, and a line hold several events: each line counts once
        covered = np.maximum.accumulate(np.concatenate((np.full(1, self._covered_until), last)))
        self._lines_kept += int(np.maximum(0, last - np.maximum(first - 1, covered[:-1])).sum())
        self._covered_until = int(covered[-1])
        self._items_kept += int((lines.column("item_no").to_numpy() > 0).sum())
        at = lines.column("at").cast(pa.int64()).to_numpy()
        self._first_at = min(int(at.min()), int(at.min()) if self._first_at is None else self._first_at)
        self._last_at = max(int(at.max()), int(at.max()) if self._last_at is None else self._last_at)
        self._events.add(lines, self.evidence_id)

    def _refuse(self, lines: pa.Table) -> None:
        self._items_rejected += int((lines.column("item_no").to_numpy() > 0).sum())
        for reason in lines.column("reason").value_counts().to_pylist():
            self._reasons[reason["values"]] += reason["counts"]
        self._rejects.add(lines, self.evidence_id)

    def report(self, engine: Engine, lines: LineReader) -> ReadReport:
        """The counts, once every line is in."""
        times = ", ".join(
            f"strftime(make_timestamp({'null' if at is None else at}::bigint), '%Y-%m-%dT%H:%M:%S.%fZ')"
            for at in (self._first_at, self._last_at)
        )
        ((first_at, last_at),) = engine.rows(f"select {times}")
        return ReadReport(
            evidence_id=self.evidence_id,
            lines_read=lines.lines,
            lines_kept=self._lines_kept,
            lines_rejected=lines.lines - self._lines_kept,
            items_kept=self._items_kept,
            items_rejected=self._items_rejected,
            truncated=lines.source.truncated,
            decoded_as_windows_1252=lines.guessed_lines,
            carriage_returns=lines.carriage_returns,
            bytes_read=lines.source.bytes_read,
            reasons=tuple(sorted(self._reasons.items())),
            first_at=first_at,
            last_at=last_at,
        )


def _in_one(column: pa.ChunkedArray) -> pa.Array:
    """The column as one array, so that pages are cut alike; copied only where it is several."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def without(lines: pa.Table, refused: npt.NDArray[np.int64]) -> pa.Table:
    """``lines`` without those at the places ``refused``, in order."""
    starts, ends = [0, *(refused + 1).tolist()], [*refused.tolist(), lines.num_rows]
    parts = [lines.slice(start, end - start) for start, end in zip(starts, ends, strict=True) if end > start]
    return pa.concat_tables(parts) if parts else lines.slice(0, 0)
