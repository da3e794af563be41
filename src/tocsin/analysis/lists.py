"""The lists of exposed records: one of all, and one for each controller with its own people only."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from tocsin.engine import Engine, literal
from tocsin.engine.side_by_side import do_side_by_side

EXPOSED = """
-- masks are few: each is put into words once
with mask_name as (
    select mask, category_names(mask) as names
    from (select distinct unnest([confirmed, deduced, possible_attribution | possible_missing_evidence,
                                  possible_attribution, possible_missing_evidence]) as mask
          from person_exposure)
)
select e.controller, e.held_for, e.population, e.register, e.record_id, e.contract_id, e.household_id,
       e.person_strict as person_id,
       case when e.confirmed <> 0 then 'confirmed' when e.deduced <> 0 then 'deduced'
            when e.possible_attribution <> 0 then 'possible_attribution' else 'possible_missing_evidence' end as class,
       c.names as confirmed, d.names as deduced, p.names as possible, a.names as possible_attribution,
       m.names as possible_missing_evidence,
       strftime(e.first_at, '%Y-%m-%dT%H:%M:%SZ') as first_read_at,
       strftime(e.last_at, '%Y-%m-%dT%H:%M:%SZ') as last_read_at,
       e.lines, e.agreement, e.causes
from person_exposure e
join mask_name c on c.mask = e.confirmed
join mask_name d on d.mask = e.deduced
join mask_name p on p.mask = e.possible_attribution | e.possible_missing_evidence
join mask_name a on a.mask = e.possible_attribution
join mask_name m on m.mask = e.possible_missing_evidence
order by e.controller, e.record_no, e.held_for
"""
"""In the order of controllers: the list of one is read in one stretch of the file."""
LISTED = """
select * replace ('p-' || left(md5(controller || '|' || person_id), 16) as person_id)
from read_parquet({exposure})
where controller = {controller}
order by person_id, register, record_id, held_for
"""
"""Each person has, for each controller, an identifier that means nothing to another."""


def category_macro(categories: list[str]) -> str:
    """SQL: ``category_names(mask)``, the names of the bits of a mask."""
    bits = ", ".join(f"case when mask & {1 << n} <> 0 then {literal(name)} end" for n, name in enumerate(categories))
    return (
        "create or replace temp macro category_names(mask) as "
        f"list_filter([{bits}]::varchar[], lambda name: name is not null)"
    )


def write_lists(engine: Engine, categories: list[str], run: Path) -> None:
    """``tables/exposure.parquet`` and ``controllers/<id>/exposed_record.parquet``, sorted for look-up.

    The person's identifier in the list of one controller means nothing to another.
    """
    exposure = run / "tables" / "exposure.parquet"
    engine.run(category_macro(categories))
    engine.write(EXPOSED, exposure)
    controllers = [name for (name,) in engine.rows("select distinct controller from person_exposure order by 1")]
    do_side_by_side(engine, [partial(_write_list, exposure, run, controller) for controller in controllers])


def _write_list(exposure: Path, run: Path, controller: str, engine: Engine) -> None:
    name = re.sub(r"[^a-z0-9._-]", "_", controller.replace("?", "undeclared-").lower())
    engine.write(
        LISTED.format(exposure=literal(str(exposure)), controller=literal(controller)),
        run / "controllers" / name / "exposed_record.parquet",
    )
