"""Chains of shared keys, against a union-find of ten lines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.analysis.components import connect, join_keys
from tocsin.engine import Engine

NODES = st.integers(min_value=1, max_value=30)
PARTS = st.tuples(
    st.sampled_from(["own nir", "names"]), st.sampled_from(["a", "b"]), st.sampled_from(["1", "12", None]),
    st.sampled_from(["1980", "|", None]), st.sampled_from(["ZOE", "1980", None]),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(threads=1) as one:
        yield one


def smallest_of(groups: list[set[int]]) -> dict[int, int]:
    """Node -> the smallest node that a chain of groups leads to."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for group in groups:
        for node in group:
            first, second = sorted((root(min(group)), root(node)))
            parent[second] = first
    return {node: root(node) for node in parent}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NODES, NODES), max_size=60))
def test_a_component_is_called_by_its_smallest_node(engine: Engine, pairs: list[tuple[int, int]]) -> None:
    engine.run("create or replace temp table edge (node bigint, head bigint)")
    for a, b in pairs:
        engine.run(f"insert into edge values ({a}, {b}), ({b}, {b})")
    connect(engine, "edge", "label")
    assert dict(engine.rows("select node, label from label")) == smallest_of([{a, b} for a, b in pairs])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NODES, PARTS), max_size=60))
def test_records_meet_where_all_five_parts_agree(
    engine: Engine, keys: list[tuple[int, tuple[str | None, ...]]]
) -> None:
    engine.run(
        "create or replace temp table key_row "
        "(node bigint, kind varchar, scope varchar, number varchar, birth varchar, name varchar)"
    )
    for node, parts in keys:
        engine.run("insert into key_row values (?, ?, ?, ?, ?, ?)", [node, *parts])
    join_keys(engine, "select * from key_row", "edge")
    groups: dict[tuple[str | None, ...], set[int]] = {}
    for node, parts in keys:
        groups.setdefault(parts, set()).add(node)
    shared = [group for group in groups.values() if len(group) > 1]
    assert set(engine.rows("select node, head from edge")) == {(node, min(group)) for group in shared for node in group}
