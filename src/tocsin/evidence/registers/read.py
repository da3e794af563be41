"""Reading a register of people: from files of any shape to one dated row per state of each record.

A portal's query can only be replayed on the register **as it stood then**, so every row of the result carries the
period during which it held. Rows read = rows kept + rows rejected, each rejection with its line and reason.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path
from weakref import WeakSet

import duckdb
import pyarrow.parquet as pq

from tocsin.engine import Engine, literal
from tocsin.errors import TocsinError
from tocsin.evidence.case.model import Register
from tocsin.evidence.identifiers import load_identifiers
from tocsin.evidence.registers.columns import STANDARD, ColumnPlan, plan_columns
from tocsin.evidence.registers.history import build_history
from tocsin.evidence.registers.quality import measure_quality, write_quality
from tocsin.evidence.registers.repeated import MEANINGS, OF_HISTORY, OF_VERSION, read_repeated, show_meanings
from tocsin.evidence.registers.report import ColumnQuality, RegisterReport
from tocsin.evidence.registers.staging import Part, Staging
from tocsin.evidence.times import iana_name
from tocsin.language import _

HERE = Path(__file__).parent


def read_register(
    engine: Engine,
    *,
    register: Register,
    files: Sequence[tuple[int, Path]],
    journal: Sequence[tuple[int, Path]],
    base_date: date,
    time_zone: str,
    versions: Path,
    rejects: Path,
    progress: Callable[[int], None] | None = None,
    quality: Path | None = None,
) -> RegisterReport:
    """Read one register; write ``versions`` (table register_version), ``rejects`` and, if asked, ``quality``.

    ``files`` and ``journal`` are (evidence_id, path), oldest first; ``progress`` receives the bytes read since it was
    last called, as stored on disk. ``register.time_zone`` wins over ``time_zone``, the case's.
    """
    plan = plan_columns(register, with_journal=bool(journal))
    zone = _check_zone(engine, register.time_zone or time_zone, register.id)
    load_identifiers(engine)
    _load_times(engine)
    versions.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=versions.parent, prefix=".tocsin-register-") as folder:
        staging = Staging(engine, register, plan, Path(folder), progress)
        for evidence_id, path in files:
            staging.add(evidence_id, path, "journal" if register.history == "journal" else "state")
        for evidence_id, path in journal:
            staging.add(evidence_id, path, "journal")
        try:
            _set_parameters(engine, register, base_date, zone)
            held = _show_rows(engine, staging)
            read_repeated(engine, held)
            show_meanings(engine, "register_timed_row", "register_row", OF_HISTORY, held)
            warnings = [*staging.warnings, *build_history(engine, register, has_journal=bool(journal))]
            show_meanings(engine, "register_read", "register_held", OF_VERSION, held)
            _put_in_order(engine, plan, held)
            written = _write_versions(engine, plan, versions)
            rows_read, kept, reasons = _write_rejects(engine, staging, rejects)
            measured = measure_quality(engine, versions, plan, held)
            if quality is not None:
                write_quality(engine, measured, quality)
            records = _count_records(engine, measured, versions)
        finally:
            _forget_tables(engine)
    return RegisterReport(
        register=register.id, rows_read=rows_read, rows_kept=kept, rows_rejected=rows_read - kept, versions=written,
        records=records, reasons=reasons, quality=measured, warnings=tuple(warnings),
    )  # fmt: skip


_WITH_TIMES: WeakSet[Engine] = WeakSet()


def _load_times(engine: Engine) -> None:
    """The macros of ``times.sql``, once for the life of ``engine``."""
    if engine not in _WITH_TIMES:
        engine.run((HERE / "times.sql").read_text("utf-8"))
        _WITH_TIMES.add(engine)


def _check_zone(engine: Engine, zone: str, register: str) -> str:
    zone = iana_name(zone) or zone
    try:
        engine.value("select timezone('UTC', timezone(?, timestamp '2024-01-01'))", [zone])
    except duckdb.Error as error:
        raise TocsinError(
            "register-zone",
            _("the time zone {zone} is not known").format(zone=repr(zone)),
            where=f"register {register}",
            why=_("its dates would stand at the wrong instants"),
            remedy=_("declare time_zone as in Europe/Paris or Indian/Reunion"),
        ) from error
    return zone


def _set_parameters(engine: Engine, register: Register, base_date: date, zone: str) -> None:
    as_of = "null" if register.as_of is None else literal(f"{register.as_of:%Y-%m-%d %H:%M:%S.%f}")
    engine.run(
        f"set variable register = {literal(register.id)}; set variable zone = {literal(zone)};"
        f"set variable base_date = {literal(base_date.isoformat())}::date; set variable as_of = {as_of}::timestamp;"
        f"set variable has_snapshot = {literal(register.history == 'snapshot')}"
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _show_rows(engine: Engine, staging: Staging) -> frozenset[str]:
    """``register_row``: the staged rows with all of our columns, NULL those that no file holds; return the others."""
    names = [*STANDARD, *staging.plan.extras]
    parts = list(staging.parts)
    if staging.files:
        staged = {name for path in staging.files for name in pq.read_schema(path).names}
        paths = literal([str(path) for path in staging.files])
        parts.append(Part(f"select * from read_parquet({paths}, union_by_name = true)", tuple(staged)))
    held = {name for part in parts for name in part.columns}
    columns = ", ".join(_quoted(name) if name in held else f"null::varchar as {_quoted(name)}" for name in names)
    place = "row_id, evidence_id, line_no, kind"
    if not parts:
        place = "null::bigint as row_id, null::integer as evidence_id, null::bigint as line_no, null::varchar as kind"
        parts = [Part("select 1 where false", ())]
    rows = f"select {place}, {columns} from ({' union all by name '.join(part.sql for part in parts)})"
    engine.run(f"create or replace temp view register_row as {rows}")
    engine.run(
        "create or replace temp table register_rejected (row_id bigint, reason varchar, detail varchar);"
        "insert into register_rejected select row_id, 'no-record-id', '' from register_row where record_id is null"
    )
    return frozenset(held)


def _put_in_order(engine: Engine, plan: ColumnPlan, held: Collection[str]) -> None:
    """``register_in_order``: what is read of each row, in the order of ``register_version``.

    A sort moves all that it is given: columns that no file holds join after it, as does what is told of the numbers.
    """
    absent = {name: "varchar" for name in (*STANDARD, *plan.extras) if name not in held}
    absent |= {name: kind for column in OF_VERSION if column not in held for name, _, kind in MEANINGS[column].takes}
    nulls = "".join(f", null::{kind} as {_quoted(name)}" for name, kind in absent.items())
    left_out = f" exclude ({', '.join(map(_quoted, absent))})" if absent else ""
    engine.run(
        f"create or replace temp view register_in_order as select *{nulls} from (select *{left_out} from register_read "
        "order by record_id, starts nulls first, evidence_id, line_no)"
    )


def _write_versions(engine: Engine, plan: ColumnPlan, versions: Path) -> int:
    extras = "".join(f", {_quoted(name)}" for name in plan.extras)
    sql = (HERE / "version.sql").read_text("utf-8").replace("/* extra columns */", extras)
    return engine.write(sql, versions, packed=False)


def _count_records(engine: Engine, measured: Sequence[ColumnQuality], versions: Path) -> int:
    for column in measured:
        if column.column == "record_id" and column.distinct_is_exact:
            return column.distinct
    source = f"read_parquet({literal(str(versions))})"
    return int(engine.value(f"select count(*) from (select record_id from {source} group by record_id)"))


def _write_rejects(engine: Engine, staging: Staging, rejects: Path) -> tuple[int, int, tuple[tuple[str, int], ...]]:
    paths = literal([str(path) for path in staging.reject_files])
    early = f"union all select evidence_id, line_no, reason, detail from read_parquet({paths})"
    rejected = engine.write(
        "select evidence_id, line_no, reason, detail from register_rejected join register_row using (row_id) "
        f"{early if staging.reject_files else ''} order by evidence_id, line_no, reason, detail",
        rejects,
    )
    reasons = engine.rows(
        f"select reason, count(*) from read_parquet({literal(str(rejects))}) group by reason order by reason"
    )
    rows_read = staging.rows + staging.rejected
    return rows_read, rows_read - rejected, tuple((reason, count) for reason, count in reasons)


def _forget_tables(engine: Engine) -> None:
    found = engine.rows(
        "select view_name, 'view' from duckdb_views() where not internal and view_name like 'register_%' "
        "union all select table_name, 'table' from duckdb_tables() where table_name like 'register_%'"
    )
    drops = [f"drop {kind} if exists {_quoted(name)}" for name, kind in found if name != "register_version"]
    engine.run(";".join(drops))
