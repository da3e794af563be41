"""The file for a complaint keeps three clocks apart, known apart from supposed, and closes its list of annexes."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notices.cases import (
    DIGEST,
    NOW,
    OPERATOR,
    PHARE,
    SIGNER,
    TOLD,
    everything_in,
    facts_of,
    field_of,
    full_facts,
    situation_of,
)
from tests.notices.pdf import squeezed, text_of
from tocsin.evidence.seal import EvidenceItem
from tocsin.language import speaking
from tocsin.law.facts import Breach, Insurance, Notice, Party
from tocsin.law.texts import SURE, Text
from tocsin.notices.document import Document, Paragraph, Table
from tocsin.notices.figure import Declared, Figure
from tocsin.notices.police_complaint import Annex, make_police_complaint, sealed_annexes
from tocsin.notices.police_complaint.annexes import close_annexes
from tocsin.notices.police_complaint.offences import all_offences, offences_of
from tocsin.notices.police_complaint.places import FILE
from tocsin.notices.typeset import typeset


def file_of(party: Party = OPERATOR, **more: object) -> Document:
    with speaking("en"):
        return make_police_complaint(situation_of(full_facts()), party, **more)  # type: ignore[arg-type]  # keywords of the maker


def test_the_three_moments_stand_apart_and_the_attack_starts_the_clock() -> None:
    attacked = datetime.fromisoformat("2024-01-28T10:00:00+01:00")
    party = replace(OPERATOR, attack_known_at=attacked)
    with speaking("en"):
        document = make_police_complaint(situation_of(facts_of(party)), party)
    assert field_of(document, "It happened from").value == "Monday 22 January 2024 at 08:00 (UTC+01:00)"
    assert field_of(document, "The victim knew of the attack").value == "Sunday 28 January 2024 at 10:00 (UTC+01:00)"
    aware = field_of(document, "The victim knew that personal data were touched")
    assert aware.value == "Monday 29 January 2024 at 18:30 (UTC+01:00)"
    assert document.deadline == "Wednesday 31 January 2024 at 10:00 (UTC+01:00)"


def test_without_the_moment_of_the_attack_it_lacks() -> None:
    party = replace(OPERATOR, attack_known_at=None)
    with speaking("en"):
        document = make_police_complaint(situation_of(facts_of(party)), party)
    assert "The victim knew of the attack" in document.lacking
    assert "The victim knew of the attack" in everything_in(document).split("12. What is still to be given")[1]


def test_what_is_supposed_is_in_a_part_of_its_own() -> None:
    document = file_of()
    parts = {section.title: everything_in(Document("x", "x", "en", "x", (section,))) for section in document.sections}
    assert TOLD.supposed in parts["4. What is only supposed"]
    assert all(TOLD.supposed not in said for title, said in parts.items() if title != "4. What is only supposed")
    assert TOLD.summary in parts["3. What is known"]
    assert TOLD.summary not in parts["4. What is only supposed"]


@given(st.lists(st.builds(Annex, st.text("abc", min_size=1), st.text("abc"), st.text("0123456789abcdef")), max_size=30))
def test_the_list_of_annexes_is_closed(annexes: list[Annex]) -> None:
    with speaking("fr"):
        blocks = close_annexes(annexes)
    last = blocks[-1]
    assert isinstance(last, Paragraph)
    if not annexes:
        assert last.text == "Liste arrêtée sans annexe."
        return
    table = blocks[0]
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == [str(number) for number in range(1, len(annexes) + 1)]
    assert [row[1] for row in table.rows] == [annex.what for annex in annexes]
    assert last.text.startswith(f"Liste arrêtée à {len(annexes)} annexe")


def test_the_annexes_are_what_is_preserved_and_received_then_what_is_given() -> None:
    receipt = Notice(duty="insurer_notice", by="operator", sent_at=NOW, received_at=NOW, receipt="receipts/insurer.pdf")
    facts = replace(full_facts(), notice=(receipt, replace(receipt, by="phare", receipt="of another")))
    with speaking("en"):
        document = make_police_complaint(situation_of(facts), OPERATOR, [Annex("memory image", "the CSIRT", "ab" * 32)])
    said = everything_in(document)
    assert "List closed at 3 annexes." in said
    assert DIGEST in said
    assert "ab" * 32 in said
    assert "receipts/insurer.pdf" in said
    assert "of another" not in said
    assert squeezed(DIGEST) in text_of(typeset(document))


def test_sealed_logs_are_annexes_and_registers_never() -> None:
    log = EvidenceItem(1, "logs/a.gz", "cd" * 32, 57825, "log", "a", "2024-01-30T08:00:00+00:00", "the CSIRT")
    again = replace(log, evidence_id=2, same_as=1)
    register = replace(log, evidence_id=3, path="registers/people.csv", role="register")
    with speaking("en"):
        (annex,) = sealed_annexes([log, again, register], "Opérateur Exemple")
    assert annex.sha256 == "cd" * 32
    assert "Tuesday 30 January 2024 at 09:00 (UTC+01:00)" in annex.what


def test_the_figure_of_the_whole_breach_is_that_of_its_only_processor() -> None:
    figures = {"*": (Figure("insured", "persons", 5, 33_417, Declared("dpo", date(2024, 2, 2), "base")),)}
    facts = full_facts()
    other = replace(OPERATOR, id="other", name="Autre opérateur")
    with speaking("en"):
        alone = make_police_complaint(situation_of(facts, figures), OPERATOR)
        one_of_two = make_police_complaint(situation_of(replace(facts, party=(*facts.party, other)), figures), OPERATOR)
        insurer = make_police_complaint(situation_of(facts, figures), PHARE)
    assert "33417" in everything_in(alone)
    assert "33417" not in everything_in(one_of_two)
    assert "33417" not in everything_in(insurer)


def test_what_only_an_inquiry_can_demand_is_asked_of_it() -> None:
    said = everything_in(file_of(asked=["subscriber data of the addresses seen"]))
    assert "The inquiry could usefully demand:" in said
    assert "subscriber data of the addresses seen" in said
    assert "journaux du répartiteur, held by Hébergeur Exemple, before 20 February 2024" in said


@pytest.mark.parametrize(
    ("natures", "cited"),
    [
        (("confidentiality",), {"penal_323_1", "penal_323_3", "penal_323_3_1", "penal_226_18", "penal_321_1"}),
        (("integrity",), {"penal_323_1", "penal_323_3", "penal_323_3_1"}),
        (("availability",), {"penal_323_1", "penal_323_2", "penal_323_3_1"}),
    ],
)
def test_the_offences_follow_what_was_touched(natures: tuple[str, ...], cited: set[str]) -> None:
    assert {item.text for item in offences_of(Breach(natures=natures), NOW)} == cited  # type: ignore[arg-type]  # words of the table above


def test_the_texts_are_those_of_the_day_on_which_it_happened() -> None:
    before = Breach(occurred_from=datetime.fromisoformat("2010-01-01T00:00:00+01:00"))
    assert "penal_323_3_1" not in {item.text for item in offences_of(before, NOW)}
    changed = replace(before, natures=("integrity",))
    assert [item.quotation.count("extraire") for item in offences_of(changed, NOW) if item.text == "penal_323_3"] == [0]


@pytest.mark.parametrize("text", all_offences(), ids=lambda text: text.id)
def test_an_offence_is_dated_quoted_sourced_and_never_twice_in_force(text: Text) -> None:
    for earlier, later in pairwise(text.versions):
        assert earlier.in_force_to is not None
        assert (later.in_force_from - earlier.in_force_to).days == 1
    for version in text.versions:
        assert version.quotation
        assert version.source
        assert version.sure in SURE
        assert version.checked_on >= date(2026, 11, 23)
        assert set(version.notes) == {"en", "fr"}


def test_the_places_say_how_sure_they_are_in_both_languages() -> None:
    for place in tomllib.loads(FILE.read_text("utf-8"))["place"]:
        assert set(place) == {"fr", "en", "source", "sure", "checked_on"}
        assert place["sure"] in SURE


def test_the_insurance_and_its_own_clock_are_said() -> None:
    party = replace(PHARE, identity=SIGNER, cyber_insurance=Insurance(insurer="Assureur Exemple", working_days=5))
    with speaking("en"):
        document = make_police_complaint(situation_of(facts_of(party)), party)
    assert field_of(document, "Insurer of such losses").value == "Assureur Exemple"
    assert "9 February 2024 at 24:00" in field_of(document, "Notice of the loss to the insurer").value


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_says_on_every_page_that_it_is_not_the_complaint(language: str) -> None:
    with speaking(language):
        document = make_police_complaint(situation_of(full_facts()), OPERATOR)
    wanted = {"en": "not the complaint itself", "fr": "ce n’est pas la plainte elle-même"}[language]
    assert wanted in document.warning.replace("\u00a0", " ")
