"""What is left aside before it is compared changes no answer: each shortcut against the definition written out, pair by
pair, on a few records that share nearly everything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.analysis.test_linkage import COLUMNS, put, record

from tocsin.analysis.components import connect, join_keys
from tocsin.analysis.linkage.models import load_constants
from tocsin.analysis.linkage.score import block_pairs, prepare
from tocsin.analysis.people import STEPS
from tocsin.engine import Engine

NIRS = [
    "1600575123456",
    "2600575123456",
    "1610575123456",
    "1600599123456",
    "1600575123457",
    "1600675123456",
    "295057500",
]
ANY = {
    "own": st.sampled_from([None, *NIRS]), "shared": st.sampled_from([None, *NIRS[:3]]),
    "surname": st.sampled_from([None, "MARTIN", "JULES", "DURAND"]),
    "first": st.sampled_from([None, "JULES", "J", "MARTIN"]),
    "born": st.sampled_from([None, 19600512, 19600513, 19610512]), "sex": st.sampled_from([None, "1", "2"]),
    "contract": st.sampled_from([None, "c1", "c2"]), "scope": st.sampled_from(["one", "two"]),
}  # fmt: skip
RECORDS = st.lists(st.fixed_dictionaries(ANY), min_size=20, max_size=25)
"""Many pairs in each example: hundreds of ways to meet."""
NUMBERED = st.lists(
    st.fixed_dictionaries({
        "own": st.sampled_from(NIRS), "surname": st.sampled_from(["MARTIN", None]),
        "first": st.sampled_from(["JULES", "LEA"]),
    }),
    min_size=2, max_size=4,
)  # fmt: skip
PROPERTY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(threads=1) as one:
        put(one, "exact_person", {"node": "bigint", "label": "bigint"}, [])
        yield one


def step(name: str) -> str:
    return (STEPS / f"{name}.sql").read_text("utf-8")


def told(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [record(n, **one) for n, one in enumerate(said, start=1)]


def equal(a: Any, b: Any) -> bool:
    return a is not None and a == b


@PROPERTY
@given(RECORDS)
def test_the_pairs_compared_are_those_of_the_definition(engine: Engine, said: list[dict[str, Any]]) -> None:
    rows = told(said)
    put(engine, "identity", COLUMNS, rows)
    prepare(engine, load_constants())
    block_pairs(engine)
    expected = set()
    for a, b in combinations(rows, 2):
        if a["scope"] != b["scope"]:
            continue
        is_card = a["register"] == b["register"] and equal(a["contract"], b["contract"])
        ties = [
            equal(a["shared_nir"], b["shared_nir"]), equal(a["own_nir"], b["shared_nir"]),
            equal(a["shared_nir"], b["own_nir"]), is_card,
        ]  # fmt: skip
        is_residue = a["own_nir"] is None or b["own_nir"] is None
        years = a["birth_year"], b["birth_year"]
        may_be_one = (
            years[0] == years[1] or None in years or equal(a["first_name_key"], b["first_name_key"])
            or equal(a["first_name_key"], b["surname_key"]) or equal(a["surname_key"], b["first_name_key"])
        )  # fmt: skip
        names = [{one["surname_key"], one["first_name_key"]} for one in (a, b)]
        looks_alike = is_residue and (
            (equal(a["birth_day"], b["birth_day"])
            and (equal(a["surname_key"], b["surname_key"]) or equal(a["first_name_key"], b["first_name_key"])))
            or (equal(*years) and names[0] == names[1] and None not in names[0])
        )  # fmt: skip
        if equal(a["own_nir"], b["own_nir"]):
            expected.add(("number", a["node"], b["node"]))
        # the policyholder's number of one is the other's own: only when the first has none of its own
        tied = ties[0] or ties[3] or (ties[1] and b["own_nir"] is None) or (ties[2] and a["own_nir"] is None)
        if is_residue and tied and may_be_one:
            expected.add(("number", a["node"], b["node"]))
        if looks_alike and not any(ties):
            expected.add(("names", a["node"], b["node"]))
    assert set(engine.rows("select model, node, other from blocked_pair")) == expected


@PROPERTY
@given(NUMBERED)
def test_numbers_that_changed_are_looked_for_where_they_can_be(engine: Engine, said: list[dict[str, Any]]) -> None:
    put(engine, "identity", COLUMNS, told(said))
    found = []
    for near in (step("near_number"), "select node from identity where own_nir is not null and "
                 "coalesce(surname_key, first_name_key) is not null"):  # fmt: skip
        engine.run(f"create or replace temp table near_number as {near}")
        join_keys(engine, step("loose_key"), "loose_edge")
        connect(engine, "loose_edge", "loose_label")
        found.append(dict(engine.rows("select node, label from loose_label")))
    assert found[0] == found[1]


EXPOSED = {
    "controller": "varchar", "scope": "varchar", "population": "varchar", "node": "bigint", "group_loose": "bigint",
    "is_proved": "boolean",
}  # fmt: skip


@PROPERTY
@given(RECORDS, st.lists(st.tuples(st.integers(1, 25), st.integers(0, 2), st.integers(1, 25)), min_size=8, max_size=20))
def test_partners_are_the_same_as_unit_by_unit(
    engine: Engine, said: list[dict[str, Any]], exposed: list[tuple[int, int, int]]
) -> None:
    rows = [one | {"scope": "linked"} for one in told(said)]
    put(engine, "identity", COLUMNS, rows)
    read = [
        {"controller": f"amc-{controller}", "scope": "linked", "population": "insured", "node": node,
         "group_loose": min(node, group), "is_proved": True}
        for node, controller, group in exposed if node <= len(rows)
    ]  # fmt: skip
    group_of = {one["node"]: one["group_loose"] for one in read}
    read = [one | {"group_loose": group_of[one["node"]]} for one in read]

    def partners(given: list[dict[str, Any]]) -> set[tuple[str, int, int]]:
        put(engine, "person_exposure", EXPOSED, given)
        for name in ("proved_record", "loose_node"):
            engine.run(f"create or replace temp table {name} as {step(name)}")
        return set(
            engine.rows(
                "select a.unit, a.identity_node, b.identity_node "
                f"from ({step('loose_partner')}) p join loose_node a on a.node = p.label "
                "join loose_node b on b.node = p.partner"
            )
        )

    whole = partners(read)
    units = {one["controller"] for one in read}
    apart = set()
    for unit in units:
        mine = [one | {"scope": unit} for one in read if one["controller"] == unit]
        put(engine, "identity", COLUMNS, [one | {"scope": unit} for one in rows])
        apart |= partners(mine)
    put(engine, "identity", COLUMNS, rows)
    if read:
        apart |= partners([one | {"controller": "linked"} for one in read])
    assert whole == apart
