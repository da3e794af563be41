"""One human being from many records, by exact keys: strictly for telling people, loosely for the lower bound.

The strict clustering splits when in doubt (a wrong split costs a stamp); the loose one joins whatever one person's
records could be (it only counts). A conflict of certified numbers never merges, but for the known causes of change.
"""

from __future__ import annotations

from pathlib import Path

from tocsin.analysis.components import connect, join_keys
from tocsin.engine import Engine
from tocsin.engine.workbench import Table, Workbench

STEPS = Path(__file__).with_name("steps")
PERSON = """
with head as (
    select i.node, 'p-' || left(md5(concat_ws('|', i.scope, i.register, i.record_id)), 16) as person_strict
    from identity i
    left join strict_label s on s.node = i.node
    where s.label is null or s.label = i.node
)
select i.node, i.record_no, i.scope, i.population, i.register, i.record_id,
       h.node as person_no, h.person_strict, coalesce(l.label, i.node) as group_loose
from identity i
left join strict_label s on s.node = i.node
left join loose_label l on l.node = i.node
join head h on h.node = coalesce(s.label, i.node)
order by i.node
"""
"""The person's identifier is made of the key of its smallest record; its number means nothing outside of the run."""


def cluster_people(bench: Workbench) -> Table:
    """The table ``person``: (scope, register, record_id) -> ``person_strict``, ``group_loose``."""
    sources = {name: _sql(name) for name in ("strict_key", "loose_key")} | {"person": PERSON}

    def build(path: Path) -> None:
        engine = bench.engine
        join_keys(engine, sources["strict_key"], "strict_edge")
        connect(engine, "strict_edge", "strict_group")
        _undo_conflicts(engine)
        join_keys(engine, sources["loose_key"], "loose_edge")
        engine.run("insert into loose_edge select node, label from strict_label")
        connect(engine, "loose_edge", "loose_label")
        engine.write(PERSON, path)

    return bench.make("person", sources, ["identity"], build, "\n\n".join(sources.values()))


def join_loosely(bench: Workbench) -> Table:
    """The table ``loose_person``: (unit, register, record_id) -> ``person_loose``, for the lower bound of each unit.

    Among the records proved to be read, a group without a certified number joins one group that it may be.
    """
    bench.compute("loose_node", _sql("loose_node"), ["person_exposure", "identity"])

    def build(path: Path) -> None:
        engine = bench.engine
        engine.run(
            f"""
            create or replace temp table loose_edge as
            select node, label as head from loose_node;
            insert into loose_edge {_sql("loose_partner")}
            """
        )
        connect(engine, "loose_edge", "joined_label")
        engine.write(
            """
            select n.unit, n.population, n.register, n.record_id, j.label as person_loose
            from loose_node n join joined_label j on j.node = n.node
            order by n.node
            """,
            path,
        )

    return bench.make("loose_person", _sql("loose_partner"), ["loose_node"], build, _sql("loose_partner"))


def _sql(name: str) -> str:
    return (STEPS / f"{name}.sql").read_text("utf-8")


def _undo_conflicts(engine: Engine) -> None:
    """A strict cluster that holds two certified numbers, two birth dates, or two uncertified records of one contract
    (two beneficiaries on one card: twins of one first name, it was seen) falls back into its records."""
    engine.run(
        """
        create or replace temp table strict_label as
        with member as (
            select s.label, i.own_nir, i.birth_day, i.rpps, i.register, i.contract_id
            from strict_group s join identity i on i.node = s.node
        ),
        doubtful as (
            select label
            from member
            group by label
            having min(own_nir) <> max(own_nir) or min(birth_day) <> max(birth_day) or min(rpps) <> max(rpps)
            union
            select label
            from member
            where own_nir is null and contract_id is not null
            group by label, register, contract_id
            having count(*) > 1
        )
        select s.node, s.label
        from strict_group s anti join doubtful d on d.label = s.label
        """
    )
