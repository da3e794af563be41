"""What counts as exposed, possible or excluded: each rule of docs/method.md on a case of five people."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.minicase import MiniCase, line


@pytest.fixture
def case(tmp_path: Path) -> MiniCase:
    return MiniCase(tmp_path)


def played(case: MiniCase, *lines: dict[str, object], verdict: bool = True) -> MiniCase:
    case.write(lines)
    if verdict:
        case.verdict(portal="p", account="acc", session_token="s")
    case.run()
    return case


def test_a_line_that_names_a_record_confirms_it(case: MiniCase) -> None:
    assert played(case, line("read", ids=["A"])).exposed() == {"A": "confirmed: identity nir"}
    assert case.bounds() == (1, 1, 1)


def test_a_certified_replay_deduces(case: MiniCase) -> None:
    played(case, line("search", criteria={"name": "ber"}, page=1, total=2, returned=2))
    assert case.exposed() == {"C": "deduced: identity", "D": "deduced: identity"}


def test_only_the_page_shown_is_exposed(case: MiniCase) -> None:
    played(case, line("search", criteria={"name": "arnaud"}, page=2, page_size=1, total=2, returned=1))
    # both rows tie on the declared order (surname): the log cannot tell which one was on page 2
    assert case.exposed() == {"A": "possible_missing_evidence: identity", "B": "possible_missing_evidence: identity"}


def test_a_replay_that_disagrees_with_the_log_falls_back_on_reach(case: MiniCase) -> None:
    played(case, line("search", criteria={"name": "ber"}, page=1, total=3, returned=2))
    assert set(case.exposed()) == set("ABCDE")
    assert case.table("gap_window", "distinct cause") == [("replay_contradicted",)]


def test_a_replay_without_count_is_possible(case: MiniCase) -> None:
    played(case, line("search", criteria={"name": "ber"}, page=1))
    assert case.exposed() == {"C": "possible_missing_evidence: identity", "D": "possible_missing_evidence: identity"}


def test_an_unknown_criterion_keeps_the_superset(case: MiniCase) -> None:
    played(case, line("search", criteria={"name": "ber", "town": "Lyon"}, page=1, total=1, returned=1))
    assert set(case.exposed()) == {"C", "D"}


def test_bytes_certify_when_nothing_is_counted(tmp_path: Path) -> None:
    case = MiniCase(tmp_path, search="bytes = { fixed = 100, per_row = 50.0, tolerance = 5 }")
    event = line("search", criteria={"name": "ber"}, page=1)
    event["http_response"] = {"code": 200, "length": 203}
    played(case, event)
    assert case.exposed() == {"C": "deduced: identity", "D": "deduced: identity"}


@pytest.mark.parametrize("answer", [{"outcome": "unknown"}, {"code": 500}, {"code": 404}, {"returned": 0, "total": 0}])
def test_errors_and_empty_answers_expose_nothing(case: MiniCase, answer: dict[str, object]) -> None:
    assert played(case, line("search", criteria={"name": "ber"}, **answer)).exposed() == {}


def test_an_answer_that_confirms_membership_exposes_the_insurer(case: MiniCase) -> None:
    played(case, line("search", criteria={"name": "caron"}, outcome="closed"))
    assert case.exposed() == {"E": "deduced: insurer"}


def test_a_closed_contract_is_not_in_an_open_answer(case: MiniCase) -> None:
    assert played(case, line("search", criteria={"name": "caron"}, total=0, returned=0)).exposed() == {}


def test_a_family_card_shows_its_household(case: MiniCase) -> None:
    played(case, line("card", ids=["A"], total=2, returned=2))
    assert case.exposed() == {"A": "confirmed: contract identity", "B": "deduced: contract identity"}


def test_the_page_of_ones_own_account_exposes_the_professional(case: MiniCase) -> None:
    played(case, line("me"))
    assert case.table("exposure", "record_id, controller, confirmed", "population = 'professional'") == [
        ("X", "op", ["iban"])
    ]


def test_a_hole_makes_possible_what_is_within_reach_and_nothing_else(tmp_path: Path) -> None:
    case = MiniCase(tmp_path, extra='[[reach]]\nportal = "p"\naccounts = ["acc"]\ncontrollers = ["amc-2"]\n')
    case.numbers = [1, 2, 9]
    played(case, line("sign_in", "09:00"), line("sign_in", "10:00"), line("sign_in", "11:00"))
    assert set(case.exposed()) == {"D", "E"}
    assert case.bounds("total", "lines") == (3, 3, 9)


def test_a_hole_before_the_credential_was_stolen_matters_to_nobody(tmp_path: Path) -> None:
    stolen = '[[compromised]]\nportal = "p"\naccount = "acc"\nlast_known_good = 2024-01-15T00:00:00Z\n'
    case = MiniCase(tmp_path, extra=stolen)
    case.numbers = [1, 2, 9, 10]
    played(
        case, line("sign_in", "09:00"), line("sign_in", "10:00"), line("sign_in", "11:00"),
        line("read", day=20, session="t", ids=["A"]), verdict=False,
    )  # fmt: skip
    case.verdict(portal="p", session_token="t")
    case.run()
    assert case.exposed() == {"A": "confirmed: identity nir"}


def test_an_untested_map_excludes_nobody(tmp_path: Path) -> None:
    case = played(MiniCase(tmp_path, tested=""), line("read", ids=["A"]))
    assert set(case.exposed()) == set("ABCDE")
    assert case.table("negative", "distinct status", "category = 'iban'") == [("not_known",)]


def test_the_negative_needs_a_tested_map(case: MiniCase) -> None:
    played(case, line("read", ids=["A"]))
    status = dict(case.table("negative", "category, status"))
    assert status == {"contract": "not_returned", "iban": "not_returned", "identity": "returned",
                      "insurer": "not_returned", "nir": "returned"}  # fmt: skip


def test_one_link_is_possible_two_are_proof(tmp_path: Path) -> None:
    address = '[[indicator]]\nkind = "address"\nvalue = "203.0.113.0/24"\n'
    agent = '[[indicator]]\nkind = "user_agent"\nvalue = "robot/*"\n'
    case = played(MiniCase(tmp_path, extra=address + agent), line("read", ids=["A"], ip="203.0.113.9"), verdict=False)
    assert case.exposed() == {"A": "possible_attribution: identity nir"}
    (tmp_path / "two").mkdir()
    case = MiniCase(tmp_path / "two", extra=address + agent)
    played(case, line("read", ids=["A"], ip="203.0.113.9", agent="robot/2"), verdict=False)
    assert case.exposed() == {"A": "confirmed: identity nir"}


def test_sessions_of_a_compromised_account_are_possible_until_somebody_judges(tmp_path: Path) -> None:
    stolen = '[[compromised]]\nportal = "p"\naccount = "acc"\nlast_known_good = 2024-01-01T00:00:00Z\n'
    lines = (line("read", "09:00", session="s", ids=["A"]), line("read", "10:00", session="t", ids=["C"]))
    case = played(MiniCase(tmp_path, extra=stolen), *lines, verdict=False)
    assert set(case.exposed().values()) == {"possible_attribution: identity nir"}
    case.verdict(portal="p", session_token="s")
    case.run()
    assert case.exposed() == {"A": "confirmed: identity nir"}


def test_what_an_account_read_elsewhere_is_possible_once_the_intruder_is_seen_in_it(tmp_path: Path) -> None:
    network = '[[indicator]]\nkind = "address"\nvalue = "203.0.113.9"\n'
    client = '[[indicator]]\nkind = "user_agent"\nvalue = "robot/*"\n'
    lines = (
        line("read", "09:00", session="robot", ids=["A"], ip="203.0.113.9", agent="robot/2"),
        line("read", "10:00", session="day", ids=["C"]),
        line("read", "11:00", session="else", ids=["D"], account="other"),
    )
    case = played(MiniCase(tmp_path, extra=network + client), *lines, verdict=False)
    assert case.exposed() == {"A": "confirmed: identity nir", "C": "possible_attribution: identity nir"}
    assert case.table("hostile_session", "session_token, grade, is_compromised, links") == [
        ("robot", "A", False, ["client", "network"]), ("day", "U", False, []),
    ]  # fmt: skip
    case.verdict(portal="p", session_token="robot")
    case.run()
    assert case.exposed() == {"A": "confirmed: identity nir"}
    assert case.run_ is not None
    assert {"code": "unjudged_are_honest", "sessions": 1} in case.run_.manifest["hypotheses"]
    case.parts["case"] = 'unjudged_sessions = "possible"'
    case.write(lines)
    case.run()
    assert case.exposed() == {"A": "confirmed: identity nir", "C": "possible_attribution: identity nir"}


def test_lines_without_an_account_are_nobodys_other_sessions(tmp_path: Path) -> None:
    lines = (
        line("read", "09:00", session="robot", ids=["A"], account=""),
        line("read", "10:00", session="day", ids=["C"], account=""),
    )
    case = MiniCase(tmp_path, case='unjudged_sessions = "possible"')
    case.verdict(portal="p", session_token="robot")
    played(case, *lines, verdict=False)
    assert case.exposed() == {"A": "confirmed: identity nir"}


def test_a_verdict_of_honesty_overrides_indicators(tmp_path: Path) -> None:
    case = MiniCase(tmp_path, extra='[[indicator]]\nkind = "address"\nvalue = "10.0.0.1"\n')
    played(case, line("read", ids=["A"]), verdict=False)
    case.verdict("honest", account="acc")
    case.run()
    assert case.exposed() == {}


def test_the_controller_is_the_holder_at_that_instant(case: MiniCase) -> None:
    case.people = case.people.replace(
        "A,001,c1,Arnaud,Alice,1980-01-02,,,,\n",
        "A,001,c1,Arnaud,Alice,1980-01-02,,,,2024-01-15\nA,002,c9,Arnaud,Alice,1980-01-02,,,2024-01-15,\n",
    )
    played(case, line("read", day=10, ids=["A"]), line("read", day=20, ids=["A"]))
    assert case.table("exposure", "controller, first_read_at, agreement", "record_id = 'A'") == [
        ("amc-1", "2024-01-10T10:00:00Z", "running"), ("amc-2", "2024-01-20T10:00:00Z", "none"),
    ]  # fmt: skip


def test_the_successor_by_merger_answers(tmp_path: Path) -> None:
    case = MiniCase(tmp_path)
    played(case, line("read", ids=["D"]), verdict=True)
    text = (tmp_path / "case.toml").read_text("utf-8")
    merged = 'codes = ["002"]\nmerged_into = "amc-1"\nmerged_on = 2023-10-01'
    (tmp_path / "case.toml").write_text(text.replace('codes = ["002"]', merged), "utf-8")
    case.run()
    assert case.table("exposure", "controller, held_for") == [("amc-1", "amc-2")]


def test_a_code_that_nobody_declares_is_kept_apart(case: MiniCase) -> None:
    case.people += "F,999,c7,Dumont,Farid,1985-01-01,,,,\n"
    played(case, line("read", ids=["F"]))
    assert case.table("exposure", "controller") == [("?999",)]
    assert (case.run().path / "controllers" / "undeclared-999").is_dir()


def test_a_number_in_no_register_is_somebody(case: MiniCase) -> None:
    played(case, line("read", ids=["A", "ZZZ"]))
    assert case.table("unresolved", "record_id") == [("ZZZ",)]
    assert case.bounds() == case.bounds("amc-1") == (1, 1, 2)
    assert case.bounds("amc-2") == (0, 0, 1), "nobody knows whose it was: each controller of the register may answer"


def test_only_unknown_numbers_still_make_a_figure(case: MiniCase) -> None:
    played(case, line("me"), line("read", "11:00", ids=["ZZZ"]))
    assert [case.bounds(unit=unit) for unit in ("persons", "records", "contracts", "households")] == [(0, 0, 1)] * 4


def test_each_unit_counts_its_own(case: MiniCase) -> None:
    case.people += "F,001,,Fabre,Farid,1985-01-01,,,,\nG,001,,Garnier,Gaëlle,1986-01-01,,,,\n"
    card = line("card", ids=["A"], total=2, returned=2)
    played(case, card, line("read", "11:00", ids=["F"]), line("read", "11:30", ids=["G"]))
    told = {unit: case.bounds("amc-1", unit) for unit in ("records", "persons", "contracts", "households")}
    assert told == {"records": (4, 4, 4), "persons": (4, 4, 4), "contracts": (1, 1, 1), "households": (1, 1, 1)}


def test_an_anonymous_hostile_session_is_replayed_too(case: MiniCase) -> None:
    played(case, line("search", account="", criteria={"name": "ber"}, page=1, total=2, returned=2), verdict=False)
    case.verdict(session_token="s")
    case.run()
    assert set(case.exposed()) == {"C", "D"}


def test_an_action_of_which_nothing_is_said_excludes_nobody(case: MiniCase) -> None:
    played(case, line("export.everything", returned=5, total=5))
    assert set(case.exposed()) == set("ABCDE")
    assert case.table("gap_window", "distinct cause") == [("undescribed_action",)]


def test_a_verdict_needs_no_portal(case: MiniCase) -> None:
    played(case, line("read", ids=["A"]), verdict=False)
    case.verdict(account="acc")
    case.run()
    assert case.exposed() == {"A": "confirmed: identity nir"}


def test_a_state_that_changed_within_the_doubt_on_the_clock_is_possible(tmp_path: Path) -> None:
    case = MiniCase(tmp_path, log="clock_uncertainty_seconds = 120")
    case.people += "F,001,c7,Berger,Farid,1985-01-01,,,2024-01-10T10:01:00,\n"
    played(case, line("search", criteria={"name": "ber"}, page=1, total=2, returned=2))
    assert set(case.exposed().values()) == {"possible_missing_evidence: identity"}
    assert set(case.exposed()) == {"C", "D", "F"}


def test_a_read_within_the_doubt_of_a_change_of_holder_is_possible_for_both(tmp_path: Path) -> None:
    case = MiniCase(tmp_path, log="clock_uncertainty_seconds = 120")
    case.people = case.people.replace(
        "C,001,c2,Bernard,Chloé,1975-05-06,,,,\n",
        "C,001,c2,Bernard,Chloé,1975-05-06,,,,2024-01-10T10:01:00\n"
        "C,002,c2,Bernard,Chloé,1975-05-06,,,2024-01-10T10:01:00,\n",
    )
    played(case, line("read", ids=["C"]), line("read", "12:00", ids=["A"]))
    told = case.table("exposure", "record_id, controller, class, causes", "population = 'insured' order by all")
    assert told == [
        ("A", "amc-1", "confirmed", []),
        ("C", "amc-1", "possible_missing_evidence", ["change_of_holder"]),
        ("C", "amc-2", "possible_missing_evidence", ["change_of_holder"]),
    ]


def test_an_exposure_keeps_its_first_and_its_last_instant(case: MiniCase) -> None:
    played(case, *(line("read", at, ids=["A"]) for at in ("11:00", "10:00", "12:00")))
    (told,) = case.table("exposure", "first_read_at[12:16], last_read_at[12:16], lines")
    assert told == ("10:00", "12:00", 3)


def test_a_person_had_exposed_what_any_of_its_records_had(case: MiniCase) -> None:
    nir = "275057500100169"
    case.people = case.people.replace("1975-05-06,", f"1975-05-06,{nir}")
    case.people += f"C2,001,c9,Bernard,Chloé,1975-05-06,{nir},,,\n"
    played(case, line("read", ids=["C"]), line("card", "11:00", ids=["C2"]))
    told = case.table("category_figure", "category, class, persons", "scope = 'amc-1' and population = 'insured'")
    assert ("nir", "confirmed", 1) in told
    assert ("contract", "confirmed", 1) in told
    assert (case.bounds("amc-1"), case.bounds("amc-1", "records")) == ((1, 1, 1), (2, 2, 2))


def test_people_of_two_controllers_without_instruction_are_bounded_not_added(case: MiniCase) -> None:
    played(case, *(line("read", f"{10 + n}:00", ids=[name]) for n, name in enumerate("ACD")))
    assert [case.bounds(scope) for scope in ("amc-1", "amc-2", "total")] == [(2, 2, 2), (1, 1, 1), (2, None, 3)]


def test_a_declared_clock_offset_moves_the_read(tmp_path: Path) -> None:
    case = MiniCase(tmp_path, log="clock_offset_seconds = 3600")
    case.people += "F,001,c7,Berger,Farid,1985-01-01,,,2024-01-10T09:30:00,\n"
    played(case, line("search", criteria={"name": "ber"}, page=1, total=2, returned=2))
    assert set(case.exposed()) == {"C", "D"}
    assert case.table("replay_check", "result") == [("certified",)]


def test_the_same_inputs_twice_are_one_run(case: MiniCase) -> None:
    assert played(case, line("read", ids=["A"])).run().id == case.run().id


def test_nothing_about_people_leaves_their_controller(case: MiniCase) -> None:
    played(case, line("read", ids=["A", "D"]))
    run = case.run()
    assert sorted(path.name for path in (run.path / "controllers").iterdir()) == ["amc-1", "amc-2"]
