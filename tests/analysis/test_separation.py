"""A group parted: nobody stands beside whom a comparison refuses, nobody is lost, the others stay together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tocsin.analysis.separation import part_group, separate
from tocsin.engine import Engine

MEMBERS = st.sets(st.integers(1, 12), min_size=1)
PAIRS = st.sets(st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda pair: pair[0] != pair[1]))


@given(MEMBERS, PAIRS)
def test_no_part_holds_a_refused_pair(members: set[int], refused: set[tuple[int, int]]) -> None:
    parts = part_group(members, refused)
    assert parts.keys() == members
    assert all(parts[part] == part <= member for member, part in parts.items())
    assert not any(parts[a] == parts[b] for a, b in refused if a in members and b in members)


@given(MEMBERS)
def test_a_group_without_refusal_stays_whole(members: set[int]) -> None:
    assert set(part_group(members, set()).values()) == {min(members)}


def test_only_groups_with_a_refusal_are_touched() -> None:
    with Engine(threads=1) as engine:
        engine.run(
            "create temp table label as select * from (values (1, 1), (2, 1), (3, 1), (5, 5), (6, 5)) t(node, label)"
        )
        engine.run("create temp table member as select * from (values (1, 1), (2, 2), (3, 1)) t(node, member)")
        separate(engine, "label", "select * from member", "select 1 as member, 2 as other")
        assert engine.rows("select * from label order by node") == [(1, 1), (2, 2), (3, 1), (5, 5), (6, 5)]
