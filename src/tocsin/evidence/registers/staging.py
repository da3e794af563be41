"""Files of a register, whatever they are, as Parquet of text: one row a record, with its file and line.

What cannot even be cut into fields is rejected here; what its values make unusable is rejected later, in SQL. The
staged files live in a private folder beside the result, removed when it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tocsin.engine import Engine, blames_machine, literal
from tocsin.errors import TocsinError
from tocsin.evidence.case.model import Register
from tocsin.evidence.registers.columns import ColumnPlan, find_columns
from tocsin.evidence.registers.header import Header, read_header
from tocsin.evidence.registers.in_place import BLANKS, needs_no_trim
from tocsin.evidence.registers.plain import PlainCut, cut_plain
from tocsin.evidence.registers.records import Cut, cut_records
from tocsin.evidence.registers.source import LONGEST_LINE, TextSource
from tocsin.language import _

REJECTED = pa.schema([
    ("evidence_id", pa.int32()), ("line_no", pa.int64()), ("reason", pa.string()), ("detail", pa.string()),
])  # fmt: skip
GROUP_ROWS, GROUP_BYTES = 122_880, 64 << 20
"""A row group of a staged file ends at the first of the two."""
PLACE = [("row_id", pa.int64()), ("evidence_id", pa.int32()), ("line_no", pa.int64()), ("kind", pa.string())]


@dataclass(frozen=True)
class Part:
    """Rows of one file: ``sql`` gives their place, then ``columns``."""

    sql: str
    columns: tuple[str, ...]


@dataclass
class Staging:
    """Where the rows of a register wait. ``rows`` is also the next ``row_id``, which grows with (file, line)."""

    engine: Engine
    register: Register
    plan: ColumnPlan
    folder: Path
    progress: Callable[[int], None] | None = None
    rows: int = 0
    rejected: int = 0
    files: list[Path] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    reject_files: list[Path] = field(default_factory=list)
    warnings: list[tuple[str, int, str]] = field(default_factory=list)

    def add(self, evidence_id: int, path: Path, kind: str) -> None:
        """Stage one file of ``kind`` ``state`` or ``journal``."""
        wanted = self.plan.wanted(kind)
        if self.register.format == "parquet":
            self._add_parquet(evidence_id, path, kind, wanted)
        else:
            self._add_csv(evidence_id, path, kind, wanted)

    def _next_file(self, stem: str, listing: list[Path]) -> Path:
        listing.append(self.folder / f"{stem}-{len(listing):05d}.parquet")
        return listing[-1]

    def _add_parquet(self, evidence_id: int, path: Path, kind: str, wanted: dict[str, str]) -> None:
        source = f"read_parquet({literal(str(path))}, file_row_number = true)"
        try:
            types = dict(self.engine.rows(f"select column_name, column_type from (describe select * from {source})"))
            types.pop("file_row_number", None)
            find_columns(wanted, list(types), where=str(path))
            place = (
                f"select {self.rows} + file_row_number as row_id, {evidence_id}::integer as evidence_id,"
                f" file_row_number + 1 as line_no, {literal(kind)} as kind"
            )
            if needs_no_trim(self.engine, source, {theirs: types[theirs] for theirs in wanted.values()}):
                texts = "".join(f", {_name(theirs)}::varchar as {_name(ours)}" for ours, theirs in wanted.items())
                self.parts.append(Part(f"{place}{texts} from {source}", tuple(wanted)))
                self.rows += pq.read_metadata(path).num_rows
            else:
                texts = "".join(f", {_as_text(name, types[name])} as {_name(ours)}" for ours, name in wanted.items())
                query = f"{place}{texts} from {source} order by file_row_number"
                self.rows += self.engine.write(query, self._next_file("rows", self.files))
        except duckdb.Error as error:
            if blames_machine(error):
                raise
            raise TocsinError(
                "register-unreadable",
                _("this Parquet file cannot be read: {error}").format(error=str(error).splitlines()[0][:200]),
                where=str(path),
                why=_("people in the part that is missing would not be counted"),
                remedy=_("ask its sender for the file again, or declare its true format in case.toml"),
            ) from error
        if self.progress is not None:
            self.progress(path.stat().st_size)

    def _add_csv(self, evidence_id: int, path: Path, kind: str, wanted: dict[str, str]) -> None:
        source = TextSource(path, self.register.encoding, self.progress)
        chunks = source.chunks()
        header = read_header(chunks, self.register.separator, list(wanted.values()), where=str(path))
        places = find_columns(wanted, list(header.names), where=str(path))
        schema = pa.schema([*PLACE, *((ours, pa.string()) for ours in wanted)])
        with (
            _RowWriter(self._next_file("rows", self.files), schema) as rows,
            pq.ParquetWriter(self._next_file("rejected", self.reject_files), REJECTED) as rejected,
        ):
            for cut, line in _cut_chunks(header, chunks, places.values()):
                rows.write(self._rows_of(cut, line, evidence_id, kind, places, schema))
                if isinstance(cut, Cut):
                    self._write_rejected(cut, line, evidence_id, rejected)
        if source.foreign_bytes:
            self.warnings.append(("foreign-bytes", source.foreign_bytes, path.name))

    def _rows_of(
        self, cut: Cut | PlainCut, line: int, evidence_id: int, kind: str, places: dict[str, int], schema: pa.Schema
    ) -> pa.RecordBatch:
        kept = len(cut.first_lines)
        place = [
            pa.array(np.arange(self.rows, self.rows + kept)), pa.repeat(pa.scalar(evidence_id, pa.int32()), kept),
            pa.array(cut.first_lines + line), pa.repeat(pa.scalar(kind), kept),
        ]  # fmt: skip
        self.rows += kept
        trim = _trim_plain if isinstance(cut, PlainCut) else _trim
        return pa.record_batch([*place, *(trim(cut.column(number)) for number in places.values())], schema=schema)

    def _write_rejected(self, cut: Cut, line: int, evidence_id: int, rejected: pq.ParquetWriter) -> None:
        lost = len(cut.rejected_lines)
        if lost:
            rejected.write_batch(pa.record_batch(
                [pa.repeat(pa.scalar(evidence_id, pa.int32()), lost), pa.array(cut.rejected_lines + line),
                 cut.reasons, cut.details], schema=REJECTED,
            ))  # fmt: skip
        self.rejected += lost


class _RowWriter:
    """Small batches gathered into row groups. Light compression, no dictionary: the file is soon read, then gone."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = pq.ParquetWriter(path, schema, compression="lz4", use_dictionary=["kind"], write_statistics=False)
        self._schema = schema
        self._waiting: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0

    def __enter__(self) -> _RowWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._flush()
        self._file.close()

    def write(self, batch: pa.RecordBatch) -> None:
        """Keep ``batch`` until a row group is worth writing."""
        self._waiting.append(batch)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._rows >= GROUP_ROWS or self._bytes >= GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._file.write_table(pa.Table.from_batches(self._waiting, self._schema), row_group_size=self._rows)
        self._waiting, self._rows, self._bytes = [], 0, 0


def _trim(values: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim(values, characters=BLANKS)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _trim_plain(values: pa.Array) -> pa.Array:
    """The same where empty values are NULL already: there is nothing more to do unless a blank was taken away."""
    trimmed = pc.utf8_trim(values, characters=BLANKS)
    return values if _length_of_text(trimmed) == _length_of_text(values) else _trim(trimmed)


def _length_of_text(values: pa.Array) -> int:
    offsets = np.frombuffer(values.buffers()[1], np.int32) if len(values) else np.zeros(1, np.int32)
    return int(offsets[values.offset + len(values)] - offsets[values.offset])


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _as_text(column: str, kind: str) -> str:
    name = _name(column)
    if kind in ("DOUBLE", "FLOAT"):  # an identifier kept as a number: 1800575123456.0 was 1800575123456
        is_whole = f"{name} = trunc({name}) and abs({name}) < 1e18"
        name = f"(case when {is_whole} then {name}::bigint::varchar else {name}::varchar end)"
    return f"register_text({name}::varchar)"


def _cut_chunks(
    header: Header, chunks: Iterator[bytes], wanted: Collection[int]
) -> Iterator[tuple[Cut | PlainCut, int]]:
    """Each piece of records, with the number of the physical line at which it starts."""
    line, carried, skipping = header.next_line, header.rest, False
    is_final = False
    newline = header.newline.encode()
    while not is_final:
        following = next(chunks, None)
        is_final = following is None
        carried += following or b""
        if skipping:
            end = carried.find(newline)
            if end < 0:
                carried = b""
                continue
            carried, line, skipping = carried[end + 1 :], line + 1, False
        cut = _cut(carried, header, wanted, is_final=is_final)
        yield cut, line
        carried = carried[cut.consumed :]
        line += cut.lines
        if not is_final and len(carried) > LONGEST_LINE and newline not in carried:
            yield _too_long(), line
            carried, skipping = b"", True


def _cut(text: bytes, header: Header, wanted: Collection[int], *, is_final: bool) -> Cut | PlainCut:
    columns = len(header.names)
    plain = None
    if header.newline == "\n":
        plain = cut_plain(text, separator=header.separator, columns=columns, wanted=wanted, is_final=is_final)
    return plain or cut_records(
        text, separator=header.separator, columns=columns, is_final=is_final, newline=ord(header.newline)
    )


def _too_long() -> Cut:
    none = np.zeros(0, np.int64)
    return Cut(
        consumed=0, lines=0, first_lines=none, rejected_lines=np.zeros(1, np.int64), reasons=pa.array(["too-long"]),
        details=pa.array([""]), _buffer=np.zeros(0, np.uint8), _starts=none, _ends=none,
    )  # fmt: skip
