"""Large Parquet logs read where they lie: a view over the sealed file instead of a copy of it.

A table whose columns already have the types of events needs no parsing: one look counts what would be refused, and the
steps read the file itself. Anything else, and small files, go through :mod:`~tocsin.evidence.formats.parquet`; both
give the same rows (``tests/evidence/formats/test_in_place.py``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tocsin.engine import Engine, blames_machine, literal
from tocsin.evidence.case.model import Log
from tocsin.evidence.formats.delimited import column_names, columns_of
from tocsin.evidence.formats.fields import FieldMap, criteria_sql, mapping_of
from tocsin.evidence.formats.report import ReadReport
from tocsin.evidence.formats.statements import statements_of
from tocsin.evidence.times import Piece, code_parts, pieces_of

LEAST_ROWS = 50_000
"""Smaller files are copied: a view costs planning each time that it is read, whatever its size."""
WALLS = {"TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS"}
INSTANT = "TIMESTAMP WITH TIME ZONE"
WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
NUMBERS = {
    "status": "integer", "bytes": "bigint", "page": "integer", "page_size": "integer", "row_offset": "bigint",
    "returned": "bigint", "total": "bigint", "sequence_no": "bigint",
}  # fmt: skip
SEVERAL = " or ".join((*(f"contains({{0}}, '{mark}')" for mark in "|; "), "starts_with({0}, '[')", "{0} = ''"))
"""Whether a value of ``record_ids`` is anything but one identifier, as SQL."""
FILE = "{file}"
"""Stands in the view for the path: a case folder may move."""


@dataclass(frozen=True)
class InPlace:
    """A file that needs no copy: its counts, and the query of its events over :data:`FILE`."""

    report: ReadReport
    view: str


def view_parquet(
    engine: Engine, *, evidence_id: int, path: Path, log: Log, time_zone: str, rejects: Path
) -> InPlace | None:
    """Look at ``path`` and write its ``rejects``; ``None`` when it must be copied.

    Raises :class:`~tocsin.errors.TocsinError` for a column that ``log`` names and the file lacks.
    """
    if log.format != "parquet" or log.time_format is not None or path.stat().st_size == 0:
        return None
    fields = mapping_of(log)
    source = f"read_parquet({literal(str(path))}, file_row_number = true)"
    statements_of(engine)  # the macros of criteria
    try:
        types = dict(engine.rows(f"select column_name, column_type from (describe select * from {source})"))
        types.pop("file_row_number", None)
        if list(types) != pq.read_schema(path).names or not _is_typed(fields, types):
            return None  # among others, names that differ by their case alone, which the engine gives other names
        columns_of(column_names(fields), fields, list(types), str(path))
        seen = _look(engine, source, fields, types)
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        if blames_machine(error):
            raise
        return None  # damaged, or not Parquet: the copy tells it in the user's words
    if seen.rows < LEAST_ROWS or seen.first is None or seen.last is None:
        return None
    placed = _placed(engine, _time(fields), types, seen, log.time_zone or time_zone, f"log {log.id}")
    if placed is None:
        return None
    view = _view(fields, types, seen, placed, evidence_id)
    rejected = engine.write(
        f"select {evidence_id}::integer as evidence_id, file_row_number + 1 as line_no, 0::integer as item_no, "
        f"file_row_number as byte_offset, 'no-time'::varchar as reason, null::varchar as detail from {source} "
        f"where {_quoted(_time(fields))} is null order by line_no",
        rejects,
    )
    events = view.format(file=source)
    ((first_at, last_at),) = engine.rows(
        f"""select {_written('min("at")', "Z")}, {_written('max("at")', "Z")} from ({events})"""
    )
    report = ReadReport(
        evidence_id=evidence_id, lines_read=seen.rows, lines_kept=seen.rows - rejected, lines_rejected=rejected,
        items_kept=0, items_rejected=0, truncated=False, decoded_as_windows_1252=0, carriage_returns=0,
        bytes_read=seen.bytes, reasons=(("no-time", rejected),) if rejected else (), first_at=first_at, last_at=last_at,
    )  # fmt: skip
    return InPlace(report, view)


def source_of(view: str, path: Path) -> str:
    """The events of ``path``, for a ``from``."""
    return f"({view.format(file=f'read_parquet({literal(str(path))}, file_row_number = true)')})"


@dataclass(frozen=True)
class _Seen:
    rows: int
    untimed: int
    """Rows without a time, which are refused."""
    bytes: int
    first: dt.datetime | None
    last: dt.datetime | None
    """Wall clocks, or instants in UTC."""
    blanks: frozenset[str]
    """Columns of texts, some of which are empty or have blanks around them."""
    is_canonical: bool
    """Whether all criteria are written as we would write them."""
    is_single: bool
    """Whether no value of ``record_ids`` lists several."""


def _time(fields: FieldMap) -> str:
    return fields.places["time"][0]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _written(sql: str, end: str = "") -> str:
    return f"strftime({sql}, '%Y-%m-%dT%H:%M:%S.%f{end}')"


def _is_typed(fields: FieldMap, types: Mapping[str, str]) -> bool:
    for field, places in fields.places.items():
        for place in places:
            kind = types.get(place, "VARCHAR")
            if field == "time" and (len(places) > 1 or kind not in {*WALLS, INSTANT}):
                return False
            if field in {"record_ids", "criteria"} and kind != "VARCHAR":
                return False
            if field != "time" and kind not in {*WHOLE, "VARCHAR"}:
                return False
    return True


def _look(engine: Engine, source: str, fields: FieldMap, types: Mapping[str, str]) -> _Seen:
    texts = [name for name in column_names(fields) if types.get(name) == "VARCHAR"]
    time = f"{_quoted(_time(fields))}::timestamp"
    asked = [
        "count(*)", f"count(*) - count({time})", *(_written(f"{edge}({time})") for edge in ("min", "max")),
        _never(fields, types, "criteria", "{0} is not null and not is_canonical({0})"),
        _never(fields, types, "record_ids", SEVERAL),
        # empty, or a first character that may be a blank; a trim of each text would cost ten times more
        *(f"coalesce(bool_or({name} < '!' or ends_with({name}, ' ')), false)" for name in map(_quoted, texts)),
    ]  # fmt: skip
    ((rows, untimed, first, last, is_canonical, is_single, *blank),) = engine.rows(
        f"select {', '.join(asked)} from {source}"
    )
    path = source[len("read_parquet(") : source.rindex(", file_row_number")]
    size = engine.value(f"select coalesce(sum(total_uncompressed_size), 0)::bigint from parquet_metadata({path})")
    first, last = (dt.datetime.fromisoformat(edge) if edge else None for edge in (first, last))
    return _Seen(rows, untimed, size, first, last, frozenset(compress(texts, blank)), is_canonical, is_single)


def _never(fields: FieldMap, types: Mapping[str, str], field: str, condition: str) -> str:
    """The SQL that tells whether no value of a field of one column has that condition."""
    places = [place for place in fields.places.get(field, ()) if place in types]
    if len(places) != 1:
        return "false"
    return f"not coalesce(bool_or({condition.format(_quoted(places[0]))}), false)"


def _placed(
    engine: Engine, time: str, types: Mapping[str, str], seen: _Seen, zone: str, where: str
) -> tuple[str, str] | None:
    """The SQL of the instant of a row, and of its doubt; ``None`` outside the years whose changes were looked up."""
    wall = f"{_quoted(time)}::timestamp"
    if types[time] == INSTANT:
        return f"timezone('UTC', {_quoted(time)})", "0"
    assert seen.first is not None
    assert seen.last is not None
    pieces = pieces_of(engine, zone, where)
    if seen.first < pieces[0][0] or seen.last >= pieces[-1][0]:
        return None
    starts = [at for at, _code in pieces]
    lived = [
        piece for piece, until in zip(pieces, [*starts[1:], None], strict=True)
        if piece[0] <= seen.last and (until is None or until > seen.first)
    ]  # fmt: skip
    shift, doubt = (_by_period(wall, lived, part) for part in (0, 1))
    return wall if shift == "0" else f"{wall} - to_seconds({shift})", doubt


def _by_period(wall: str, lived: list[Piece], part: int) -> str:
    """One of both parts of the code in force at ``wall``."""
    values = [0 if code is None else code_parts(code)[part] for _at, code in lived]
    if len(set(values)) == 1:
        return str(values[0])
    cases = " ".join(
        f"when {wall} < timestamp '{at}' then {value}" for (at, _code), value in zip(lived[1:], values, strict=False)
    )
    return f"case {cases} else {values[-1]} end"


def _view(fields: FieldMap, types: Mapping[str, str], seen: _Seen, placed: tuple[str, str], evidence_id: int) -> str:
    def text(places: tuple[str, ...]) -> str:
        found = []
        for place in places:
            if place in types:
                column = _quoted(place) if types[place] == "VARCHAR" else f"{_quoted(place)}::varchar"
                found.append(f"nullif(trim({column}), '')" if place in seen.blanks else column)
        return f"coalesce({', '.join(found)})" if len(found) > 1 else found[0] if found else "null::varchar"

    def of(field: str) -> str:
        places = fields.places.get(field, ())
        if field in NUMBERS:
            is_whole = len(places) == 1 and types.get(places[0]) in WHOLE
            return f"try_cast({_quoted(places[0]) if is_whole else text(places)} as {NUMBERS[field]})"
        return text(places)

    parts = {name: text(places) for name, places in fields.criteria().items()}
    whole = text(fields.places["criteria"]) if "criteria" in fields.places else None
    ids = "[]::varchar[]"
    if "record_ids" in fields.places:
        named = text(fields.places["record_ids"])
        ids = f"case when {named} is null then {ids} else [{named}] end" if seen.is_single else f"ids_in({named})"
    time = _quoted(_time(fields))
    texts = ("account", "session_token", "address", "user_agent", "action", "outcome", "request_id")
    columns = {
        "evidence_id": f"{evidence_id}::integer", "line_no": "file_row_number + 1", "item_no": "0::integer",
        "byte_offset": "file_row_number", '"at"': placed[0], "at_written": f"{time}::varchar",
        "time_doubt_s": f"({placed[1]})::integer", **{name: of(name) for name in texts[:-1]},
        **{name: of(name) for name in ("status", "bytes")}, "record_ids": ids,
        "criteria": whole if whole and seen.is_canonical and not parts else criteria_sql(whole, parts),
        **{name: of(name) for name in ("page", "page_size", "row_offset", "returned", "total", "sequence_no")},
        "request_id": of("request_id"), "line_hash": f"hash({', '.join(map(_quoted, types))})",
    }  # fmt: skip
    listing = ", ".join(f"{sql} as {name}" for name, sql in columns.items())
    refused = f" where {_escaped(time)} is not null" if seen.untimed else ""
    return f"select {_escaped(listing)} from {FILE}{refused}"


def _escaped(sql: str) -> str:
    return sql.replace("{", "{{").replace("}", "}}")
