"""What a person needs to judge sessions, and what two operators may tell each other of an intruder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.minicase import MiniCase, line
from typer.testing import CliRunner

from tocsin.analysis.traits import compare_traits, read_traits, traits_of, write_traits
from tocsin.analysis.triage import Filter, count_hours, find_neighbours, list_sessions
from tocsin.cli.app import app
from tocsin.errors import TocsinError

INDICATORS = """
[[indicator]]
kind = "address"
value = "192.0.2.0/24"
[[indicator]]
kind = "user_agent"
value = "robot*"
"""


@pytest.fixture
def case(tmp_path: Path) -> MiniCase:
    """Two accounts visited by one robot, and their own work."""
    made = MiniCase(tmp_path, extra=INDICATORS)
    robot = {"ip": "192.0.2.7", "agent": "robot/1"}
    made.write([
        line("read", "09:00", ids=["A"], session="own"),
        line("read", "10:00", ids=["B"], session="night", **robot),
        line("read", "11:10", ids=["C"], session="night", **robot),
        line("read", "11:20", ids=["D"], account="other", session="too", **{**robot, "ip": "192.0.2.8"}),
        line("read", "12:00", ids=["D"], account="other", session="theirs", ip="10.0.0.9"),
    ])  # fmt: skip
    return made


def sessions(made: MiniCase, **chosen: object) -> list[str]:
    run = made.run_ or made.run()
    return [row["session_token"] for row in list_sessions(run, Filter(**chosen))]  # type: ignore[arg-type]


def test_filters_hold_together(case: MiniCase) -> None:
    assert sessions(case, concerned=True)[:2] == ["night", "too"]
    assert sorted(sessions(case, grade="U")) == ["own", "theirs"]
    assert sessions(case, grade="A", account="other") == ["too"]
    assert sessions(case, address="10.0.0.9") == ["theirs"]
    assert sessions(case, grade="B") == []


def test_a_session_is_shown_with_its_hours_and_its_neighbours(case: MiniCase) -> None:
    run = case.run()
    (night,) = [row for row in list_sessions(run) if row["session_token"] == "night"]
    assert [(item["hour"][11:], item["lines"]) for item in count_hours(run, night["session_id"])] == [
        ("10:00", 1), ("11:00", 1),
    ]  # fmt: skip
    beside = find_neighbours(run, night["session_id"])
    assert [(item["account"], item["shared"]) for item in beside] == [("other", ["network", "client", "time"])]
    shown = CliRunner().invoke(app, ["sessions", "show", night["session_id"], "--case", str(case.folder), "--json"])
    assert json.loads(shown.stdout)["reason"] == "hostile network + hostile client"


def test_on_a_narrow_screen_sessions_stand_one_below_the_other(case: MiniCase) -> None:
    case.run()
    shown = CliRunner().invoke(app, ["--lang", "en", "sessions", "list", "--case", str(case.folder), "--grade", "U"])
    first, second, third = [text for text in shown.stdout.splitlines() if text][:3]
    assert first.startswith("U  ")
    assert second.strip().endswith("(UTC), answers: 1")
    assert third.strip().startswith("the intruder held this account, and nothing else points at this session")


def test_verdicts_in_series_and_undone_by_a_new_one(case: MiniCase) -> None:
    case.run()
    give = ["sessions", "verdict", "honest", "--case", str(case.folder), "--by", "t", "--reason", "a drill"]
    given = CliRunner().invoke(app, [*give, "--grade", "A"])
    assert given.exit_code == 0, given.output
    case.run()
    assert sessions(case, grade="A") == []
    CliRunner().invoke(app, ["sessions", "verdict", "hostile", *give[3:], "--token", "night"])
    case.run()
    assert sessions(case, grade="A") == ["night"]


def test_a_denial_makes_a_link_and_may_be_withdrawn(case: MiniCase) -> None:
    deny = ["sessions", "deny", "--said-by", "Dr A", "--reason", "by telephone", "--account", "acc", "--token", "own",
            "--case", str(case.folder), "--by", "t"]  # fmt: skip
    assert CliRunner().invoke(app, deny).exit_code == 0
    case.run()
    assert case.table("hostile_session", "grade, links, denied_by", "session_token = 'own'") == [
        ("B", ["denial"], "Dr A")
    ]
    assert CliRunner().invoke(app, [*deny, "--withdraw"]).exit_code == 0
    case.run()
    assert sessions(case, grade="B") == []


def test_traits_tell_of_the_intruder_and_of_nobody_else(case: MiniCase, tmp_path: Path) -> None:
    found = traits_of(case.run())
    assert [(item["kind"], item["value"], item["accounts"], item["others"]) for item in found] == [
        ("client", "robot/1", 2, 0), ("network", "192.0.2.0/24", 2, 0),
    ]  # fmt: skip
    path = tmp_path / "traits.json"
    assert write_traits(found, path, "mini") == 2
    text = path.read_text("utf-8")
    assert not any(word in text for word in ("acc", "other", "night", "192.0.2.7"))
    other = read_traits(path)
    assert compare_traits(found, other) == found
    # what the other operator pastes is a case that reads, and finds the same sessions
    (tmp_path / "second").mkdir()
    second = MiniCase(tmp_path / "second", extra=other["indicators"])

    second.write([line("read", "10:00", ids=["B"], ip="192.0.2.9", agent="robot/1")])
    second.run()
    assert sessions(second, grade="A") == ["s"]


def test_the_network_of_one_account_alone_stays_in_the_case(case: MiniCase, tmp_path: Path) -> None:
    found = [{**item, "accounts": 1} for item in traits_of(case.run())]
    assert write_traits(found, tmp_path / "traits.json", "mini") == 0


@pytest.mark.parametrize("text", ["", "[]", '{"source": "x", "traits": [{"kind": "network"}]}',
                                  '{"source": "x", "traits": [{"kind": "client", "value": "v", "first_at": "\\n[x]", '
                                  '"last_at": "never"}]}'])  # fmt: skip
def test_a_file_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "traits.json"
    path.write_text(text, "utf-8")
    with pytest.raises(TocsinError) as refused:
        read_traits(path)
    assert refused.value.kind == "bad-traits"
