"""The state of every record at every past instant: validity periods, journals, snapshots completed by a journal."""

import importlib.util
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.errors import TocsinError

spec = importlib.util.spec_from_file_location("registers_world", Path(__file__).with_name("world.py"))
world = importlib.util.module_from_spec(spec)
sys.modules["registers_world"] = world
spec.loader.exec_module(world)

START = datetime(2024, 1, 1, tzinfo=UTC)
# few readings of many records each: records do not touch one another, and a reading takes half a second
relaxed = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
JOURNAL = {"record_id": "id", "surname": "v", "changed_at": "at", "operation": "op"}
VALIDITY = {"record_id": "id", "surname": "v", "valid_from": "from", "valid_to": "to"}


def hour(number):
    return START + timedelta(hours=number)


def text(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def state_at(outcome, moment):
    naive = moment.replace(tzinfo=None)
    return {
        row["record_id"]: row["surname"]
        for row in outcome.versions
        if (row["valid_from"] is None or row["valid_from"] <= naive)
        and (row["valid_to"] is None or naive < row["valid_to"])
    }


def test_a_snapshot_keeps_the_last_of_two_rows(engine, tmp_path):
    files = [b"id,v\n1,a\n2,b\n1,a\n3,c\n", b"id,v\n1,z\n2,b\n"]
    outcome = world.read(engine, tmp_path, files, {"record_id": "id", "surname": "v"})
    assert [(r["record_id"], r["surname"], r["evidence_id"], r["line_no"]) for r in outcome.versions] == [
        ("1", "z", 2, 2), ("2", "b", 2, 3), ("3", "c", 1, 5),
    ]  # fmt: skip
    assert {r["valid_from"] for r in outcome.versions} == {r["valid_to"] for r in outcome.versions} == {None}
    assert outcome.report.reasons == (("duplicate-record", 2), ("identical-row", 1))
    assert outcome.rejects[0]["detail"] == "kept: line 2 of evidence 2"


def test_validity_resumes_after_an_interruption(engine, tmp_path):
    rows = b"id,v,from,to\n1,a,2024-01-01,2024-12-31\n1,b,2024-03-01,2024-04-01\n1,c,,2024-01-01\n2,x,,\n"
    outcome = world.read(engine, tmp_path, [rows], VALIDITY, history="validity")
    found = [(r["surname"], str(r["valid_from"]), str(r["valid_to"])) for r in outcome.versions]
    assert found == [
        ("c", "None", "2023-12-31 23:00:00"), ("a", "2023-12-31 23:00:00", "2024-02-29 23:00:00"),
        ("b", "2024-02-29 23:00:00", "2024-03-31 22:00:00"), ("a", "2024-03-31 22:00:00", "2024-12-30 23:00:00"),
        ("x", "None", "None"),
    ]  # fmt: skip
    assert outcome.report.warnings[0][:2] == ("overlapping-validity", 1)


def test_validity_that_cannot_be_read_is_rejected(engine, tmp_path):
    rows = b"id,v,from,to\n1,a,soon,\n2,b,2024-01-02,2024-01-01\n3,c,2024-01-01,31/12/9999\n3,d,2024-01-01,\n"
    outcome = world.read(engine, tmp_path, [rows], VALIDITY, history="validity")
    assert [(r["line_no"], r["reason"]) for r in outcome.rejects] == [
        (2, "unreadable-validity"), (3, "empty-validity"), (4, "duplicate-record"),
    ]  # fmt: skip
    assert [(r["surname"], r["valid_to"]) for r in outcome.versions] == [("d", None)]


times = st.one_of(st.none(), st.integers(0, 12))


@relaxed
@given(st.lists(st.tuples(st.integers(1, 12), times, times), max_size=60))
def test_validity_equals_a_naive_model(engine, tmp_path, periods):
    lines = [f"{r},v{n},{text(hour(a)) if a is not None else ''},{text(hour(b)) if b is not None else ''}"
             for n, (r, a, b) in enumerate(periods)]  # fmt: skip
    outcome = world.read(engine, tmp_path, ["\n".join(["id,v,from,to", *lines]).encode()], VALIDITY, history="validity")
    for moment in (-1, *range(14)):
        expected = {}
        for record in {r for r, _, _ in periods}:
            starts = {}
            for n, (r, a, b) in enumerate(periods):
                low, high = -9 if a is None else a, 99 if b is None else b
                if r == record and low < high:
                    starts[low] = (n, high)  # the last row of one start wins
            holding = [(low, n) for low, (n, high) in starts.items() if low <= moment < high]
            if holding:
                expected[str(record)] = f"v{max(holding)[1]}"
        assert state_at(outcome, hour(moment)) == expected


changes = st.lists(
    st.tuples(
        st.integers(0, 12), st.integers(1, 20), st.sampled_from(["insert", "update", "U", "delete"]),
        st.sampled_from("abc"),
    ),
    max_size=100,
)  # fmt: skip


def journal_text(rows):
    return "\n".join(
        ["at,op,id,v", *(f"{text(hour(at))},{op},{record},{value}" for at, record, op, value in rows)]
    ).encode()


def replay(rows, until, state=None):
    state = dict(state or {})
    for at, record, op, value in sorted(rows, key=lambda row: row[0]):
        if at <= until:
            if op == "delete":
                state.pop(str(record), None)
            else:
                state[str(record)] = value
    return state


@relaxed
@given(changes)
def test_a_journal_equals_its_naive_replay(engine, tmp_path, rows):
    outcome = world.read(engine, tmp_path, [journal_text(rows)], JOURNAL, history="journal")
    for moment in (-1, *range(14)):
        assert state_at(outcome, hour(moment)) == replay(rows, moment)


@relaxed
@given(changes, st.integers(0, 12), st.dictionaries(st.integers(1, 24), st.sampled_from("abc"), max_size=24))
def test_a_snapshot_and_its_journal_equal_a_naive_model(engine, tmp_path, rows, taken, held):
    snapshot = "\n".join(["id,v", *(f"{record},{value}" for record, value in held.items())]).encode()
    outcome = world.read(
        engine, tmp_path, [snapshot], JOURNAL, journal=[journal_text(rows)], history="snapshot", as_of=hour(taken)
    )
    later = [row for row in rows if row[0] > taken]
    named_before = {str(record) for at, record, _, _ in rows if at <= taken}
    for moment in (-1, *range(14)):
        if moment >= taken:
            expected = replay(later, moment, {str(record): value for record, value in held.items()})
        else:  # what the journal said; a record it had not named by the snapshot was as the snapshot says
            expected = replay(rows, moment)
            expected |= {str(r): value for r, value in held.items() if str(r) not in named_before}
        assert state_at(outcome, hour(moment)) == expected


@relaxed
@given(changes, st.integers(0, 12))
def test_a_true_snapshot_adds_nothing_to_a_whole_journal(engine, tmp_path, rows, taken):
    truth = replay(rows, taken)
    snapshot = "\n".join(["id,v", *(f"{record},{value}" for record, value in truth.items())]).encode()
    outcome = world.read(
        engine, tmp_path, [snapshot], JOURNAL, journal=[journal_text(rows)], history="snapshot", as_of=hour(taken)
    )
    for moment in (-1, *range(14)):
        assert state_at(outcome, hour(moment)) == replay(rows, moment)
    assert "contradicted-snapshot" not in [code for code, _count, _detail in outcome.report.warnings]


def test_a_journal_rejects_what_it_cannot_place(engine, tmp_path):
    rows = (
        b"at,op,id,v\n2024-01-01,insert,1,a\nsometime,update,1,b\n2024-01-02,merge,1,c\n,update,1,d\n2024-01-03,D,1,\n"
    )
    outcome = world.read(engine, tmp_path, [rows], JOURNAL, history="journal")
    assert [(r["line_no"], r["reason"]) for r in outcome.rejects] == [
        (3, "no-time"),
        (4, "unknown-operation"),
        (5, "no-time"),
    ]
    assert [str(r["valid_to"]) for r in outcome.versions] == ["2024-01-02 23:00:00"]
    assert outcome.report.rows_kept == 2


def test_a_journal_that_begins_late_says_so(engine, tmp_path):
    outcome = world.read(engine, tmp_path, [b"at,op,id,v\n2024-01-01,update,1,a\n"], JOURNAL, history="journal")
    assert outcome.report.warnings[0][:2] == ("begun-elsewhere", 1)


@pytest.mark.parametrize(
    ("columns", "declared", "kind"),
    [
        (JOURNAL, {"history": "snapshot"}, "register-as-of"),
        ({**VALIDITY, **JOURNAL}, {"history": "validity"}, "register-history"),
        ({"record_id": "id", "surname": "v"}, {"history": "snapshot", "as_of": hour(1)}, "register-columns"),
    ],
)
def test_histories_that_cannot_be_told(engine, tmp_path, columns, declared, kind):
    with pytest.raises(TocsinError) as caught:
        world.read(engine, tmp_path, [b"id,v,from,to\n1,a,,\n"], columns, journal=[b"at,op,id,v\n"], **declared)
    assert caught.value.kind == kind
    assert caught.value.remedy
