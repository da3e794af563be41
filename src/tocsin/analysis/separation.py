"""No chain joins two people whom a direct comparison refuses: a group that holds such a pair is parted.

First come, first served, in the order of the smallest record: each member joins the first part in which nothing refuses
it. The parts are few where the refusals are few, so that the lower bound stays low.

>>> part_group([1, 2, 3], {(1, 3)})
{1: 1, 2: 1, 3: 3}
>>> part_group([1, 2, 3, 4], {(1, 2), (3, 2)})
{1: 1, 2: 2, 3: 1, 4: 1}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import pyarrow as pa

from tocsin.engine import Engine


def part_group(members: Iterable[int], refused: Collection[tuple[int, int]]) -> dict[int, int]:
    """Member -> the smallest member of its part; ``refused`` holds pairs in either order."""
    against: dict[int, set[int]] = defaultdict(set)
    for a, b in refused:
        against[a].add(b)
        against[b].add(a)
    parts: list[list[int]] = []
    for member in sorted(members):
        for part in parts:
            if not against[member].intersection(part):
                part.append(member)
                break
        else:
            parts.append([member])
    return {member: part[0] for part in parts for member in part}


def separate(engine: Engine, labels: str, members: str, refused: str) -> None:
    """Part the groups of the table ``labels`` (node, label) that hold a refused pair.

    ``members`` is a query of (node, member): nodes that stay together, called by one number. ``refused`` is a query of
    (member, other): members of one group that a direct comparison refuses. Groups without refusal, the many, are left
    alone and never leave the engine.
    """
    engine.run(f"create or replace temp table refused_member as select distinct member, other from ({refused})")
    engine.run(
        f"""
        create or replace temp table parted_node as
        with placed as (
            select l.node, l.label, coalesce(m.member, l.node) as member
            from {labels} l left join ({members}) m on m.node = l.node
        )
        select * from placed
        where label in (select p.label from placed p join refused_member r on r.member = p.member)
        """
    )
    groups: dict[int, list[int]] = defaultdict(list)
    for label, member in engine.rows("select distinct label, member from parted_node order by all"):
        groups[label].append(member)
    pairs = engine.rows("select member, other from refused_member")
    inside: dict[int, set[tuple[int, int]]] = defaultdict(set)
    home = {member: label for label, members_ in groups.items() for member in members_}
    for member, other in pairs:
        if home.get(member) is not None and home.get(member) == home.get(other):
            inside[home[member]].add((member, other))
    moved = {
        member: part
        for label, members_ in groups.items()
        for member, part in part_group(members_, inside[label]).items()
    }
    engine.table(
        "moved", pa.table({"member": pa.array(moved, pa.int64()), "part": pa.array(moved.values(), pa.int64())})
    )
    engine.run(
        f"""
        create or replace temp table {labels} as
        with new_label as (
            select p.node, min(p.node) over (partition by p.label, m.part) as label
            from parted_node p join moved m on m.member = p.member
        )
        select l.node, coalesce(n.label, l.label) as label
        from {labels} l left join new_label n on n.node = l.node;
        drop table parted_node; drop table refused_member
        """
    )
    engine.forget("moved")
