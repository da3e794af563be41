"""Signals, rows in and rows out: what each one sees, what it lets pass, and what they weigh together."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.analysis.conftest import Given, Rows
from tests.minicase import MiniCase, line

from tocsin.analysis.pipeline import step
from tocsin.analysis.reasons import reason_of, sentence_of
from tocsin.analysis.signalling import SIGNALS, load_signals, pool_guests, union
from tocsin.engine import Engine
from tocsin.language import speaking

DAY = dt.datetime(2024, 1, 10)  # noqa: DTZ001 - tables hold UTC without zone
COLUMNS = {
    "session_feature": {
        "session_id": "text", "portal": "text", "account": "text", "user_agent": "text", "network": "text",
        "first_at": "timestamp", "last_at": "timestamp", "day": "date", "questions": "bigint", "subjects": "bigint",
        "unknown": "bigint", "unknown_subjects": "bigint", "searches": "bigint", "exports": "bigint",
        "full_pages": "bigint", "later_pages": "bigint",
        "functions": "bigint", "top_function": "bigint", "compared": "bigint", "ascending": "bigint", "gaps": "bigint",
        "gap_median": "double", "gap_low": "double", "gap_high": "double", "hours": "ubigint",
    },
    "account_habit": {
        "portal": "text", "account": "text", "role": "text", "sessions": "bigint", "days": "bigint", "network": "text",
        "at_network": "bigint", "user_agent": "text", "with_agent": "bigint", "asking": "bigint", "subjects": "double",
        "unknown_share": "double", "top_share": "double", "hours": "double", "households": "bigint", "known": "bigint",
        "doubt": "bigint",
    },
    "account_day": {
        "portal": "text", "account": "text", "day": "date", "sessions": "bigint", "questions": "bigint",
        "subjects": "bigint", "hours": "int", "away": "bigint",
    },
    "session_person": {
        "session_id": "text", "portal": "text", "account": "text", "household": "ubigint", "insurer": "text",
    },
    "session_guest": {
        "session_id": "text", "portal": "text", "account": "text", "network": "text", "user_agent": "text",
        "first_at": "timestamp", "last_at": "timestamp", "subjects": "bigint", "is_new_network": "boolean",
        "is_new_client": "boolean", "households": "bigint", "expected": "bigint", "doubt": "bigint", "known": "bigint",
    },
    "guest_group": {"network": "text", "network_accounts": "bigint", "is_new_network": "boolean"},
    "guest_pool": {
        "portal": "text", "account": "text", "network": "text", "user_agent": "text", "expected": "bigint",
        "known": "bigint",
    },
}  # fmt: skip
PLAIN: dict[str, dict[str, Any]] = {
    "session_feature": {"portal": "p", "account": "a", "first_at": DAY, "last_at": DAY, "day": DAY.date()},
    "account_habit": {
        "portal": "p", "account": "a", "role": "pharmacy", "sessions": 40, "days": 20, "asking": 40, "subjects": 4.0,
        "unknown_share": 0.05, "top_share": 0.5, "hours": 8.0, "households": 90, "known": 450, "doubt": 0,
    },
    "account_day": {"portal": "p", "account": "a", "day": DAY.date()},
    "session_person": {"portal": "p", "account": "a"},
    "session_guest": {
        "portal": "p", "account": "a", "first_at": DAY, "last_at": DAY, "is_new_network": False, "is_new_client": False,
        "expected": 0, "doubt": 0, "known": 0,
    },
    "guest_group": {"is_new_network": True},
    "guest_pool": {"portal": "p", "account": "a"},
}  # fmt: skip
TEXTS = {"session_id", "portal", "account", "network", "user_agent", "role", "insurer"}
Table = list[dict[str, Any]]


def fill(given: Given, name: str, rows: Table) -> None:
    columns = COLUMNS[name]
    made = [
        tuple({**dict.fromkeys(set(columns) - TEXTS, 0), **PLAIN[name], **row}.get(column) for column in columns)
        for row in rows
    ]
    given(name, ", ".join(f"{column} {kind}" for column, kind in columns.items()), made)


def found(engine: Engine, given: Given, signal: str, **tables: Table) -> list[str]:
    for name in COLUMNS:
        fill(given, name, tables.get(name, []))
    chosen = [item for item in load_signals() if item.name == signal]
    return [session for (session,) in engine.rows(f"select session_id from ({union(chosen)})")]


HABIT: Table = [{}]
CASES: list[tuple[str, dict[str, Table]]] = [
    # each case holds one session "in" that the signal must see; all others must pass
    ("more_people_than_before", {"account_habit": HABIT, "session_feature": [
        {"session_id": "in", "subjects": 60}, {"session_id": "busy day", "subjects": 20},
        {"session_id": "no history", "account": "new", "subjects": 60}]}),
    ("more_people_than_peers", {
        "account_habit": [{"account": f"a{n}"} for n in range(8)] + [{"account": "b", "role": "hospital"}],
        "session_feature": [
            {"session_id": f"s{n}", "account": f"a{n % 8}", "subjects": 10, "questions": 10} for n in range(80)
        ] + [{"session_id": "in", "account": "a0", "subjects": 90, "questions": 90},
             {"session_id": "desk", "account": "b", "subjects": 900, "questions": 900}]}),
    ("people_never_met", {
        "session_guest": [
            {"session_id": "in", "network": "n", "is_new_network": True},
            {"session_id": "locum", "network": "agency", "is_new_network": True},
            {"session_id": "too few", "user_agent": "u", "is_new_client": True},
            {"session_id": "at home", "network": "n"}],
        "guest_pool": [{"network": "n", "expected": 9000, "known": 1},
                       {"network": "agency", "expected": 9000, "known": 6},
                       {"user_agent": "u", "expected": 3000}]}),
    ("reading_without_sequel", {"session_guest": [
        {"session_id": "in", "expected": 12000, "known": 1}, {"session_id": "usual", "expected": 12000, "known": 7},
        {"session_id": "hospital", "expected": 5000, "known": 0}]}),
    ("spread_over_insurers", {"account_habit": HABIT, "session_person": [
        {"session_id": "in", "household": n, "insurer": f"never met {n}"} for n in range(8)
    ] + [{"session_id": f"s{n}", "household": n, "insurer": "usual"} for n in range(20)]}),
    ("unknown_answers", {"account_habit": HABIT, "session_feature": [
        {"session_id": "in", "questions": 100, "unknown": 25, "unknown_subjects": 20},
        {"session_id": "typing", "questions": 100, "unknown": 8, "unknown_subjects": 8},
        {"session_id": "base is down", "questions": 12, "unknown": 12, "unknown_subjects": 6}]}),
    ("enumeration", {"session_feature": [
        {"session_id": "in", "compared": 80, "ascending": 79},
        {"session_id": "counter", "compared": 80, "ascending": 41},
        {"session_id": "short", "compared": 8, "ascending": 8}]}),
    ("regular_gaps", {"account_habit": [{}, {"account": "robot"}], "session_feature": [
        {"session_id": "in", "gaps": 50, "gap_median": 5000.0, "gap_low": 4800.0, "gap_high": 5200.0},
        {"session_id": "people", "gaps": 50, "gap_median": 9000.0, "gap_low": 4000.0, "gap_high": 90000.0},
    ] + [{"session_id": f"robot {n}", "account": "robot", "gaps": 50, "gap_median": 900.0, "gap_low": 900.0,
          "gap_high": 900.0} for n in range(20)]}),
    ("round_the_clock", {"account_habit": HABIT, "account_day": [{"hours": 21}, {"account": "new", "hours": 24}],
                         "session_feature": [{"session_id": "in"}, {"session_id": "new", "account": "new"}]}),
    ("pages_turned", {"session_feature": [
        {"session_id": "in", "questions": 100, "later_pages": 40, "full_pages": 40},
        {"session_id": "surname Martin", "questions": 10, "later_pages": 3, "full_pages": 3},
        {"session_id": "desk", "questions": 400, "later_pages": 10}]}),
    ("one_function", {"account_habit": [{}, {"account": "software", "top_share": 1.0}], "session_feature": [
        {"session_id": "in", "questions": 60, "top_function": 60},
        {"session_id": "both", "questions": 60, "top_function": 30},
        {"session_id": "software", "account": "software", "questions": 60, "top_function": 60}]}),
    ("new_network", {"session_guest": [{"session_id": "in", "is_new_network": True}, {"session_id": "home"}]}),
    ("new_client", {"session_guest": [{"session_id": "in", "is_new_client": True}, {"session_id": "home"}]}),
    ("shared_network", {
        "session_guest": [
            {"session_id": "in", "network": "n", "is_new_network": True},
            {"session_id": "two accounts of one person", "network": "m", "is_new_network": True}],
        "guest_group": [{"network": "n", "network_accounts": 3}, {"network": "m", "network_accounts": 2}]}),
    ("shared_tool", {"account_habit": [{"user_agent": "browser"}], "session_guest": [
        {"session_id": "in", "user_agent": "script", "is_new_client": True},
        {"session_id": "in", "account": "b", "user_agent": "script", "is_new_client": True},
        {"session_id": "update", "user_agent": "browser", "is_new_client": True},
        {"session_id": "update", "account": "b", "user_agent": "browser", "is_new_client": True}]}),
    ("dormant_awakened", {"account_day": [{"away": 45}, {"account": "b", "away": 14}], "session_feature": [
        {"session_id": "in"}, {"session_id": "holidays", "account": "b"}]}),
]  # fmt: skip


@pytest.mark.parametrize(("signal", "tables"), CASES, ids=[name for name, _tables in CASES])
def test_a_signal_sees_the_intruder_and_lets_the_others_pass(
    engine: Engine, given: Given, signal: str, tables: dict[str, Table]
) -> None:
    assert set(found(engine, given, signal, **tables)) == {"in"}


def crew(known: int, *, apart: bool = True) -> dict[str, Table]:
    guests = [
        {"session_id": f"s{n}", "account": f"a{n}", "network": "n", "user_agent": "u", "is_new_network": True,
         "first_at": DAY + dt.timedelta(minutes=n), "last_at": DAY + dt.timedelta(minutes=n + 50), "expected": 4000,
         "known": known}
        for n in range(3)
    ]  # fmt: skip
    people = [
        {"session_id": f"s{n}", "account": f"a{n}", "household": 10 * n * apart + m} for n in range(3) for m in range(9)
    ]
    return {"session_guest": guests, "session_person": people}


def test_robots_share_a_list(engine: Engine, given: Given) -> None:
    assert found(engine, given, "work_sharing", **crew(0)) == ["s0", "s1", "s2"]


def test_colleagues_who_know_their_patients_or_see_the_same_ones_do_not(engine: Engine, given: Given) -> None:
    assert found(engine, given, "work_sharing", **crew(4)) == []
    assert found(engine, given, "work_sharing", **crew(0, apart=False)) == []


def test_every_signal_has_a_case_a_sentence_and_a_reason_for_each_number() -> None:
    signals = load_signals()
    assert len(signals) >= 10
    assert {item.name for item in signals} == {name for name, _tables in CASES} | {"work_sharing"}
    for item in signals:
        said = sentence_of({"signal": item.name, "value": 1.0, "threshold": 1.0})
        with speaking("fr"):
            assert sentence_of({"signal": item.name, "value": 1.0, "threshold": 1.0}) != said
        for word in ("grain", "link", "reads", "false"):
            assert f"-- {word} " in item.sql, item.name
        assert f"-- link    {item.kind}" in item.sql
    told = (SIGNALS / "thresholds.toml").read_text("utf-8").splitlines()
    assert [
        text for text in told if "=" in text and "#" not in text and text.split()[0] not in ("kind", "aspect")
    ] == []


def grades(
    given: Given,
    rows_of: Rows,
    *signals: tuple[str, str],
    indicator: bool = False,
    known: bool = False,
    denied: bool = False,
    named: str = "",
    unjudged: str = "honest",
) -> Any:
    session = "session_id text, portal text, account text, session_token text, address text, user_agent text"
    given("access_session", f"{session}, first_at timestamp, last_at timestamp, lines bigint",
          [("s", "p", "a", "t", "192.0.2.1", "browser", DAY, DAY, 1)])  # fmt: skip
    given("indicator_address", "n int, address text", [(1, "192.0.2.1")] if indicator else [])
    given("fact_indicator", "n int, kind text, value text, pattern text, since timestamp, until timestamp",
          [*([(1, "address", "192.0.2.0/24", "", None, None)] if indicator else []),
           *([(2, named, "t", "a", None, None)] if named else [])])  # fmt: skip
    given("fact_verdict", "n int, portal text, account text, session_token text, address text, user_agent text,"
          " since timestamp, until timestamp, verdict text, who text, reason text", [])  # fmt: skip
    given("fact_denial", "n int, portal text, account text, session_token text, address text, user_agent text,"
          " since timestamp, until timestamp, said_by text",
          [(1, None, "a", None, None, None, None, None, "Dr A")] if denied else [])  # fmt: skip
    given("fact_compromised", "portal text, account text, since timestamp, until timestamp",
          [("p", "a", None, None)] if known else [])  # fmt: skip
    given("fact_case", "unjudged text", [(unjudged,)])
    given("session_signal", "session_id text, signal text, kind text, aspect text, value double, threshold double",
          [("s", aspect, kind, aspect, 1.0, 1.0) for kind, aspect in signals])  # fmt: skip
    return rows_of("hostile_session", "grade, links")


B, N, C = "behaviour", ("network", "network"), ("client", "client")


def test_a_behaviour_counts_only_beside_something_else(given: Given, rows_of: Rows) -> None:
    assert grades(given, rows_of, (B, "timing")) == []
    assert grades(given, rows_of, (B, "timing"), (B, "volume")) == [("B", ["behaviour"])]
    assert grades(given, rows_of, (B, "timing"), (B, "list")) == [("B", ["behaviour"])]
    assert grades(given, rows_of, (B, "timing"), N) == [("A", ["behaviour", "network"])]
    assert grades(given, rows_of, (B, "timing"), indicator=True) == [("A", ["behaviour", "network"])]
    assert grades(given, rows_of, (B, "timing"), known=True) == [("A", ["account", "behaviour"])]


def test_addresses_agents_and_volume_find_nobody_alone(given: Given, rows_of: Rows) -> None:
    assert grades(given, rows_of, N, C) == []
    assert grades(given, rows_of, (B, "volume"), N, C) == []
    assert grades(given, rows_of, (B, "volume"), known=True) == [("C", ["account"])]
    assert grades(given, rows_of, N, C, known=True) == [("C", ["account"])]


def test_the_account_alone_finds_nothing_and_leaves_what_was_read_possible(given: Given, rows_of: Rows) -> None:
    for rest in ("auto", "possible"):
        assert grades(given, rows_of, known=True, unjudged=rest) == [("U", ["account"])]
        assert grades(given, rows_of, (B, "volume"), known=True, unjudged=rest) == [("U", ["account"])]
        assert grades(given, rows_of, N, C, known=True, unjudged=rest) == [("U", ["account"])]
    assert grades(given, rows_of, known=True) == [("C", ["account"])]
    assert grades(given, rows_of, named="account") == [("U", ["account"])]
    assert grades(given, rows_of, named="session_token") == [("B", ["account"])]
    assert grades(given, rows_of, known=True, named="account") == [("U", ["account"])]
    assert grades(given, rows_of, known=True, denied=True) == [("A", ["account", "denial"])]


def test_a_denial_is_a_link_of_its_own_kind(given: Given, rows_of: Rows) -> None:
    assert grades(given, rows_of, denied=True) == [("B", ["denial"])]
    assert grades(given, rows_of, indicator=True, denied=True) == [("A", ["denial", "network"])]
    assert grades(given, rows_of, (B, "timing"), denied=True) == [("A", ["behaviour", "denial"])]
    assert grades(given, rows_of, N, denied=True) == [("B", ["denial"])]


def place_guests(engine: Engine, given: Given, features: Table, people: Table) -> None:
    fill(given, "session_feature", features)
    fill(given, "session_person", people)
    given("account_role", "portal text, account text, role text", [])
    for name in ("account_day", "account_habit", "session_guest", "guest_group"):
        engine.run(f"create or replace temp table made as {step(name)}")
        engine.run(f"drop table if exists {name}; alter table made rename to {name}")
    pool_guests(engine)
    engine.run(f"create or replace temp table made as {step('guest_pool')}")
    engine.run("drop table if exists guest_pool; alter table made rename to guest_pool")


def home(account: str, first: int) -> tuple[Table, Table]:
    """Twenty sessions at home, about five households that come back."""
    sessions = [{"session_id": f"{account}{n}", "account": account, "network": account, "user_agent": "u"}
                for n in range(20)]  # fmt: skip
    people = [
        {"session_id": f"{account}{n}", "account": account, "household": first + m} for n in range(20) for m in range(5)
    ]
    return sessions, people


def visits(account: str, network: str, households: range, agent: str = "u") -> tuple[Table, Table]:
    name = f"{account} from {network} {agent}"
    return [{"session_id": name, "account": account, "network": network, "user_agent": agent}], [
        {"session_id": name, "account": account, "household": n} for n in households
    ]


def told(engine: Engine) -> list[tuple[Any, ...]]:
    return engine.rows("select account, network, pool, expected, known from guest_pool order by all")


def test_guests_are_taken_together_with_the_narrowest_company_that_says_enough(engine: Engine, given: Given) -> None:
    """Two visits of three strangers each say little; joined by the network that they share, they say enough."""
    parts = [home("a", 0), home("b", 10), visits("a", "x", range(100, 103)), visits("b", "x", range(200, 203))]
    place_guests(engine, given, [row for one, _ in parts for row in one], [row for _, one in parts for row in one])
    assert told(engine) == [("a", "x", "network", 6000, 0), ("b", "x", "network", 6000, 0)]


def test_small_visits_are_joined_by_accounts_and_networks(engine: Engine, given: Given) -> None:
    parts = [home("a", 0), home("b", 10), home("c", 20), visits("a", "x", range(100, 102)),
             visits("b", "x", range(200, 202)), visits("b", "y", range(300, 302)), visits("c", "y", range(400, 402)),
             visits("c", "z", range(20, 22))]  # fmt: skip
    place_guests(engine, given, [row for one, _ in parts for row in one], [row for _, one in parts for row in one])
    company = ("company", 10_000, 2)
    # the visit to people whom c knows counts in the company, and nothing is held against it
    assert told(engine) == [("a", "x", *company), ("b", "x", *company), ("b", "y", *company), ("c", "y", *company)]


def test_an_account_seen_little_is_known_badly(engine: Engine, given: Given) -> None:
    """Ten households of which six come back once: 0.4 known, give or take 0.25; two such accounts err less than one."""
    seen = [(n, m) for n, m in enumerate([0, 0, 1, 1, 2, 3, 4, 5, 6, 7])]
    parts = [(
        [{"session_id": f"{a}{n}", "account": a, "network": a, "user_agent": "u"} for n, _m in seen],
        [{"session_id": f"{a}{n}", "account": a, "household": m} for n, m in seen],
    ) for a in ("a", "b")]  # fmt: skip
    parts += [visits("a", "x", range(100, 120)), visits("b", "x", range(200, 220))]
    place_guests(engine, given, [row for one, _ in parts for row in one], [row for _, one in parts for row in one])
    assert engine.rows("select known, doubt from account_habit where account = 'a'") == [(400, 245)]
    assert engine.rows("select distinct expected - doubt, network_expected from guest_group") == [(3100, 9070)]


def test_who_moves_house_takes_their_people_along(engine: Engine, given: Given) -> None:
    parts = [home("a", 0), visits("a", "new line", range(5)), visits("a", "new line", range(5), "u 2"),
             visits("a", "x", range(100, 109))]  # fmt: skip
    place_guests(engine, given, [row for one, _ in parts for row in one], [row for _, one in parts for row in one])
    chosen = [item for item in load_signals() if item.name == "people_never_met"]
    assert [name for name, *_rest in engine.rows(union(chosen))] == ["a from x u"]


def test_a_case_of_few_sessions_says_nothing_and_a_case_may_switch_signals_off(tmp_path: Path) -> None:
    for name, head in (("on", 'signals = "on"'), ("off", "")):
        folder = tmp_path / name
        folder.mkdir()
        case = MiniCase(folder, case=head)
        case.write([line("read", f"10:{n:02}", ids=["ABCDE"[n % 5]]) for n in range(50)])
        case.run()
        assert case.table("hostile_session") == []
        assert case.table("session_signal") == []


def test_the_sentence_holds_the_verdict_or_the_traits() -> None:
    row = {"grade": "A", "verdict": None, "judged_by": None, "denied_by": None, "links": ["behaviour", "network"],
           "indicators": [], "signals": [
        {"signal": "new_network", "kind": "network", "value": 1.0, "threshold": 1.0},
        {"signal": "regular_gaps", "kind": "behaviour", "value": 0.1, "threshold": 0.6},
    ], "is_compromised": False}  # fmt: skip
    assert reason_of(row) == (
        "a network from which the account does not work; "
        "the pace of a machine: its pauses vary by 0.1 (people: above 0.6)"
    )
    assert reason_of({**row, "indicators": [1]}).startswith("hostile network; ")
    assert reason_of({**row, "denied_by": "Dr A"}).startswith("not theirs, says Dr A; ")
    assert reason_of({**row, "grade": "U"}).startswith("the intruder held this account, and nothing else points")
    assert reason_of({**row, "verdict": "honest", "judged_by": "A. Martin"}) == "judged honest by A. Martin"
