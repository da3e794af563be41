"""From a rehearsed breach to what leaves: each controller's own figures, the sealed logs in the police file."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.notices.pdf import squeezed, text_of
from tocsin.analysis.run import run_case
from tocsin.cli.app import app
from tocsin.evidence.case import CaseFolder, open_case
from tocsin.evidence.decisions import decide
from tocsin.evidence.seal import sealed_items
from tocsin.evidence.verdicts import read_verdicts
from tocsin.law.words import grouped
from tocsin.rehearsal import World, generate

FACTS = """
[breach]
is_attack = true
[every_controller]
informed_at = 2024-02-02T15:00:00+01:00
[[party]]
id = "op-a"
name = "Opérateur A"
role = "processor"
aware_at = 2024-01-29T15:00:00+01:00
[categories]
bank-details = ["iban"]
birth-rank = ["birth_date"]
contact = ["address"]
contract = ["contract_number"]
identity = ["name"]
member-number = ["contract_number"]
professional-identity = ["name"]
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> CaseFolder:
    """A small breach, run, with the filings of its first operator drafted."""
    path = tmp_path_factory.mktemp("filed") / "world"
    generate(World(people=400, seed=3), path)
    known = read_verdicts(path / "verdicts.toml")
    decide(path / "decisions.jsonl", who="analyst", kind="verdict", reason="known by construction", bodies=known)
    folder = open_case(path)
    run_case(folder, who="test")
    (path / "facts.toml").write_text(FACTS, "utf-8")
    words = [
        "--lang",
        "en",
        "file",
        "prepare",
        "--case",
        str(path),
        "--party",
        "op-a",
        "--at",
        "2024-02-02T15:30:00+01:00",
    ]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output + repr(result.exception)
    return folder


def drafted(case: CaseFolder, kind: str) -> dict[str, str]:
    """The text of each PDF of a kind, by folder."""
    return {
        path.parent.parent.name: text_of(path.read_bytes())
        for path in sorted(Path(case.path).glob(f"filings/op-a/{kind}*/draft/{kind}.pdf"))
    }


def test_each_letter_holds_the_figures_of_its_controller_and_no_other(case: CaseFolder) -> None:
    letters = drafted(case, "controller_notification")
    names = {
        party["id"]: party["name"] for party in tomllib.loads((case.path / "case.toml").read_text("utf-8"))["party"]
    }
    result = CliRunner().invoke(app, ["figures", "--case", str(case.path), "--json"])
    shown = {
        row["scope"]: squeezed(
            f"at least {grouped(row['lower'])} working figure {grouped(row['working'])}"
            f" at most {grouped(row['upper'])} persons insured people"
        )
        for row in json.loads(result.stdout)["figures"]
        if row["unit"] == "persons" and row["population"] == "insured" and row["scope"] in names
    }
    assert len(letters) > 1
    assert len(set(shown.values())) > 1
    for folder, said in letters.items():
        party, text = folder.partition(".")[2], said.lower()
        assert squeezed(names[party]).lower() in text
        assert party not in shown or shown[party] in text
        for other, name in names.items():
            if other not in (party, "op-a"):
                assert squeezed(name).lower() not in text
                assert shown.get(other, "-") == shown.get(party) or shown.get(other, "§") not in text


def test_the_police_file_joins_the_sealed_logs_of_the_portal_and_no_register(case: CaseFolder) -> None:
    (text,) = drafted(case, "police_complaint").values()
    owners = {portal.id: portal.processor for portal in case.case.portal}
    mine = {log.id for log in case.case.log if owners[log.portal] == "op-a"}
    joined = 0
    for item in sealed_items(case):
        is_joined = item.role == "log" and item.source in mine and item.same_as is None
        assert (squeezed(item.sha256) in text) is is_joined, item.path
        joined += is_joined
    assert joined > 1
    assert squeezed(f"Liste arrêtée à {joined} annexes.") in text
    assert squeezed("données d’abonné et de trafic des adresses vues") in text


def test_letters_go_to_those_who_may_lose_traces_and_say_that_their_name_lacks(case: CaseFolder) -> None:
    letters = drafted(case, "preservation_letter")
    assert any("identityprovider" in text for text in letters.values())
    assert all(squeezed("Name and address of this holder") in text for text in letters.values())
