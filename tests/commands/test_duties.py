"""``tocsin duties`` and ``tocsin severity``: from an empty folder, a case, a run; for people and for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.minicase import MiniCase, line
from tocsin.cli.app import app
from tocsin.cli.duties import time_left
from tocsin.cli.facts import moment
from tocsin.cli.screen import screen
from tocsin.errors import TocsinError
from tocsin.language import speaking
from tocsin.law.duty import Duty
from tocsin.law.texts import text

RUNNER = CliRunner(env={"TOCSIN_LANG": "en"})
AT = "2024-02-03T12:00:00+01:00"
FACTS = """
[[party]]
id = "operator"
name = "Opérateur"
role = "processor"
aware_at = 2024-01-29T15:00:00+01:00
[every_controller]
informed_at = 2024-02-02T15:00:00+01:00
"""
OF_THE_MINI_CASE = """
[every_controller]
informed_at = 2024-02-02T15:00:00+01:00
[circumstances]
recipients = "unknown"
is_malicious = true
[categories]
identity = ["name", "birth_date"]
contract = ["contract_number"]
"""


@pytest.fixture(autouse=True)
def wide_screen_in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever the terminal, and whatever language the test before spoke."""
    monkeypatch.setattr(screen, "width", 220)
    with speaking("en"):
        yield


def said(*words: str) -> str:
    result = RUNNER.invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> TocsinError:
    result = RUNNER.invoke(app, list(words))
    assert isinstance(result.exception, TocsinError), result.output
    return result.exception


def told(*words: str) -> Any:
    return json.loads(said(*words, "--json"))


def test_from_an_empty_folder(tmp_path: Path) -> None:
    case = ["--case", str(tmp_path)]
    assert refused("duties", *case).kind == "no-facts"
    assert told("duties", *case, "--new") == {"facts": str(tmp_path / "facts.toml")}
    assert refused("duties", *case, "--new").kind == "facts-exist"
    assert told("duties", *case)["duties"] == []
    assert "No group of people is declared or computed" in said("severity", *case)


def test_eighty_four_controllers_each_owe_their_own(tmp_path: Path) -> None:
    parties = [f'[[party]]\nid = "c{n:02}"\nname = "Controller {n:02}"\nrole = "controller"\n' for n in range(84)]
    (tmp_path / "facts.toml").write_text(FACTS + "".join(parties), "utf-8")
    found = told("duties", "--case", str(tmp_path), "--at", AT)["duties"]
    kinds = [duty["kind"] for duty in found]
    for kind in ("controller_notification", "authority_notification", "breach_record", "communication"):
        assert kinds.count(kind) == 84
    assert {duty["by"] for duty in found if duty["kind"] == "authority_notification"} == {f"c{n:02}" for n in range(84)}
    moments = [datetime.fromisoformat(duty["due"] or duty["since"]) for duty in found]
    assert moments == sorted(moments), "what is due first comes first"
    one = next(duty for duty in found if duty["kind"] == "authority_notification")
    assert one["basis"]["source"] == "Regulation (EU) 2016/679, Article 33(1)"
    assert one["computation"]


def test_one_party_and_why(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text(FACTS + '[[party]]\nid = "a"\nname = "Aa"\nrole = "controller"\n', "utf-8")
    case = ["--case", str(tmp_path), "--at", AT]
    screen = said("duties", *case, "--party", "a", "--why")
    assert "counted: starts Friday 2024-02-02 15:00 (UTC+01:00)" in screen
    assert "text: GDPR 33(1): « without undue delay" in screen
    assert "Opérateur" not in screen
    assert refused("duties", *case, "--party", "z").kind == "unknown-party"
    assert refused("severity", "--case", str(tmp_path), "--party", "z").kind == "unknown-party"


def test_a_proposal_stands_beside_the_law(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text(FACTS + '[[party]]\nid = "a"\nname = "Aa"\nrole = "controller"\n', "utf-8")
    case = ["--case", str(tmp_path), "--at", AT]
    kinds = [duty["kind"] for duty in told("duties", *case, "--simulate", "digital-omnibus")["duties"]]
    assert kinds.count("authority_notification") == kinds.count("simulated_notification") == 1
    assert "a proposal, not law" in said("duties", *case, "--simulate", "digital-omnibus")
    assert refused("duties", *case, "--simulate", "wishes").kind == "unknown-proposal"


def test_the_present_moment() -> None:
    assert abs((moment(None) - datetime.now(UTC)).total_seconds()) < 60
    assert moment("2024-02-03T12:00:00+01:00") == datetime(2024, 2, 3, 11, tzinfo=UTC)
    for wrong in ("tomorrow", "2024-02-03T12:00:00"):
        with pytest.raises(TocsinError) as error:
            moment(wrong)
        assert error.value.kind == "bad-instant"


def test_both_languages(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text(
        FACTS + '[[party]]\nid = "a"\nname = "Aa"\nrole = "controller"\n[[group]]\nid = "g"\ncategories = ["nir"]\n',
        "utf-8",
    )
    case = ["--case", str(tmp_path)]
    assert "notification à l’autorité" in said("--lang", "fr", "duties", *case, "--at", AT)
    assert "numéro de sécurité sociale (NIR)" in said("--lang", "fr", "severity", *case, "--why")
    assert "notification to the authority" in said("--lang", "en", "duties", *case, "--at", AT)


@pytest.mark.parametrize(("change", "words"), [
    ({}, "3 h 00"), ({"due": datetime(2024, 2, 1, 10, tzinfo=UTC)}, "2 d 1 h late"),
    ({"due": None}, "since 1 d 0 h"), ({"due": None, "since": datetime(2024, 2, 4, tzinfo=UTC)}, ""),
    ({"due": None, "since": None}, ""), ({"state": "not_owed"}, ""),
    ({"sent_at": datetime(2024, 2, 3, 10, tzinfo=UTC)}, ""),
    ({"received_at": datetime(2024, 2, 3, 15, 30, tzinfo=UTC)}, "1 h 30 late"),
    ({"due": None, "sent_at": datetime(2024, 2, 3, 10, tzinfo=UTC)}, ""),
])  # fmt: skip
def test_the_time_left_is_said_as_people_say_it(change: dict[str, Any], words: str) -> None:
    since, due = datetime(2024, 2, 2, 11, tzinfo=UTC), datetime(2024, 2, 3, 14, tzinfo=UTC)
    basis = text("gdpr_33_1").versions[0]
    duty = Duty(
        kind="authority_notification", by="a", to="CNIL", what="", basis=basis, pace="dated", place="metropole",
        since=since, due=due,
    )  # fmt: skip
    with speaking("en"):
        assert time_left(replace(duty, **change), datetime(2024, 2, 3, 11, tzinfo=UTC)) == words


@pytest.fixture
def mini(tmp_path: Path) -> MiniCase:
    case = MiniCase(tmp_path)
    case.write([line("read", ids=["A"]), line("read", ids=["D"]), line("me"), line("card", ids=["C"])])
    case.verdict(account="acc", portal="p")
    case.run()
    (tmp_path / "facts.toml").write_text(OF_THE_MINI_CASE, "utf-8")
    return case


def test_a_run_makes_the_groups_and_the_case_gives_the_parties(mini: MiniCase) -> None:
    case = ["--case", str(mini.folder)]
    found = told("severity", *case)
    assert mini.run_ is not None
    assert found["run"] == mini.run_.id
    mine = {
        (item["party"], tuple(sorted(item["group"]["categories"]))): (item["group"]["lower"], item["group"]["upper"])
        for item in found["groups"]
    }
    assert mine["amc-1", ("birth_date", "name", "nir")] == (1, 1)
    assert mine["amc-2", ("birth_date", "name", "nir")] == (1, 1)
    assert mine["amc-1", ("birth_date", "contract_number", "name")][1] >= 1
    assert mine["op", ("iban",)] == (1, 1), "professionals: their controller is not recorded"
    duties = told("duties", *case, "--at", AT)["duties"]
    by = {duty["by"] for duty in duties if duty["kind"] == "authority_notification" and not duty["about"]}
    assert by == {"amc-1", "amc-2"}
    assert {duty["to"] for duty in duties if duty["kind"] == "controller_notification"} == {"amc-1"}, "the agreement"


def test_a_category_without_meaning_is_not_guessed(mini: MiniCase) -> None:
    (mini.folder / "facts.toml").write_text(
        OF_THE_MINI_CASE.replace("identity", "identities").replace("contract =", "x ="), "utf-8"
    )
    error = refused("severity", "--case", str(mini.folder))
    assert error.kind == "category-without-meaning"
    assert error.what == "these categories of the run are no kind of data known here: contract, identity"


def test_clocks_do_not_wait_for_the_meaning_of_a_category(mini: MiniCase) -> None:
    case = ["--case", str(mini.folder), "--at", AT]
    (mini.folder / "facts.toml").write_text(OF_THE_MINI_CASE, "utf-8")
    whole = told("duties", *case)["duties"]
    (mini.folder / "facts.toml").write_text(OF_THE_MINI_CASE.replace("identity", "identities"), "utf-8")
    result = RUNNER.invoke(app, ["duties", *case, "--json"])
    assert "the clocks run all the same" in result.stderr
    found = json.loads(result.stdout)["duties"]
    due = {(duty["by"], duty["kind"], duty["about"]): duty["due"] for duty in whole}
    assert all(due[duty["by"], duty["kind"], duty["about"]] == duty["due"] for duty in found)
    assert {"authority_notification", "controller_notification"} <= {duty["kind"] for duty in found}


def test_a_new_facts_file_names_the_categories_of_the_case(mini: MiniCase) -> None:
    (mini.folder / "facts.toml").unlink()
    said("duties", "--new", "--case", str(mini.folder))
    written = (mini.folder / "facts.toml").read_text("utf-8")
    assert '# identity = ["name"]\n' in written
    assert "# contract = " in written
    refused("severity", "--case", str(mini.folder))
    lines = written.replace("# [categories]", "[categories]").replace("# identity =", "identity =")
    (mini.folder / "facts.toml").write_text(lines.replace("# contract =", "contract ="), "utf-8")
    assert told("severity", "--case", str(mini.folder))["groups"]


def test_facts_change_no_finding(mini: MiniCase) -> None:
    assert mini.run_ is not None
    before = mini.run_.id
    (mini.folder / "facts.toml").write_text(OF_THE_MINI_CASE + "# more\n", "utf-8")
    assert mini.run().id == before
