"""One human being from many records, by exact keys: strictly for telling people, loosely for the lower bound.

The strict clustering splits when in doubt (a wrong split costs a stamp); the loose one joins whatever one person's
records could be (it only counts). A conflict of certified numbers never merges, but for the known causes of change.
"""

from __future__ import annotations

from pathlib import Path

from tocsin.engine import Engine
from tocsin.engine.workbench import Table, Workbench

STEPS = Path(__file__).with_name("steps")


def cluster_people(bench: Workbench) -> Table:
    """The table ``person``: (scope, register, record_id) -> ``person_strict``, ``group_loose``."""
    sources = {name: _sql(name) for name in ("strict_key", "loose_key")}

    def build(path: Path) -> None:
        engine = bench.engine
        connect(engine, sources["strict_key"], "strict_label")
        _undo_conflicts(engine)
        engine.run("create or replace temp view strict_as_key as select node, 's|' || label as key from strict_label")
        connect(engine, sources["loose_key"] + "\nunion all\nselect node, key from strict_as_key", "loose_label")
        engine.write(
            """
            select i.scope, i.population, i.register, i.record_id, i.contract_id, i.household_id,
                   'p-' || left(md5(concat_ws('|', i.scope, s.register, s.record_id)), 12) as person_strict,
                   'g-' || left(md5(concat_ws('|', i.scope, l.register, l.record_id)), 12) as group_loose
            from identity i
            join strict_label a on a.node = i.node
            join identity s on s.node = a.label
            join loose_label b on b.node = i.node
            join identity l on l.node = b.label
            order by i.scope, i.register, i.record_id
            """,
            path,
        )

    return bench.make("person", sources, ["identity"], build, "\n\n".join(sources.values()))


def join_loosely(bench: Workbench) -> Table:
    """The table ``loose_person``: (unit, register, record_id) -> ``person_loose``, for the lower bound of each unit.

    Among the records proved to be read, a group without a certified number joins one group that it may be.
    """
    inputs = ["person_exposure", "identity", "person"]
    bench.compute("loose_node", _sql("loose_node"), inputs)

    def build(path: Path) -> None:
        engine = bench.engine
        engine.run(f"create or replace temp table loose_partner as {_sql('loose_partner')}")
        connect(
            engine,
            """
            select node, 'g|' || label as key from loose_node
            union all select label, 'p|' || label from loose_partner
            union all select partner, 'p|' || label from loose_partner
            """,
            "joined_label",
            nodes="loose_node",
        )
        engine.write(
            """
            select n.unit, n.population, n.register, n.record_id, j.label as person_loose
            from loose_node n join joined_label j on j.node = n.node
            order by n.unit, n.register, n.record_id
            """,
            path,
        )

    return bench.make("loose_person", _sql("loose_partner"), ["loose_node"], build, _sql("loose_partner"))


def _sql(name: str) -> str:
    return (STEPS / f"{name}.sql").read_text("utf-8")


def connect(engine: Engine, keys: str, target: str, nodes: str = "identity") -> None:
    """Make ``target`` (node, label): nodes joined by a chain of shared keys carry their smallest node as label.

    ``keys`` is a query of (node, key), ``nodes`` the table of all nodes. Only keys that two nodes share are followed,
    until nothing changes.
    """
    engine.run(
        f"""
        -- a hash finds the keys that may be shared; the few that are, are then compared letter by letter
        create or replace temp table often as
        select hash(key) as h from ({keys}) group by h having count(*) > 1;
        create or replace temp table shared_key as
        select distinct node, key from ({keys}) where hash(key) in (select h from often);
        create or replace temp table label_now as
        select node, node as label from (select distinct node from shared_key);
        """
    )
    while True:
        engine.run(
            """
            create or replace temp table label_next as
            select k.node, min(m.label) as label
            from shared_key k
            join (select k.key, min(l.label) as label
                  from shared_key k join label_now l on l.node = k.node group by k.key) m on m.key = k.key
            group by k.node;
            create or replace temp table label_next as
            select n.node, least(n.label, coalesce(j.label, n.label)) as label
            from label_next n left join label_next j on j.node = n.label;
            """
        )
        changed = engine.value(
            "select count(*) from label_next n join label_now l on l.node = n.node where n.label <> l.label"
        )
        engine.run("create or replace temp table label_now as select * from label_next")
        if changed == 0:
            break
    engine.run(
        f"""
        create or replace temp table {target} as
        select i.node, coalesce(l.label, i.node) as label
        from {nodes} i left join label_now l on l.node = i.node;
        drop table often; drop table shared_key; drop table label_now; drop table label_next;
        """
    )


def _undo_conflicts(engine: Engine) -> None:
    """A strict cluster that holds two certified numbers, two birth dates, or two uncertified records of one contract
    (two beneficiaries on one card: twins of one first name, it was seen) falls back into its records."""
    engine.run(
        """
        create or replace temp table strict_label as
        with doubtful as (
            select s.label
            from strict_label s join identity i on i.node = s.node
            group by s.label
            having count(distinct i.own_nir) > 1 or count(distinct i.birth_day) > 1 or count(distinct i.rpps) > 1
                or count(*) filter (i.own_nir is null and i.contract_id is not null)
                 > count(distinct (i.register, i.contract_id)) filter (i.own_nir is null and i.contract_id is not null)
        )
        select s.node, case when d.label is null then s.label else s.node end as label
        from strict_label s left join doubtful d on d.label = s.label
        """
    )
