"""``tocsin register``: from a case, for years, one party at a time; and what it tells the risk of the next breach."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.minicase import MiniCase, line
from tocsin.cli.app import app
from tocsin.cli.screen import screen
from tocsin.errors import TocsinError
from tocsin.language import speaking

RUNNER = CliRunner(env={"TOCSIN_LANG": "en", "TOCSIN_BY": "A. Martin"})
FACTS = """
[breach]
title = "Robots in the portal"
natures = ["confidentiality"]
occurred_from = 2024-01-22T08:00:00+01:00
[every_controller]
informed_at = 2024-02-02T15:00:00+01:00
[[party]]
id = "phare"
name = "Mutuelle du Phare"
role = "controller"
[[party]]
id = "dunes"
name = "Mutuelle des Dunes"
role = "controller"
[[party]]
id = "operator"
name = "Opérateur"
role = "processor"
aware_at = 2024-01-29T15:00:00+01:00
[circumstances]
recipients = "unknown"
[[group]]
id = "insured"
categories = ["name", "nir"]
upper = 2310
[[account]]
summary = "Robots read the portal with phished accounts."
consequences_in_words = "Identity theft is possible."
causes = ["external_malicious"]
[[measure]]
horizon = "immediate"
what = "accounts closed"
done_on = 2024-01-30
[[figure]]
controller = "phare"
upper = 2310
by = "Mme Roy, DPO"
on = 2024-02-03
ground = "size of the base"
[[decision]]
controller = "phare"
risk = "high_risk"
by = "M. Blanc"
on = 2024-02-03
reason = "name and NIR together"
dpo_opinion = "agrees"
[[decision]]
controller = "dunes"
risk = "unlikely"
by = "Mme Noir"
on = 2024-02-03
reason = "nobody of ours was read"
[[notice]]
duty = "authority_notification"
by = "phare"
sent_at = 2024-02-04T18:00:00+01:00
received_at = 2024-02-04T18:01:00+01:00
receipt = "receipts/cnil-phare.pdf"
"""
EARLIER = """
[[breach]]
party = "phare"
party_name = "Mutuelle du Phare"
breach = "2022-07"
title = "A mailing list"
occurred_from = "2022-07"
categories = ["email", "phone", "contract_number"]
[[breach]]
party = "dunes"
party_name = "Mutuelle des Dunes"
breach = "2021-01"
title = "A stolen laptop"
occurred_from = "2021"
categories = ["iban", "phone"]
"""

OF_THE_MINI_CASE = """
[every_controller]
informed_at = 2024-02-02T15:00:00+01:00
[categories]
identity = ["name"]
contract = ["contract_number"]
"""


@pytest.fixture(autouse=True)
def wide_screen_in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever the terminal, and whatever language the test before spoke."""
    monkeypatch.setattr(screen, "width", 260)
    with speaking("en"):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case of facts alone, and beside it a register with two old breaches."""
    (tmp_path / "facts.toml").write_text(FACTS, "utf-8")
    (tmp_path / "earlier.toml").write_text(EARLIER, "utf-8")
    return tmp_path


def said(*words: object) -> str:
    result = RUNNER.invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: object) -> TocsinError:
    result = RUNNER.invoke(app, [str(word) for word in words])
    assert isinstance(result.exception, TocsinError), result.output
    return result.exception


def told(*words: object) -> Any:
    result = RUNNER.invoke(app, [*(str(word) for word in words), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def add_case(folder: Path) -> Any:
    return told("register", "add", "--from-case", "--case", folder, "--register", folder / "r", "--breach", "b")


def records(folder: Path, *words: str) -> dict[str, Any]:
    return {item["record"]["party"]: item["record"] for item in told("register", "--register", folder / "r", *words)}


def test_a_case_documents_the_breach_of_each_controller(folder: Path) -> None:
    assert add_case(folder)["new"] == 2
    found = records(folder)
    assert set(found) == {"phare", "dunes"}, "the operator is no controller here"
    phare, dunes = found["phare"], found["dunes"]
    assert phare["facts"] == "Robots read the portal with phished accounts."
    assert phare["effects"] == "Identity theft is possible."
    assert phare["measures"] == [{"horizon": "immediate", "what": "accounts closed", "on": "2024-01-30"}]
    assert phare["people"] == [
        {"population": "insured", "unit": "persons", "upper": 2310, "by": "Mme Roy, DPO", "on": "2024-02-03",
         "ground": "size of the base"}
    ]  # fmt: skip
    assert phare["notification"] == {
        "answer": "done", "at": "2024-02-04T18:00:00+01:00", "motive": "name and NIR together", "by": "M. Blanc",
        "on": "2024-02-03", "dpo_opinion": "agrees",
    }  # fmt: skip
    assert phare["communication"]["answer"] == "planned"
    assert phare["filings"][0]["receipt"] == "receipts/cnil-phare.pdf"
    assert (dunes["notification"]["answer"], dunes["notification"]["by"]) == ("no", "Mme Noir")
    assert dunes["communication"]["answer"] == "no"
    assert "people" not in dunes, "no figure is declared for it: it is not known, and not zero"


def test_nobody_decided_is_undecided_never_no(folder: Path) -> None:
    text = FACTS.replace('recipients = "unknown"', 'recipients = "none_known"').replace(
        'risk = "unlikely"', 'risk = "risk"'
    )
    undecided = text[: text.index("[[decision]]")] + text[text.index("[[notice]]") :]
    (folder / "facts.toml").write_text(undecided, "utf-8")
    add_case(folder)
    assert records(folder)["dunes"].get("notification", {}).get("answer") in ("undecided", "planned")
    assert "motive" not in records(folder)["dunes"]["notification"]


def test_a_figure_that_changes_is_named_and_what_was_typed_stays(folder: Path) -> None:
    add_case(folder)
    typed = records(folder)["dunes"] | {"effects": "Two calls of members.", "facts": ""}
    (folder / "typed.json").write_text(
        json.dumps({"format": "tocsin-breach-register", "version": 1, "records": [typed]}), "utf-8"
    )
    said("register", "import", folder / "typed.json", "--register", folder / "r")
    text = FACTS.replace("upper = 2310\nby", "lower = 3\nupper = 1900\nby").replace(
        'consequences_in_words = "Identity theft is possible."\n', ""
    )
    (folder / "facts.toml").write_text(text, "utf-8")
    made = add_case(folder)
    assert (made["new"], made["changed"]) == (0, 2)
    changes = {(item["party"], item["what"]): (item["before"], item["after"]) for item in made["changes"]}
    assert changes["phare", "people[insured persons].lower"] == ("", "3")
    assert changes["phare", "people[insured persons].upper"] == ("2310", "1900")
    assert ("dunes", "effects") not in changes
    assert records(folder)["dunes"]["effects"] == "Two calls of members."
    screen_of = said("register", "show", "b", "--party", "phare", "--register", folder / "r")
    assert "people[insured persons].upper: 2310 -> 1900" in screen_of
    assert add_case(folder)["unchanged"] == 2


def test_one_line_a_breach_with_what_lacks_in_both_languages(folder: Path) -> None:
    add_case(folder)
    english = said("register", "--register", folder / "r")
    row = next(text for text in english.splitlines() if text.startswith("Mutuelle du Phare"))
    for words in ("2024-01-22", "Robots in the portal", "? <= 2\u202f310 persons", "yes, 2024-02-04", "to do"):
        assert words in row
    assert "no: nobody of ours was read" in english
    french = said("--lang", "fr", "register", "--register", folder / "r")
    assert "informer les personnes" in french
    assert "entrée 1" in said("--lang", "fr", "register", "show", "b", "--register", folder / "r")


def test_an_export_for_one_party_holds_nobody_else(folder: Path) -> None:
    add_case(folder)
    assert refused("register", "export", folder / "x.csv", "--register", folder / "r").kind == "export-of-whom"
    for name in ("x.csv", "x.json", "x.jsonld", "x.xlsx"):
        out = folder / name
        assert told("register", "export", out, "--register", folder / "r", "--party", "phare")["parties"] == ["phare"]
        if name != "x.xlsx":
            text = out.read_text("utf-8-sig")
            assert "Phare" in text
            assert not any(word in text for word in ("Dunes", "dunes", "Noir", "nobody of ours"))
    again = told("register", "import", folder / "x.xlsx", "--register", folder / "other")
    assert (again["read"], again["new"]) == (1, 1)
    assert told("register", "export", folder / "x.json", "--register", folder / "r", "--everyone")["records"] == 2
    assert (
        refused("register", "export", folder / "x.csv", "--register", folder / "r", "--party", "z").kind
        == "nothing-to-export"
    )


def test_the_register_of_a_party_is_printed(folder: Path) -> None:
    add_case(folder)
    said("register", "export", folder / "x.pdf", "--register", folder / "r", "--party", "phare")
    assert (folder / "x.pdf").read_bytes().startswith(b"%PDF-")


def test_a_register_and_what_leaves_it_are_private(folder: Path) -> None:
    add_case(folder)
    said("register", "export", folder / "x.csv", "--register", folder / "r", "--everyone")
    assert (folder / "r").stat().st_mode & 0o777 == 0o700
    assert (folder / "r" / "persons.json").stat().st_mode & 0o777 == 0o600
    assert (folder / "x.csv").stat().st_mode & 0o777 == 0o600


def test_names_leave_unless_references_are_asked(folder: Path) -> None:
    add_case(folder)
    out = folder / "x.json"
    said("register", "export", out, "--register", folder / "r", "--party", "phare")
    assert "M. Blanc" in out.read_text("utf-8")
    said("register", "export", out, "--register", folder / "r", "--party", "phare", "--references")
    assert "M. Blanc" not in out.read_text("utf-8")
    reference = json.loads(out.read_text("utf-8"))["records"][0]["notification"]["by"]
    said("register", "erase-name", reference, "--register", folder / "r")
    assert reference in said("register", "show", "b", "--party", "phare", "--register", folder / "r")
    assert "M. Blanc" not in said("register", "show", "b", "--register", folder / "r")
    said("register", "verify", "--register", folder / "r")


def test_verify_sees_a_changed_line_and_an_end_cut_off(folder: Path) -> None:
    add_case(folder)
    first = told("register", "verify", "--register", folder / "r")
    assert (first["breaches"], first["versions"]) == (2, 2)
    said("register", "add", folder / "earlier.toml", "--register", folder / "r")
    last = told("register", "verify", "--register", folder / "r", "--digest", first["digest"])
    path = folder / "r" / "decisions.jsonl"
    whole = path.read_text("utf-8")
    path.write_text("".join(whole.splitlines(keepends=True)[:-1]), "utf-8")
    assert told("register", "verify", "--register", folder / "r")["versions"] == 3, "a chain does not see its own end"
    assert refused("register", "verify", "--register", folder / "r", "--digest", last["digest"]).kind == "register-cut"
    path.write_text(whole.replace("nobody of ours", "somebody of ours"), "utf-8")
    assert refused("register", "verify", "--register", folder / "r").kind == "chain-broken"
    assert refused("register", "--register", folder / "r").kind == "chain-broken"


def test_other_breaches_of_a_party_make_its_profile_riskier_by_kind_of_data_alone(folder: Path) -> None:
    said("register", "add", folder / "earlier.toml", "--register", folder / "r")
    (folder / "facts.toml").write_text(FACTS.replace('recipients = "unknown"', 'recipients = "known"'), "utf-8")
    case = ("--case", folder)
    alone = {item["party"]: item for item in told("severity", *case)["groups"]}
    beside = {item["party"]: item for item in told("severity", *case, "--register", folder / "r")["groups"]}
    assert beside["phare"]["likelihood"] == alone["phare"]["likelihood"] + 1
    assert any("with what A mailing list exposed" in reason for reason in beside["phare"]["reasons"])
    assert not any("A stolen laptop" in reason for reason in beside["phare"]["reasons"])
    assert any("A stolen laptop" in reason for reason in beside["dunes"]["reasons"]), "its own, and no other's"
    assert refused("severity", *case, "--register", folder / "nowhere").kind == "no-register"


def test_a_complete_record_closes_the_duty_to_document_and_an_incomplete_one_does_not(folder: Path) -> None:
    add_case(folder)
    path = folder / "x.json"
    said("register", "export", path, "--register", folder / "r", "--party", "dunes")
    whole = json.loads(path.read_text("utf-8"))
    (record,) = whole["records"]
    record["people"] = [{"lower": 0, "upper": 0, "ground": "nobody of ours was read", "by": "Mme Noir"}]
    record["notification"]["dpo_opinion"] = record["communication"]["dpo_opinion"] = "agrees"
    path.write_text(json.dumps(whole), "utf-8")
    said("register", "import", path, "--register", folder / "r")
    listed = told("duties", "--case", folder, "--register", folder / "r")["duties"]
    states = {duty["by"]: duty for duty in listed if duty["kind"] == "breach_record"}
    assert (states["dunes"]["state"], states["dunes"]["receipt"]) == ("closed", "register of breaches, entry 3")
    assert states["phare"]["state"] == "open"
    alone = told("duties", "--case", folder)["duties"]
    assert {duty["state"] for duty in alone if duty["kind"] == "breach_record"} == {"open"}


@pytest.mark.parametrize("called", [(), ("--breach", "another-name")])
def test_the_breach_of_the_case_is_not_an_earlier_one(folder: Path, called: tuple[str, ...]) -> None:
    lone = '[[group]]\nid = "other"\ncategories = ["email", "insurer"]\n'
    (folder / "facts.toml").write_text(FACTS.replace('recipients = "unknown"', 'recipients = "known"') + lone, "utf-8")
    said("register", "add", "--from-case", "--case", folder, "--register", folder / "r", *called)
    alone = told("severity", "--case", folder)["groups"]
    beside = told("severity", "--case", folder, "--register", folder / "r")["groups"]
    assert alone == beside


def test_rejected_rows_stop_an_import_unless_the_others_are_wanted(folder: Path) -> None:
    path = folder / "x.csv"
    path.write_text("party;party_name;breach;title;risk\nphare;Phare;b1;One;risk\nphare;Phare;b2;Two;awful\n", "utf-8")
    register = ("--register", folder / "r")
    refusal = refused("register", "import", path, *register)
    assert refusal.kind == "register-rows-rejected"
    assert not (folder / "r" / "decisions.jsonl").exists()
    made = told("register", "import", path, *register, "--keep-valid")
    assert (made["read"], made["new"], len(made["rejected"])) == (2, 1, 1)
    assert made["rejected"][0]["where"].endswith("x.csv:3")


def test_the_example_is_a_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert told("register", "add", "--new") == {"file": "breaches.toml"}
    assert refused("register", "add", "--new").kind == "register-example-exists"
    assert told("register", "add", "breaches.toml")["new"] == 1
    assert told("register")[0]["lacks"] == []
    assert refused("register", "add").kind == "register-add-what"
    assert refused("register", "show", "zz").kind == "unknown-breach"


def test_a_record_makes_no_other_run_and_a_run_gives_its_figures(tmp_path: Path) -> None:
    mini = MiniCase(tmp_path)
    mini.write([line("read", ids=["A"]), line("read", ids=["D"])])
    mini.verdict(account="acc")
    made = mini.run()
    (tmp_path / "facts.toml").write_text(OF_THE_MINI_CASE, "utf-8")
    said("register", "add", "--from-case", "--case", tmp_path, "--register", tmp_path)
    found = {item["record"]["party"]: item["record"] for item in told("register", "--register", tmp_path)}
    for party in ("amc-1", "amc-2"):
        (figure,) = [item for item in found[party]["people"] if item["unit"] == "persons"]
        assert (figure["run"], figure["lower"], figure["upper"]) == (made.id, 1, 1)
        assert {item["unit"] for item in found[party]["people"]} >= {"persons", "records"}
        assert found[party]["breach"] == "mini"
        assert "nir" in found[party]["categories"]
    assert mini.run().id == made.id, "what a register keeps is no reason to compute again"
    mini.verdict("honest", account="acc")
    assert mini.run().id != made.id
