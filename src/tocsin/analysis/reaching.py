"""Everyone within reach of a compromised account while evidence is missing: possible, never excluded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tocsin.analysis.reach import ReachRule
from tocsin.engine import Engine, literal
from tocsin.evidence.case.model import Case

WINDOW = """
create or replace temp table gap as
select min(since) as since, max(until) as until
from (select *, sum(case when covered is null or since > covered then 1 else 0 end)
                    over (order by since, until rows unbounded preceding) as nth
      from (select since, until, max(until) over (order by since, until
                                                  rows between unbounded preceding and 1 preceding) as covered
            from gap_window
            where portal = {portal} and list_contains({accounts}, account)))
group by nth
"""

REACHED = """
insert into reachable
with shown as (
    select record_no, register, record_id, held_for, answers_now as controller,
           greatest(valid_from, visible_from + interval '{delay} minutes') as since, valid_to as until
    from searchable
    where register = {register} and ({condition})
)
select record_no, register, record_id, held_for, controller, {mask} as mask, {causes} as causes
from shown
where (since is null or since <= (select min(since) from gap))
and (until is null or until > (select max(until) from gap))
union all
select s.record_no, s.register, s.record_id, s.held_for, s.controller, {mask}, {causes}
from shown s
where not ((since is null or since <= (select min(since) from gap))
           and (until is null or until > (select max(until) from gap)))
  and exists (select 1 from gap g where (s.until is null or s.until > g.since)
                                    and (s.since is null or s.since <= g.until))
"""


def write_reachable(engine: Engine, case: Case, reaches: Sequence[ReachRule], path: Path) -> None:
    """Write ``reachable_record``: (register, record_id, held_for, controller) -> categories mask and causes."""
    engine.run(
        "create or replace temp table reachable "
        "(record_no bigint, register varchar, record_id varchar, held_for varchar, controller varchar, mask bigint, "
        "causes varchar[])"
    )
    delays = {portal.id: portal.visible_delay_minutes for portal in case.portal}
    for rule in reaches:
        accounts = literal(list(rule.accounts))
        engine.run(WINDOW.format(portal=literal(rule.portal), accounts=accounts))
        causes = engine.rows(
            f"select distinct cause from gap_window where portal = {literal(rule.portal)} "
            f"and list_contains({accounts}, account) order by 1"
        )
        if not causes:
            continue
        for register, mask, is_shared in _registers(engine, rule.portal):
            condition = rule.condition if is_shared else "true"
            if not is_shared and "*" not in rule.accounts:
                condition = f"list_contains({accounts}, account)"
            engine.run(
                REACHED.format(
                    delay=delays[rule.portal],
                    register=literal(register),
                    condition=condition,
                    mask=mask,
                    causes=literal([cause for (cause,) in causes]),
                )
            )
    engine.write(
        "select record_no, any_value(register) as register, any_value(record_id) as record_id, held_for, controller, "
        "bit_or(mask) as mask, list_sort(list_distinct(flatten(list(causes)))) as causes "
        "from reachable group by record_no, held_for, controller order by record_no, held_for, controller",
        path,
    )


def _registers(engine: Engine, portal: str) -> list[tuple[str, int, bool]]:
    """(register, categories that its pages show, whether any account may see any record) for each register.

    A register shown only by the page of one's own account is not shared.
    """
    return engine.rows(
        """
        select r.register, coalesce(nullif(bit_or(d.mask), 0), (select mask from fact_everything)) as mask,
               coalesce(bool_or(a.kind <> 'own_account'),
                        not exists (select 1 from fact_portal p where p.portal = r.portal
                                    and p.professionals = r.register)) as is_shared
        from fact_portal_register r
        left join fact_action_register a on a.portal = r.portal and a.register = r.register
              and exists (select 1 from fact_disclosure x where x.portal = a.portal and x.action = a.action)
        left join fact_disclosure d on d.portal = a.portal and d.action = a.action
        where r.portal = ?
        group by r.portal, r.register
        order by r.register
        """,
        [portal],
    )
