"""What each column of a register is worth, before any figure is drawn from it.

Read from the result, so that it describes what the analysis will see; values written but not understood are counted
on the rows as they came.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from tocsin.engine import Engine, literal
from tocsin.evidence.registers.columns import STANDARD, ColumnPlan
from tocsin.evidence.registers.report import ColumnQuality

EXACT_BELOW = 2_000_000
"""Rows: beyond, distinct values are estimated, since counting them would hold them all in memory."""
CONSTANT_FROM = 10
RENAMED = {"controller": "controller_code"}
CLASS_OF = {
    "birth_rank": "birth_rank_class", "rpps": "rpps_class", "adeli": "adeli_class", "finess": "finess_class",
    "iban": "iban_class", "controller": "amc_class", "sex": "sex_class",
}  # fmt: skip
NOT_KEPT = frozenset({"nir_key", "changed_at", "operation"})
UNREADABLE = {
    "sex": "sex_code(sex) is null",
    "birth_date": "birth_date_class(birth_date) = 'unreadable'",
    "visible_from": "not is_readable_time(visible_from)",
    "rights_from": "not is_readable_time(rights_from)",
    "rights_to": "not is_open_end(register_time_iso(rights_to)) and not is_readable_time(rights_to)",
}


def measure_quality(engine: Engine, versions: Path, plan: ColumnPlan) -> tuple[ColumnQuality, ...]:
    """Measure every declared column that the result keeps."""
    source = f"read_parquet({literal(str(versions))})"
    columns = [name for name in (*STANDARD, *plan.extras) if name in plan.sources and name not in NOT_KEPT]
    unreadable = _count_unreadable(engine, [name for name in columns if name in UNREADABLE])
    rows = int(engine.value(f"select count(*) from {source}"))
    return tuple(_measure(engine, source, name, plan.sources[name], rows, unreadable.get(name, 0)) for name in columns)


def _measure(engine: Engine, source: str, column: str, theirs: str, rows: int, unreadable: int) -> ColumnQuality:
    name = '"' + RENAMED.get(column, column).replace('"', '""') + '"'
    is_exact = rows <= EXACT_BELOW
    distinct = f"count(distinct {name})" if is_exact else f"approx_count_distinct({name})"
    filled, different, is_constant = engine.rows(
        f"select count({name}), {distinct}, coalesce(min({name}) = max({name}), false) from {source}"
    )[0]
    classes = _count_classes(engine, source, column, name)
    january = 0
    if column == "birth_date":
        january = int(engine.value(
            f"select count(*) from {source} where birth_precision = 'day' and birth_month = 1 and birth_day = 1"
        ))  # fmt: skip
    return ColumnQuality(
        column=column, source=theirs, rows=rows, missing=rows - filled, distinct=different,
        distinct_is_exact=is_exact, classes=classes, unreadable=unreadable, first_of_january=january,
        leading_zeros_lost=_count_lost_zeros(column, dict(classes)),
        is_constant=bool(is_constant) and filled >= CONSTANT_FROM,
    )  # fmt: skip


def _count_classes(engine: Engine, source: str, column: str, name: str) -> tuple[tuple[str, int], ...]:
    if column in ("nir", "birth_date"):
        said = "nir_class" if column == "nir" else "birth_precision"
        sql = f"select {said}, count(*) from {source} group by 1 order by 1"
    elif column in CLASS_OF:
        values = f"select {name} as v, count(*) as n from {source} group by 1"
        sql = f"select {CLASS_OF[column]}(v), sum(n)::bigint from ({values}) group by 1 order by 1"
    else:
        return ()
    return tuple((said, count) for said, count in engine.rows(sql))


def _count_lost_zeros(column: str, classes: dict[str, int]) -> int:
    """Codes shortened, and in a column of insurers mostly of nine digits those of eight."""
    lost = classes.get("leading_zero_lost", 0)
    if column == "controller" and classes.get("nine_digits", 0) > classes.get("eight_digits", 0):
        lost += classes.get("eight_digits", 0)
    return lost


def _count_unreadable(engine: Engine, columns: list[str]) -> dict[str, int]:
    """Values of kept rows that were written and not understood; few are distinct, except instants."""
    kept = "from register_row anti join register_rejected using (row_id)"
    return {
        name: int(engine.value(
            f"select coalesce(sum(n), 0)::bigint from (select {name}, count(*) as n {kept} where {name} is not null "
            f"group by {name}) where {UNREADABLE[name]}"
        ))
        for name in columns
    }  # fmt: skip


def write_quality(engine: Engine, measured: tuple[ColumnQuality, ...], path: Path) -> None:
    """The same as Parquet: one row per column, ``classes`` as a map."""
    table = pa.Table.from_pylist(
        [{**vars(one), "classes": list(one.classes)} for one in measured],
        schema=pa.schema([
            ("column", pa.string()), ("source", pa.string()), ("rows", pa.int64()), ("missing", pa.int64()),
            ("distinct", pa.int64()), ("distinct_is_exact", pa.bool_()), ("classes", pa.map_(pa.string(), pa.int64())),
            ("unreadable", pa.int64()), ("first_of_january", pa.int64()), ("leading_zeros_lost", pa.int64()),
            ("is_constant", pa.bool_()),
        ]),
    )  # fmt: skip
    engine.table("register_quality_measured", table)
    engine.write('select * from register_quality_measured order by "column"', path)
    engine.forget("register_quality_measured")
