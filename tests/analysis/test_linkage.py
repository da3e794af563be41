"""One human being from many records: every named trap stays apart, plain errors are seen through, and no chain of links
joins two people whom a direct comparison refuses (against a comparison written again here, by brute force)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.analysis import people
from tocsin.analysis.linkage import load_comparisons
from tocsin.analysis.people import cluster_people
from tocsin.engine import Engine
from tocsin.engine.workbench import Table, Workbench

COLUMNS = {
    "node": "bigint", "scope": "varchar", "population": "varchar", "record_no": "bigint", "register": "varchar",
    "record_id": "varchar", "own_nir": "varchar", "shared_nir": "varchar", "birth_day": "integer",
    "birth_year": "smallint", "birth_date": "varchar", "birth_rank": "varchar", "sex": "varchar",
    "surname_key": "varchar", "birth_surname_key": "varchar", "first_name_key": "varchar", "contract": "varchar",
    "contract_id": "varchar", "household_id": "varchar", "rpps": "varchar", "adeli": "varchar", "finess": "varchar",
}  # fmt: skip
FATHER, SON, LEA, OTHER = "1600575123456", "1900575123457", "2950575123458", "2700175123459"


def record(node: int, **said: Any) -> dict[str, Any]:
    """One row of ``identity``; ``born`` is a day as 19800102."""
    born = said.pop("born", None)
    row = dict.fromkeys(COLUMNS) | {
        "node": node, "record_no": node, "scope": "one", "population": "insured", "register": f"r{node % 2}",
        "record_id": f"{node:05}",
    }  # fmt: skip
    if born is not None:
        row |= {"birth_day": born, "birth_year": born // 10000, "birth_date": str(born)}
    names = {"surname": "surname_key", "first": "first_name_key", "own": "own_nir", "shared": "shared_nir"}
    return row | {names.get(key, key): value for key, value in said.items()}


def put(engine: Engine, name: str, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
    kinds = {"bigint": pa.int64(), "integer": pa.int32(), "smallint": pa.int16(), "boolean": pa.bool_()}
    table = pa.table({
        key: pa.array([row.get(key) for row in rows], kinds.get(kind, pa.string())) for key, kind in columns.items()
    })  # fmt: skip
    engine.table("given_rows", table)
    engine.run(f"create or replace temp table {name} as select * from given_rows")
    engine.forget("given_rows")


def crowd(start: int, count: int = 200) -> list[dict[str, Any]]:
    """People about whom nothing is asked: without them every name would be rare."""
    return [
        record(
            start + n,
            surname=f"NOM{n % 997}",
            first=f"PRENOM{n % 101}",
            born=19300101 + n % 60 * 10000 + n % 9 * 100 + n % 13,
        )
        for n in range(count)
    ]


def clusters(
    folder: Path, rows: list[dict[str, Any]], answers: Sequence[tuple[int, int, str]] = (), threads: int = 1
) -> Any:
    """Node -> (strict, loose) of the rows, through the whole of ``cluster_people``; and the workbench's files."""
    with Engine(threads=threads) as engine:
        bench = Workbench(engine, folder)
        put(engine, "identity", COLUMNS, rows)
        put(engine, "fact_merge", {"n": "bigint", "register": "varchar", "record_id": "varchar",
            "other_register": "varchar", "other_record_id": "varchar", "answer": "varchar"},
            [{"n": n, "register": f"r{a % 2}", "record_id": f"{a:05}", "other_register": f"r{b % 2}",
              "other_record_id": f"{b:05}", "answer": answer} for n, (a, b, answer) in enumerate(answers)])  # fmt: skip
        for name in ("identity", "fact_merge"):
            bench.tables[name] = Table(name, f"{name}{threads}{len(rows)}{answers}", (), len(rows))
        cluster_people(bench)
        told = {node: (strict, loose) for node, strict, loose in engine.rows(
            "select node, coalesce(person_no, node), coalesce(group_loose, node) "
            "from identity left join cluster using (node) order by node")}  # fmt: skip
        files = {name: bench.tables[name].files[0].read_bytes() for name in ("exact_person", "linked_pair", "cluster")}
    return told, files


ONE = {"surname": "MARTINEAU", "first": "HIPPOLYTE", "born": 19740312, "sex": "1"}
SAME = {
    "swapped names beside one's own number": (
        {**ONE, "own": FATHER},
        {**ONE, "own": FATHER, "surname": "HIPPOLYTE", "first": "MARTINEAU"},
    ),
    "an initial beside one's own number": ({**ONE, "own": FATHER}, {**ONE, "own": FATHER, "first": "H"}),
    "another surname beside one's own number": ({**ONE, "own": FATHER}, {**ONE, "own": FATHER, "surname": "PETIT"}),
    "a first of January beside one's own number": ({**ONE, "own": FATHER}, {**ONE, "own": FATHER, "born": 19740101}),
    "one's own number in the policyholder's field": ({**ONE, "own": FATHER}, {**ONE, "shared": FATHER}),
    "a policyholder who lost his rank": ({**ONE, "shared": FATHER, "birth_rank": "1"}, {**ONE, "shared": FATHER}),
    "a rare name and a birth day, no number": ({**ONE, "own": FATHER}, ONE),
}  # fmt: skip
CHILD = {"surname": "MARTIN", "born": 20150312, "shared": FATHER, "sex": "1"}
APART = {
    "twins without rank nor surname": (
        {**CHILD, "surname": None, "first": "JULES"},
        {**CHILD, "surname": None, "first": "LEON"},
    ),
    "twins without rank": ({**CHILD, "first": "JULES"}, {**CHILD, "first": "JULIEN"}),
    "twins without rank, by their initial": ({**CHILD, "first": "J"}, {**CHILD, "first": "J"}),
    "twins, one by an initial": ({**CHILD, "first": "JULES"}, {**CHILD, "first": "J"}),
    "twins of one first name, by rank": (
        {**CHILD, "first": "JULES", "birth_rank": "1"},
        {**CHILD, "first": "JULES", "birth_rank": "2"},
    ),
    "twins of one first name and one rank, on one card": (
        {**CHILD, "first": "JULES", "birth_rank": "1", "register": "r0", "contract_id": "c1"},
        {**CHILD, "first": "JULES", "birth_rank": "1", "register": "r0", "contract_id": "c1"},
    ),
    "siblings under the policyholder's number": (
        {**CHILD, "first": "JULES"},
        {**CHILD, "first": "ADAM", "born": 20170401},
    ),
    "siblings, one with no birth date": (
        {**CHILD, "first": "JULES"},
        {"surname": "MARTIN", "first": "ADAM", "shared": FATHER},
    ),
    "father and son of one name": (
        {**CHILD, "first": "JEAN"},
        {**CHILD, "first": "JEAN", "born": 19600512, "own": FATHER},
    ),
    "father and son of one name, no birth date": (
        {"surname": "MARTIN", "first": "JEAN", "shared": FATHER},
        {**CHILD, "first": "JEAN", "born": 19600512, "own": FATHER},
    ),
    "father and son, both first of January": (
        {**CHILD, "first": "JEAN", "born": 20150101},
        {**CHILD, "first": "JEAN", "born": 19600101, "own": FATHER},
    ),
    "child with the parent's number in its own field": (
        {**CHILD, "first": "LEA", "sex": "2"},
        {**CHILD, "first": "LEA", "sex": "2", "born": 19600512, "own": FATHER},
    ),
    "homonyms born one first of January": ({**ONE, "born": 19740101, "own": FATHER}, {**ONE, "born": 19740101}),
    "homonyms by initial": ({**ONE, "own": FATHER}, {**ONE, "first": "H"}),
    "two certified numbers": ({**ONE, "own": FATHER}, {**ONE, "own": SON}),
    "of another sex": ({**ONE, "own": FATHER}, {**ONE, "sex": "2"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bool, bool]]:
    """Name of a pair -> (joined strictly, loosely): all pairs in one go, each in its own scope with its crowd."""
    pairs = {**SAME, **APART}
    rows: list[dict[str, Any]] = []
    places = {}
    for name, (one, another) in pairs.items():
        node = len(rows) + 1
        places[name] = (node, node + 1)
        both = [record(node, **one), record(node + 1, **another), *crowd(node + 2)]
        rows += [{**row, "scope": name} for row in both]
    found, _files = clusters(tmp_path_factory.mktemp("work"), rows)
    return {name: tuple(x == y for x, y in zip(found[a], found[b], strict=True)) for name, (a, b) in places.items()}  # type: ignore[misc]


@pytest.mark.parametrize("name", SAME)
def test_a_plain_error_is_seen_through(told: dict[str, tuple[bool, bool]], name: str) -> None:
    assert told[name] == (True, True)


@pytest.mark.parametrize("name", APART)
def test_a_trap_never_merges(told: dict[str, tuple[bool, bool]], name: str) -> None:
    assert not told[name][0]


def test_two_certified_numbers_stay_apart_even_loosely(told: dict[str, tuple[bool, bool]]) -> None:
    assert told["two certified numbers"] == (False, False)


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [record(1, **ONE, own=FATHER), record(2, **ONE), *crowd(3, 4000)]
    one = clusters(tmp_path / "one", rows, threads=1)
    four = clusters(tmp_path / "four", list(rows), threads=4)
    assert one == four


def test_answers_are_obeyed_in_both_clusterings(tmp_path: Path) -> None:
    rows = [record(1, **ONE, own=FATHER), record(2, **ONE), record(3, surname="MARTINEAU", first="H", born=19740312),
            *crowd(4, 4000)]  # fmt: skip
    before, _files = clusters(tmp_path / "a", rows)
    assert before[1] == before[2] != before[3]
    parted, _files = clusters(tmp_path / "b", rows, [(1, 2, "different"), (1, 3, "same")])
    assert parted[1][0] != parted[2][0]
    assert parted[1][1] != parted[2][1]
    assert parted[1][0] == parted[3][0]
    undone, _files = clusters(tmp_path / "c", rows, [(1, 2, "different"), (1, 2, "same")])
    assert undone[1] == undone[2]


# ---- chains, by brute force

NODES = 8
PERSON = st.fixed_dictionaries({
    "own": st.sampled_from([None, FATHER, SON, OTHER]), "born": st.sampled_from([19740312, 19740313, 19740101, None]),
    "sex": st.sampled_from(["1", "2", None]), "birth_rank": st.sampled_from([None, "1", "2"]),
    "first": st.sampled_from(["JEAN", "JULES"]), "surname": st.just("MARTIN"),
    "contract_id": st.sampled_from([None, "c1", "c2"]), "register": st.sampled_from(["r0", "r1"]),
})  # fmt: skip
PAIR = st.tuples(st.integers(1, NODES), st.integers(1, NODES)).filter(lambda pair: pair[0] < pair[1])


def refuses(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether comparing two records says that they are two people: written again, without a look at the SQL."""
    if a["own_nir"] and b["own_nir"] and a["own_nir"] != b["own_nir"]:
        return True
    if a["birth_day"] and b["birth_day"] and a["birth_day"] != b["birth_day"]:
        default = 101 in (a["birth_day"] % 10000, b["birth_day"] % 10000)
        beside_one_number = a["own_nir"] is not None and a["own_nir"] == b["own_nir"]
        if not default and not beside_one_number:
            return True
    if any(a[key] and b[key] and a[key] != b[key] for key in ("sex", "birth_rank")):
        return True
    return (
        a["contract_id"] is not None
        and (a["register"], a["contract_id"]) == (b["register"], b["contract_id"])
        and (a["own_nir"] is None or a["own_nir"] != b["own_nir"])
    )


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(threads=1) as one:
        load_comparisons(one)
        yield one


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(PERSON, min_size=NODES, max_size=NODES), st.lists(PAIR, max_size=12, unique=True),
    st.lists(PAIR, max_size=6, unique=True), st.dictionaries(PAIR, st.sampled_from(["same", "different"]), max_size=4),
)  # fmt: skip
def test_no_chain_joins_whom_a_comparison_refuses(
    engine: Engine,
    said: list[dict[str, Any]],
    strict: list[tuple[int, int]],
    possible: list[tuple[int, int]],
    answers: dict[tuple[int, int], str],
) -> None:
    rows = [record(n, **one) for n, one in enumerate(said, start=1)]
    put(engine, "identity", COLUMNS, rows)
    put(engine, "exact_person", {"node": "bigint", "label": "bigint"}, [])
    links = {pair: True for pair in strict if not refuses(rows[pair[0] - 1], rows[pair[1] - 1])}
    links |= {pair: False for pair in possible if pair not in links}
    put(engine, "linked_pair", {"node": "bigint", "other": "bigint", "is_strict": "boolean", "refused": "varchar"},
        [{"node": a, "other": b, "is_strict": is_strict} for (a, b), is_strict in links.items()])  # fmt: skip
    put(engine, "merge_pair", {"node": "bigint", "other": "bigint", "answer": "varchar"},
        [{"node": a, "other": b, "answer": answer} for (a, b), answer in answers.items()])  # fmt: skip
    people._join_linked(engine)
    people._obey_answers(engine)
    people._join_what_may_be_one(engine)
    labels = {
        name: {n: n for n in range(1, NODES + 1)} | dict(engine.rows(f"select node, label from {name}"))
        for name in ("strict_label", "loose_label")
    }
    looked_at_same = any(answer == "same" for answer in answers.values())
    for a, b in combinations(range(1, NODES + 1), 2):
        one, another = rows[a - 1], rows[b - 1]
        for name, label in labels.items():
            if label[a] != label[b]:
                continue
            assert answers.get((a, b)) != "different", (name, a, b)
            if name == "strict_label" and not looked_at_same:
                assert not refuses(one, another), (a, b)
            if name == "loose_label" and not looked_at_same and one["own_nir"] and another["own_nir"]:
                assert one["own_nir"] == another["own_nir"], (a, b)
        if labels["strict_label"][a] == labels["strict_label"][b]:
            assert labels["loose_label"][a] == labels["loose_label"][b], (a, b)
