"""What each column of a register is worth, before any figure is drawn from it.

Read from the result, so that it describes what the analysis will see; values written but not understood are counted
on the rows as they came.
"""

from __future__ import annotations

from collections.abc import Collection
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
READ_AS = {
    "sex": "sex", "birth_date": "birth_date", "visible_from": "instant", "rights_from": "instant",
    "rights_to": "last_day",
}  # fmt: skip
"""Columns whose values may be written and not understood, and the kind of table that read them (``repeated.py``)."""
TOGETHER_BELOW = 50_000
"""Rows: below, all columns are counted in one pass; beyond, one at a time, since each holds its values in memory."""


def measure_quality(
    engine: Engine, versions: Path, plan: ColumnPlan, held: Collection[str]
) -> tuple[ColumnQuality, ...]:
    """Measure every declared column that the result keeps; ``held`` are those that a file has."""
    source = f"read_parquet({literal(str(versions))})"
    columns = [name for name in (*STANDARD, *plan.extras) if name in plan.sources and name not in NOT_KEPT]
    rows = int(engine.value(f"select count(*) from {source}"))
    batch = len(columns) if rows < TOGETHER_BELOW else 1
    counts: dict[str, tuple[int, int, bool]] = {}
    for start in range(0, len(columns), batch):
        counts |= _count_values(engine, source, columns[start : start + batch], rows)
    return tuple(_measure(engine, source, name, plan.sources[name], rows, counts[name], held) for name in columns)


def _name_of(column: str) -> str:
    return '"' + RENAMED.get(column, column).replace('"', '""') + '"'


def _count_values(engine: Engine, source: str, columns: list[str], rows: int) -> dict[str, tuple[int, int, bool]]:
    """Of each column: how many values, how many distinct, and whether they are all one."""
    counted = []
    for name in map(_name_of, columns):
        if rows <= EXACT_BELOW:
            distinct = f"count(distinct {name})"
            counted.append(f"count({name}), {distinct}, {distinct} = 1")
        else:
            counted.append(f"count({name}), approx_count_distinct({name}), coalesce(min({name}) = max({name}), false)")
    (found,) = engine.rows(f"select {', '.join(counted)} from {source}")
    return {column: found[3 * place : 3 * place + 3] for place, column in enumerate(columns)}


def _measure(
    engine: Engine, source: str, column: str, theirs: str, rows: int, counts: tuple[int, int, bool],
    held: Collection[str],
) -> ColumnQuality:  # fmt: skip
    filled, different, is_constant = counts
    classes = _count_classes(engine, source, column, _name_of(column))
    january = 0
    if column == "birth_date":
        january = int(engine.value(
            f"select count(*) from {source} where birth_precision = 'day' and birth_month = 1 and birth_day = 1"
        ))  # fmt: skip
    return ColumnQuality(
        column=column, source=theirs, rows=rows, missing=rows - filled, distinct=different,
        distinct_is_exact=rows <= EXACT_BELOW, classes=classes,
        unreadable=_count_unreadable(engine, column) if column in held else 0, first_of_january=january,
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


def _count_unreadable(engine: Engine, column: str) -> int:
    """Values of kept rows that were written and not understood; the rows are looked at only where there are such."""
    if column not in READ_AS:
        return 0
    odd = f"from register_once_{READ_AS[column]} where is_unreadable"
    if not engine.value(f"select count(*) {odd}"):
        return 0
    return int(engine.value(
        "select count(*) from register_row anti join register_rejected using (row_id) "
        f"where {column} in (select written {odd})"
    ))  # fmt: skip


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
