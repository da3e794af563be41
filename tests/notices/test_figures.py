"""No orphan number: each one comes from a figure, a fact, the assessment or the form itself; never a bound alone."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.minicase import MiniCase, line
from tests.notices.breach import AT, FACTS, KIND, Breach
from tocsin.evidence.decisions import decide
from tocsin.language import speaking
from tocsin.law.facts import Facts, Group, Party
from tocsin.law.risk.vocabulary import all_categories
from tocsin.notices.authority import authority_notifications
from tocsin.notices.declared import declared_figures
from tocsin.notices.document import Document
from tocsin.notices.figure import Computed, Figure, origin_of, words_of
from tocsin.notices.filings.drafts import Made

NUMBER = re.compile(r"\d[\d\u202f]*")
CATEGORIES = sorted(all_categories())


def numbers_of(text: str) -> set[str]:
    return {item.replace("\u202f", "") for item in NUMBER.findall(text)}


def made_for(facts: str, at: str = AT) -> tuple[Breach, list[Made]]:
    with tempfile.TemporaryDirectory() as name:
        breach = Breach(Path(name)).write(facts)
        desk = breach.desk(at)
        with speaking("en"):
            return breach, list(authority_notifications(desk, desk.situation.facts.party[1]))


def orphans(document: Document, facts: str, reasons: str) -> set[str]:
    """Numbers of the values that stand in no fact, no figure, no assessment and no form."""
    allowed = numbers_of(facts) | numbers_of(reasons) | {str(int(item)) for item in numbers_of(facts)}
    for field in document.fields:
        if field.figure:
            allowed |= {str(field.figure.lower), str(field.figure.upper)}
    values = " ".join(field.value for field in document.fields if field.state == "known")
    return numbers_of(values) - allowed


bounds = st.tuples(st.integers(10**4, 10**7), st.integers(0, 10**7) | st.none())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bounds, bounds, st.sets(st.sampled_from(CATEGORIES), min_size=1, max_size=6))
def test_no_number_is_an_orphan(persons: Any, records: Any, categories: set[str]) -> None:
    assume(not {*persons} & {*records} - {None})
    facts = FACTS[: FACTS.index("[[figure]]")].replace(
        '["name", "birth_date", "nir", "insurer"]', "[" + ", ".join(f'"{item}"' for item in sorted(categories)) + "]"
    )
    for unit, (upper, lower) in (("persons", persons), ("records", records)):
        least = "" if lower is None else f"lower = {min(lower, upper)}\n"
        facts += f'[[figure]]\ncontroller = "phare"\nunit = "{unit}"\nupper = {upper}\n{least}'
        facts += 'by = "la DPO"\non = 2024-02-03\nground = "taille du fichier"\n'
    _breach, (made,) = made_for(facts)
    for name, document in made.documents.items():
        labels = " ".join(option["label"] for option in made.data[name]["fields"])
        reasons = " ".join(field.value for field in document.fields if field.code in ("12.2", "90"))
        assert orphans(document, facts, reasons + labels) == set(), name
        figures = {field.figure for field in document.fields if field.figure}
        for figure in figures:
            for field in document.fields:
                if {str(figure.upper)} & numbers_of(field.value) and field.figure in (None, figure):
                    both = [words_of(figure)]
                    with speaking("fr"):
                        both.append(words_of(figure))
                    assert any(words in field.value for words in both), "never the upper bound alone"


@given(st.integers(0, 10**8), st.integers(0, 10**8) | st.none())
def test_a_figure_in_words_has_both_bounds(upper: int, lower: int | None) -> None:
    figure = Figure("insured", "persons", lower, upper, Computed("7f3a", "figure", "2024-01-22"))
    for language, unknown in (("en", "not yet known"), ("fr", "pas encore connu")):
        with speaking(language):
            told = words_of(figure).replace("\u202f", "")
            assert str(upper) in told
            assert (unknown if lower is None else str(lower)) in told
            assert "7f3a" in origin_of(figure)


def test_two_populations_are_two_figures_each_with_its_origin() -> None:
    more = FACTS[FACTS.index("[[figure]]") :].replace("upper = 33417", 'population = "professional"\nupper = 412')
    _breach, (made,) = made_for(FACTS + more)
    found = [item for item in made.documents["cnil"].fields if item.code == "7.2"]
    assert [(item.figure.population, item.figure.upper) for item in found if item.figure] == [
        ("insured", 33417), ("professional", 412)
    ]  # fmt: skip
    assert found[1].value.startswith("Professionnels")


def controller(name: str) -> Party:
    return Party(id=name, name=name.upper(), role="controller")


def test_groups_add_up_only_when_each_says_how_many() -> None:
    first = Group(id="g", controller="a", categories=("name",), lower=1, upper=3)
    facts = Facts(
        party=(controller("a"), controller("b")),
        group=(first, Group(id="h", controller="a", categories=("nir",), upper=4)),
    )
    (figure,) = declared_figures(facts)["a"]
    assert (figure.lower, figure.upper) == (1, 7)
    silent = Group(id="i", controller="a", categories=("iban",))
    assert declared_figures(Facts(party=facts.party, group=(*facts.group, silent))) == {}


@pytest.mark.parametrize(("names", "expected"), [(("a",), {"*", "a"}), (("a", "b"), {"*"})])
def test_a_figure_of_the_whole_is_nobodys_own(names: tuple[str, ...], expected: set[str]) -> None:
    everyone = Group(id="g", categories=("name",), upper=33)
    found = declared_figures(Facts(party=tuple(map(controller, names)), group=(everyone,)))
    assert set(found) == expected


def test_a_decision_of_the_case_comes_before_the_facts(breach: Breach) -> None:
    subject = {"scope": "phare", "population": "insured", "unit": "persons"}
    decide(breach.folder / "decisions.jsonl", who="C. Roy", kind="figure", reason="new extract of the base",
           bodies=[{**subject, "lower": 10, "upper": 20}])  # fmt: skip
    (figure,) = breach.desk().situation.figures_of("phare")
    assert (figure.lower, figure.upper) == (10, 20)
    with speaking("en"):
        assert "new extract of the base" in origin_of(figure)


OF_THE_MINI_CASE = """
[every_controller]
informed_at = 2024-02-02T15:00:00+01:00
[every_controller.identity]
siren = "123456782"
address = "1 rue A"
sector = "K"
contact = { name = "A. Martin", function = "f" }
dpo = { name = "B. Petit" }
[circumstances]
recipients = "unknown"
is_malicious = true
[[account]]
summary = "Robots read the portal."
[categories]
identity = ["name", "birth_date"]
contract = ["contract_number"]
"""


def test_the_figure_of_a_late_verdict_flows_to_a_supplementary_filing(tmp_path: Path) -> None:
    """Run, file, learn more, run again: the next filing names the difference, from which run to which."""
    mini, breach = MiniCase(tmp_path), Breach(tmp_path)
    mini.write([line("read", ids=["A"]), line("read", ids=["C"], account="other", session="t"), line("me")])
    mini.verdict(account="acc", portal="p")
    first = mini.run().id
    breach.write(OF_THE_MINI_CASE)
    drafts = breach.prepare("--party", "amc-1")
    assert drafts[0]["rests_on"]["run"] == first
    before = breach.form(party="amc-1")["7.2"]
    assert before["figures"][0]["origin"] == {"run": first, "table": "figure", "base_date": "2024-01-22"}
    breach.freeze("amc-1")
    breach.receive("amc-1", number="2024-0002")
    mini.verdict(account="other", portal="p")
    second = mini.run().id
    assert second != first
    (draft,) = breach.prepare("--party", "amc-1")
    assert draft["phase"] == "supplementary"
    after = breach.form(party="amc-1")["7.2"]
    assert after["figures"][0]["upper"] > before["figures"][0]["upper"]
    told = next(item for item in draft["changes"] if item.startswith("7.2 "))
    assert before["value"] in told
    assert after["value"] in told
    assert f"recalculé\u00a0: calcul {first} -> calcul {second}" in told
    assert breach.prepare("--party", "amc-2") != [], "who never filed still has its first one"


def test_a_computed_figure_stands_before_a_declared_one(tmp_path: Path) -> None:
    mini, breach = MiniCase(tmp_path), Breach(tmp_path)
    mini.write([line("read", ids=["A"])])
    mini.verdict(account="acc", portal="p")
    breach.write(OF_THE_MINI_CASE + FACTS[FACTS.index("[[figure]]") :].replace("phare", "amc-1"))
    breach.prepare("--party", "amc-1")
    assert breach.form(party="amc-1")["7.2"]["figures"][0]["upper"] == 33417
    breach.freeze("amc-1")
    breach.receive("amc-1", number="2024-0003")
    run = mini.run().id
    (draft,) = breach.prepare("--party", "amc-1")
    assert breach.form(party="amc-1")["7.2"]["figures"][0]["upper"] < 33417
    assert any(f"déclaré auparavant, calculé maintenant par le calcul {run}" in item for item in draft["changes"])
    assert draft["series"]["kind"] == KIND


def test_what_a_run_found_in_danger_is_asked_for(tmp_path: Path) -> None:
    mini, breach = MiniCase(tmp_path), Breach(tmp_path)
    mini.write([line("read", ids=["A"])])
    mini.verdict(account="acc", portal="p")
    mini.run()
    breach.write(OF_THE_MINI_CASE)
    holders = {item["addressee"] for item in breach.prepare("--party", "op", kind="preservation_letter")}
    assert {"identity provider of the accounts", "mail provider of the professionals"} <= holders
    assert all("police" not in item for item in holders), "who gives to an inquiry only is not written to"
