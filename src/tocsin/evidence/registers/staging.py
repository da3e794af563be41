"""Files of a register, whatever they are, as Parquet of text: one row a record, with its file and line.

What cannot even be cut into fields is rejected here; what its values make unusable is rejected later, in SQL. The
staged files live in a private folder beside the result, removed when it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tocsin.engine import Engine, literal
from tocsin.errors import TocsinError
from tocsin.evidence.case.model import Register
from tocsin.evidence.registers.columns import ColumnPlan, find_columns
from tocsin.evidence.registers.header import Header, read_header
from tocsin.evidence.registers.records import Cut, cut_records
from tocsin.evidence.registers.source import CHUNK, TextSource
from tocsin.language import _

REJECTED = pa.schema([
    ("evidence_id", pa.int32()), ("line_no", pa.int64()), ("reason", pa.string()), ("detail", pa.string()),
])  # fmt: skip
BLANKS = " \t\r\n\u00a0\ufeff"
"""Around a value, they are nothing."""
PLACE = [("row_id", pa.int64()), ("evidence_id", pa.int32()), ("line_no", pa.int64()), ("kind", pa.string())]


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
            texts = "".join(f", {_as_text(theirs, types[theirs])} as {_name(ours)}" for ours, theirs in wanted.items())
            self.rows += self.engine.write(
                f"select {self.rows} + file_row_number as row_id, {evidence_id}::integer as evidence_id,"
                f" file_row_number + 1 as line_no, {literal(kind)} as kind{texts} from {source} "
                "order by file_row_number",
                self._next_file("rows", self.files),
            )
        except duckdb.Error as error:
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
            pq.ParquetWriter(self._next_file("rows", self.files), schema, compression="zstd") as rows,
            pq.ParquetWriter(self._next_file("rejected", self.reject_files), REJECTED) as rejected,
        ):
            for cut, line in _cut_chunks(header, chunks):
                self._write_cut(cut, line, evidence_id, kind, places, rows, rejected)
        if source.foreign_bytes:
            self.warnings.append(("foreign-bytes", source.foreign_bytes, path.name))

    def _write_cut(
        self, cut: Cut, line: int, evidence_id: int, kind: str, places: dict[str, int],
        rows: pq.ParquetWriter, rejected: pq.ParquetWriter,
    ) -> None:  # fmt: skip
        kept, lost = len(cut.first_lines), len(cut.rejected_lines)
        if kept:
            place = [
                pa.array(np.arange(self.rows, self.rows + kept)), pa.repeat(pa.scalar(evidence_id, pa.int32()), kept),
                pa.array(cut.first_lines + line), pa.repeat(pa.scalar(kind), kept),
            ]  # fmt: skip
            texts = [_trim(cut.column(number)) for number in places.values()]
            rows.write_batch(pa.record_batch([*place, *texts], schema=rows.schema))
        if lost:
            rejected.write_batch(pa.record_batch(
                [pa.repeat(pa.scalar(evidence_id, pa.int32()), lost), pa.array(cut.rejected_lines + line),
                 cut.reasons, cut.details], schema=REJECTED,
            ))  # fmt: skip
        self.rows += kept
        self.rejected += lost


def _trim(values: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim(values, characters=BLANKS)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _as_text(column: str, kind: str) -> str:
    name = _name(column)
    if kind in ("DOUBLE", "FLOAT"):  # an identifier kept as a number: 1800575123456.0 was 1800575123456
        is_whole = f"{name} = trunc({name}) and abs({name}) < 1e18"
        name = f"(case when {is_whole} then {name}::bigint::varchar else {name}::varchar end)"
    return f"register_text({name}::varchar)"


def _cut_chunks(header: Header, chunks: Iterator[bytes]) -> Iterator[tuple[Cut, int]]:
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
        cut = cut_records(
            carried, separator=header.separator, columns=len(header.names), is_final=is_final, newline=ord(newline)
        )
        yield cut, line
        carried = carried[cut.consumed :]
        line += cut.lines
        if not is_final and len(carried) > CHUNK and newline not in carried:
            yield _too_long(), line
            carried, skipping = b"", True


def _too_long() -> Cut:
    none = np.zeros(0, np.int64)
    return Cut(
        consumed=0, lines=0, first_lines=none, rejected_lines=np.zeros(1, np.int64), reasons=pa.array(["too-long"]),
        details=pa.array([""]), _buffer=np.zeros(0, np.uint8), _starts=none, _ends=none,
    )  # fmt: skip
