"""One human being from many records: strictly for telling people, loosely for the lower bound.

Exact keys first, then Splink on what they leave open (``linkage/``), then what persons answered. The strict clustering
splits when in doubt (a wrong split costs a stamp); the loose one joins whatever one person's records could be (it only
counts). In both, a conflict of certified numbers never merges, and no chain joins two records that a direct comparison
refuses.
"""

from __future__ import annotations

from pathlib import Path

from tocsin.analysis.components import connect, join_keys
from tocsin.analysis.linkage import agreement_of, link_pairs, load_comparisons
from tocsin.analysis.separation import separate
from tocsin.engine import Engine
from tocsin.engine.workbench import Table, Workbench

STEPS = Path(__file__).with_name("steps")


def identify(bench: Workbench) -> Table:
    """The table ``identity``: what is known of each record, to tell whether two records are one human being."""
    sql = _sql("identity")

    def build(path: Path) -> None:
        bench.engine.write(sql, path, packed=False)

    return bench.make("identity", sql, ["register_version", "holding", "fact_register", "fact_scope"], build, sql)


def cluster_people(bench: Workbench) -> Table:
    """The table ``cluster``: node -> ``person_no``, ``group_loose``, for records that are about one person together."""
    find_exact(bench)
    link_pairs(bench)
    bench.compute("merge_pair", _sql("merge_pair"), ["fact_merge", "identity"])
    names = ("near_number", "loose_key", "strict_label", "answered_label", "loose_refused", "cluster")
    sources = {name: _sql(name) for name in names}
    sources["linkage"] = agreement_of("near_pair")

    def build(path: Path) -> None:
        engine = bench.engine
        load_comparisons(engine)
        _join_linked(engine)
        _obey_answers(engine)
        _join_what_may_be_one(engine)
        engine.write(sources["cluster"], path)

    inputs = ["identity", "exact_person", "linked_pair", "merge_pair"]
    return bench.make("cluster", sources, inputs, build, "\n\n".join(sources.values()))


def name_people(bench: Workbench) -> Table:
    """The table ``person``: the records of the people who were, or may have been, read."""
    return bench.compute("person", _sql("person"), ["person_exposure", "identity", "cluster"])


def find_exact(bench: Workbench) -> Table:
    """The table ``exact_person`` (node, label): records that exact keys join; a conflict undoes the cluster."""

    def build(path: Path) -> None:
        engine = bench.engine
        join_keys(engine, _sql("strict_key"), "strict_edge")
        connect(engine, "strict_edge", "strict_group")
        engine.write(_sql("exact_person"), path)

    sources = [_sql("strict_key"), _sql("exact_person")]
    return bench.make("exact_person", sources, ["identity"], build, "\n\n".join(sources))


def _join_linked(engine: Engine) -> None:
    """``strict_label``: exact clusters joined by strict links, where no two records of the whole refuse each other."""
    engine.run(
        """
        create or replace temp table linked_edge as
        select node, label as head from exact_person
        union all
        select greatest(coalesce(a.label, p.node), coalesce(b.label, p.other)),
               least(coalesce(a.label, p.node), coalesce(b.label, p.other))
        from linked_pair p
        left join exact_person a on a.node = p.node
        left join exact_person b on b.node = p.other
        where p.is_strict;
        insert into linked_edge select distinct head, head from linked_edge
        """
    )
    connect(engine, "linked_edge", "linked_group")
    engine.run(
        """
        create or replace temp table near_pair as
        with touched as (
            select distinct g.label from linked_group g join linked_pair p on p.node = g.node where p.is_strict
        ),
        member as (
            select g.node, g.label, coalesce(e.label, g.node) as exact
            from linked_group g semi join touched t on t.label = g.label left join exact_person e on e.node = g.node
        )
        select a.node, b.node as other, a.label
        from member a join member b on b.label = a.label and a.node < b.node and a.exact <> b.exact
        """
    )
    engine.run(f"create or replace temp table agreement as {agreement_of('near_pair')}")
    engine.run(_sql("strict_label"))


def _obey_answers(engine: Engine) -> None:
    """``strict_label`` after the answers: `different` parts, `same` joins what nothing else refuses."""
    if not engine.value("select count(*) from merge_pair"):
        return
    engine.run(
        """
        create or replace temp table answered_edge as
        select node, label as head from strict_label
        union all
        select greatest(coalesce(a.label, p.node), coalesce(b.label, p.other)),
               least(coalesce(a.label, p.node), coalesce(b.label, p.other))
        from merge_pair p
        left join strict_label a on a.node = p.node
        left join strict_label b on b.node = p.other
        where p.answer = 'same';
        insert into answered_edge select distinct head, head from answered_edge
        """
    )
    connect(engine, "answered_edge", "answered_group")
    engine.run(
        """
        create or replace temp table near_pair as
        with touched as (
            select distinct g.label from answered_group g join merge_pair p on p.node = g.node
        ),
        member as (
            select g.node, g.label, coalesce(e.label, g.node) as before
            from answered_group g semi join touched t on t.label = g.label left join strict_label e on e.node = g.node
        )
        select a.node, b.node as other, a.label, a.before, b.before as other_before
        from member a join member b on b.label = a.label and a.node < b.node and a.before <> b.before
        """
    )
    engine.run(f"create or replace temp table agreement as {agreement_of('near_pair')}")
    engine.run(_sql("answered_label"))


def _join_what_may_be_one(engine: Engine) -> None:
    """``loose_label``: strict clusters joined by loose keys and by every pair that may be one, then parted where two
    records refuse each other."""
    engine.run(f"create or replace temp table near_number as {_sql('near_number')}")
    join_keys(engine, _sql("loose_key"), "loose_edge")
    engine.run(
        """
        insert into loose_edge select node, label from strict_label;
        create or replace temp table may_be_one as
        select p.node, p.other from linked_pair p where p.refused is distinct from 'number';
        insert into loose_edge select other, node from may_be_one;
        insert into loose_edge select node, node from may_be_one
        """
    )
    connect(engine, "loose_edge", "loose_label")
    engine.run(_sql("loose_refused"))
    if engine.value("select count(*) from loose_refused"):
        members = "select node, member from loose_member"
        separate(engine, "loose_label", members, "select member, other from loose_refused")


def join_loosely(bench: Workbench) -> Table:
    """The table ``loose_person`` (unit, population, person_loose): the people of the lower bound of each unit.

    Among the records proved to be read, a group without a certified number joins one group that it may be.
    """
    sources = {name: _sql(name) for name in ("proved_record", "loose_node", "loose_partner", "loose_person")}

    def build(path: Path) -> None:
        engine = bench.engine
        for name in ("proved_record", "loose_node"):
            engine.run(f"create or replace temp table {name} as {sources[name]}")
        engine.run(
            f"""
            create or replace temp table loose_edge as
            select label as node, partner as head from ({sources["loose_partner"]});
            insert into loose_edge select distinct head, head from loose_edge
            """
        )
        connect(engine, "loose_edge", "joined_label")
        refused = """
            select a.label as member, b.label as other
            from merge_pair p
            join loose_node a on a.identity_node = p.node
            join loose_node b on b.identity_node = p.other and b.unit = a.unit and b.label <> a.label
            where p.answer = 'different'
        """
        if engine.value(f"select count(*) from ({refused})"):
            separate(engine, "joined_label", "select label as node, label as member from loose_node", refused)
        engine.write(sources["loose_person"], path)
        engine.run("drop table proved_record; drop table loose_node; drop table loose_edge; drop table joined_label")

    inputs = ["person_exposure", "identity", "merge_pair"]
    return bench.make("loose_person", sources, inputs, build, "\n\n".join(sources.values()))


def ask_doubts(bench: Workbench) -> Table:
    """The table ``doubtful_pair``: the questions that a person may settle (``doubts.py``)."""
    inputs = ["linked_pair", "cluster", "identity", "person_exposure", "merge_pair"]
    return bench.compute("doubtful_pair", _sql("doubtful_pair"), inputs)


def _sql(name: str) -> str:
    return (STEPS / f"{name}.sql").read_text("utf-8")
