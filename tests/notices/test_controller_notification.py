"""The processor's notice leaves at once, says what is not known, and never tells one controller of another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.notices.breach import AT, Breach
from tests.notices.cases import (
    ANCRE,
    NOW,
    OPERATOR,
    PHARE,
    TOLD,
    everything_in,
    facts_of,
    field_of,
    full_facts,
    situation_of,
)
from tests.notices.pdf import squeezed, text_of
from tocsin.language import speaking
from tocsin.law.facts import Account, Clause, Dora, Group, Measure, Notice, Party
from tocsin.law.words import grouped
from tocsin.notices.controller_notification import notify_controller, notify_controllers
from tocsin.notices.figure import Declared, Figure
from tocsin.notices.typeset import typeset


def test_one_letter_for_each_party_served_and_for_no_other() -> None:
    tools = Party(id="tools", name="Hébergeur", role="sub_processor", serves=("operator",), aware_at=NOW)
    other = replace(OPERATOR, id="other", name="Autre opérateur", serves=("ancre",))
    facts = facts_of(OPERATOR, other, tools, PHARE, ANCRE)
    situation = situation_of(facts)
    assert [letter.to for letter in notify_controllers(situation, OPERATOR)] == ["phare", "ancre"]
    assert [letter.to for letter in notify_controllers(situation, other)] == ["ancre"]
    assert [letter.to for letter in notify_controllers(situation, tools)] == ["operator"]
    assert notify_controllers(situation, PHARE) == ()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_leaves_from_almost_nothing(language: str) -> None:
    """No run, no figure, no account: the first hour."""
    bare = Party(id="operator", name="Opérateur Exemple", role="processor", aware_at=NOW)
    with speaking(language):
        letter = notify_controller(situation_of(facts_of(bare, ANCRE)), bare, ANCRE)
    states = {field.label: field.state for field in letter.fields}
    assert [label for label, state in states.items() if state == "lacking"] == {
        "en": ["Contact", "Who signs"], "fr": ["Contact", "Signataire"]
    }[language]  # fmt: skip
    number, data = {
        "en": ("Approximate number of people", "Data concerned"),
        "fr": ("Nombre approximatif de personnes", "Données concernées"),
    }[language]
    assert states[number] == states[data] == "not_yet_known"
    assert squeezed({"en": "not yet known", "fr": "pas encore connu"}[language]) in text_of(typeset(letter))


def test_what_is_supposed_stands_apart_from_what_is_known() -> None:
    with speaking("en"):
        letter = notify_controller(situation_of(full_facts()), OPERATOR, PHARE)
    assert field_of(letter, "What is known").value == TOLD.summary
    assert field_of(letter, "What is only supposed, to be confirmed").value == TOLD.supposed


def test_the_clocks_are_those_of_the_addressee() -> None:
    with speaking("en"):
        told = notify_controller(situation_of(full_facts()), OPERATOR, PHARE)
        untold = notify_controller(situation_of(full_facts()), OPERATOR, ANCRE)
    assert told.deadline == "notification to the authority: Monday 5 February 2024 at 15:30 (UTC+01:00)"
    assert untold.deadline == "notification to the authority: 72 hours after you become aware"
    assert "72 hours after you learn of the attack" in everything_in(untold)
    assert "72 hours after you become aware" not in everything_in(replace(told, deadline=""))


def test_a_processor_in_turn_is_told_to_tell() -> None:
    tools = Party(id="tools", name="Hébergeur", role="sub_processor", serves=("operator",), aware_at=NOW)
    with speaking("en"):
        letter = notify_controller(situation_of(facts_of(tools, OPERATOR, PHARE)), tools, OPERATOR)
    said = everything_in(letter)
    assert letter.deadline == "tell your controllers at once"
    assert "notice to the processor" in letter.title
    assert "tell each of your controllers without delay" in said
    assert "supervisory authority" not in said
    assert "Phare" not in said


def test_a_later_version_says_which_one_it_replaces() -> None:
    sent = Notice(duty="controller_notification", by="operator", to="phare", sent_at=NOW)
    elsewhere = replace(sent, to="ancre")
    with speaking("en"):
        first = notify_controller(situation_of(facts_of(OPERATOR, PHARE, notice=(elsewhere,))), OPERATOR, PHARE)
        second = notify_controller(situation_of(facts_of(OPERATOR, PHARE, notice=(sent,))), OPERATOR, PHARE)
    assert "Version 1," in first.warning
    assert "replaces" not in everything_in(first)
    assert "Version 2," in second.warning
    assert "It replaces the version of Friday 2 February 2024 at 15:30" in everything_in(second)


def test_the_data_are_those_of_the_addressee() -> None:
    groups = (
        Group(id="a", controller="phare", categories=("iban",)),
        Group(id="b", controller="ancre", categories=("health",)),
        Group(id="c", categories=("name",)),
    )  # fmt: skip
    with speaking("en"):
        phare, ancre = notify_controllers(situation_of(facts_of(OPERATOR, PHARE, ANCRE, group=groups)), OPERATOR)
    assert field_of(phare, "Data concerned (insured people)").value == "name, bank account number"
    assert field_of(ancre, "Data concerned (insured people)").value == "name, health"


def test_a_later_version_names_what_changed_and_its_bytes_are_kept(breach: Breach) -> None:
    kind, to = "controller_notification", ("--to", "phare")
    who = 'identity = { contact = { name = "C" }, representative = { name = "R" } }\n'
    breach.edit('role = "processor"\n', f'role = "processor"\n{who}')
    (first,) = breach.prepare(kind=kind)
    assert first["phase"] == "initial"
    words = ["--party", "operator", "--kind", kind, *to]
    breach.told("file", "freeze", *words, "--reason", "it must know", "--at", AT)
    breach.told("file", "receipt", *words, "--received-at", "2024-02-03T13:00:00+01:00", "--number", "mail 12")
    assert breach.prepare(kind=kind) == []
    breach.edit("upper = 33417", "upper = 33500\nlower = 1204")
    (second,) = breach.prepare(kind=kind, at="2024-02-04T12:00:00+01:00")
    letters = breach.folder / "filings" / "operator" / f"{kind}.phare"
    before = text_of((letters / "01-initial" / f"{kind}.pdf").read_bytes())
    after = text_of((letters / "draft" / f"{kind}.pdf").read_bytes())
    assert squeezed("What changed") not in before
    assert "Version1," in before
    assert squeezed("What changed since the version before") in after
    assert squeezed("becomes “at least 1204, possibly up to 33500 persons”") in after
    assert "Version2," in after
    assert second["changes"]


NAMES = st.lists(st.text("bcdfghjklmnpqrstvwxz", min_size=9, max_size=14), min_size=2, max_size=5, unique=True)


@settings(max_examples=40, deadline=None)
@given(names=NAMES, numbers=st.data(), language=st.sampled_from(["en", "fr"]))
def test_a_controller_never_reads_of_another(names: list[str], numbers: st.DataObject, language: str) -> None:
    """Neither its name, nor its figures, its account, its measures, its groups, its contract, nor its clocks."""
    count = len(names)
    drawn = numbers.draw(st.lists(st.integers(100_000, 999_999), min_size=4 * count, max_size=4 * count, unique=True))
    parties = [
        Party(id=f"c{n}", name=name, role="controller", dora=Dora(aware_at=NOW) if n % 2 else None)
        for n, name in enumerate(names)
    ]  # fmt: skip
    figures = {
        party.id: (Figure("insured", "persons", drawn[4 * n], drawn[4 * n] + drawn[4 * n + 1],
                          Declared(f"dpo of {party.name}", date(2024, 2, 2), f"ground of {party.name}")),)
        for n, party in enumerate(parties)
    }  # fmt: skip
    facts = facts_of(
        OPERATOR, *parties,
        account=tuple(Account(controller=party.id, summary=f"story of {party.name}") for party in parties),
        measure=tuple(Measure(by=party.id, horizon="immediate", what=f"act of {party.name}") for party in parties),
        group=tuple(
            Group(id=f"g{n}", controller=party.id, categories=("name",), upper=drawn[4 * n + 2])
            for n, party in enumerate(parties)
        ),
        clause=tuple(Clause(by="operator", to=party.id, hours=1, where=f"page of {party.name}") for party in parties),
        notice=tuple(
            Notice(duty="controller_notification", by="operator", to=party.id, receipt=f"receipt {party.name}")
            for party in parties
        ),
    )  # fmt: skip
    with speaking(language):
        letters = notify_controllers(situation_of(facts, figures), OPERATOR)
    assert [letter.to for letter in letters] == [party.id for party in parties]
    for number, letter in enumerate(letters):
        said = everything_in(letter).replace("\u202f", "")
        assert names[number] in said
        assert str(drawn[4 * number]) in said
        for other, name in enumerate(names):
            if other != number and name not in names[number]:
                assert name not in said
                for foreign in (drawn[4 * other], drawn[4 * other] + drawn[4 * other + 1], drawn[4 * other + 2]):
                    assert str(foreign) not in said
        assert grouped(drawn[4 * number]) in everything_in(letter)
