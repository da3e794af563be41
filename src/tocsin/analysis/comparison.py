"""Two runs side by side: who was added, removed or reclassified, and by how much each figure moved."""

from __future__ import annotations

from typing import Any

import duckdb

from tocsin.analysis.run import Run

CHANGES = """
with was as (select controller, held_for, register, record_id, class, confirmed, deduced, possible, person_id
             from read_parquet($was)),
     now as (select controller, held_for, register, record_id, class, confirmed, deduced, possible, person_id
             from read_parquet($now))
select coalesce(n.controller, w.controller) as controller, coalesce(n.register, w.register) as register,
       coalesce(n.record_id, w.record_id) as record_id,
       case when w.record_id is null then 'added' when n.record_id is null then 'removed'
            else 'reclassified' end as change,
       w.class as was, n.class as now, w.person_id as person_was, n.person_id as person_now
from was w
full join now n on n.controller = w.controller and n.held_for = w.held_for and n.register = w.register
               and n.record_id = w.record_id
where w.record_id is null or n.record_id is null or w.class <> n.class
   or (w.confirmed, w.deduced, w.possible) is distinct from (n.confirmed, n.deduced, n.possible)
order by 1, 2, 3
"""
PERSONS = """
with held as (
    select distinct w.person_id as was, n.person_id as now
    from read_parquet($was) w
    join read_parquet($now) n using (register, record_id, controller, held_for)
)
select was, now,
       case when count(*) over (partition by was) > 1 then 'split'
            when count(*) over (partition by now) > 1 then 'merged'
            else 'renamed' end as change
from held
qualify was <> now or count(*) over (partition by was) > 1 or count(*) over (partition by now) > 1
order by was, now
"""
"""From old persons to new, where they are not one and the same: an old one told as several is ``split``, several old
ones told as one are ``merged``; ``renamed`` when another record became the smallest of the same person."""


def compare_runs(was: Run, now: Run, *, limit: int | None = None) -> dict[str, Any]:
    """Changes from ``was`` to ``now``: counts by controller and kind, figures before and after, and the records."""
    places = {"was": str(was.table("exposure")), "now": str(now.table("exposure"))}
    figures = {"was": str(was.table("figure")), "now": str(now.table("figure"))}
    with duckdb.connect() as connection:
        connection.execute(f"create temp table change as {CHANGES}", places)
        counts = connection.execute(
            "select controller, change, was, now, count(*) from change group by all order by all"
        ).fetchall()
        moved = connection.execute(
            """
            select coalesce(n.scope, w.scope), coalesce(n.population, w.population), coalesce(n.unit, w.unit),
                   w.lower, w.working, w.upper, n.lower, n.working, n.upper
            from read_parquet($was) w
            full join read_parquet($now) n using (scope, population, unit)
            where (w.lower, w.working, w.upper) is distinct from (n.lower, n.working, n.upper)
            order by 1, 2, 3
            """,
            figures,
        ).fetchall()
        rows = connection.execute(
            "select controller, register, record_id, change, was, now, person_was, person_now from change "
            f"order by all {'' if limit is None else f'limit {int(limit)}'}"
        ).fetchall()
        ids = connection.execute(PERSONS, places).fetchall()
    names = ("controller", "register", "record_id", "change", "was", "now", "person_was", "person_now")
    return {
        "was": was.id,
        "now": now.id,
        "counts": [dict(zip(("controller", "change", "was", "now", "records"), row, strict=True)) for row in counts],
        "figures": [
            {"scope": row[0], "population": row[1], "unit": row[2], "was": list(row[3:6]), "now": list(row[6:9])}
            for row in moved
        ],
        "persons_renamed": [{"was": old, "now": new, "change": change} for old, new, change in ids],
        "records": [dict(zip(names, row, strict=True)) for row in rows],
    }
