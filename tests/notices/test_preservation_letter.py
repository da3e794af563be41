"""A letter to whom holds traces: what, of which period, until when; nothing of the people, nothing of the story."""

from __future__ import annotations

from datetime import date

from tests.notices.cases import NOW, OPERATOR, PHARE, TOLD, everything_in, facts_of, full_facts, situation_of
from tocsin.language import speaking
from tocsin.law.facts import Trace
from tocsin.notices.document import Document
from tocsin.notices.figure import Declared, Figure
from tocsin.notices.preservation_letter import Wanted, asked_of_the_inquiry, write_preservation_letters

SIGN_INS = Wanted(
    "the identity provider", "sign-ins of three accounts", NOW, NOW, "to know how", kind="identity_provider",
    is_named=False,
)  # fmt: skip
SUBSCRIBERS = Wanted("the network", "subscriber data of the addresses seen", kind="network_provider")


def letters_of(wanted: tuple[Wanted, ...] = ()) -> tuple[Document, ...]:
    figures = {"phare": (Figure("insured", "persons", 123_456, 654_321, Declared("dpo", date(2024, 2, 2), "base")),)}
    with speaking("en"):
        return write_preservation_letters(situation_of(full_facts(), figures), OPERATOR, wanted)


def test_one_letter_for_each_holder_but_oneself_and_for_what_is_not_kept_yet() -> None:
    assert [letter.to for letter in letters_of()] == ["Hébergeur Exemple"]
    found = letters_of((SIGN_INS, Wanted("Hébergeur Exemple", "backups"), Wanted("Opérateur Exemple", "its own")))
    assert [letter.to for letter in found] == ["Hébergeur Exemple", "the identity provider"]
    assert "backups" in everything_in(found[0])
    assert "journaux du répartiteur" in everything_in(found[0])
    assert "sign-ins" not in everything_in(found[0])
    assert "journal du nœud a2" not in everything_in(found[0])


def test_what_is_kept_already_is_asked_of_nobody() -> None:
    kept = Trace(what="image of the disk", held_by="Hébergeur Exemple", is_preserved=True)
    gone = Trace(what="proxy logs", held_by="Hébergeur Exemple")
    with speaking("en"):
        (letter,) = write_preservation_letters(situation_of(facts_of(OPERATOR, trace=(kept, gone))), OPERATOR)
        none = write_preservation_letters(situation_of(facts_of(OPERATOR, trace=(kept,))), OPERATOR)
    assert "proxy logs" in everything_in(letter)
    assert "image of the disk" not in everything_in(letter)
    assert none == ()


def test_the_first_destruction_is_the_deadline() -> None:
    (letter,) = letters_of((Wanted("Hébergeur Exemple", "backups", kept_until=date(2024, 2, 10)),))
    assert letter.deadline == "at once; the first traces are destroyed after 10 February 2024"
    (letter,) = letters_of()
    assert "destroyed after 20 February 2024" in letter.deadline


def test_an_unknown_end_is_said_and_asked() -> None:
    _first, letter = letters_of((SIGN_INS,))
    assert letter.deadline == "at once: until when the traces are kept is not yet known"
    assert [field.state for field in letter.fields] == ["not_yet_known", "lacking"], "nor is its holder named"


def test_nothing_of_the_people_or_of_the_story_leaves() -> None:
    for letter in letters_of((SIGN_INS,)):
        said = everything_in(letter).replace("\u202f", "")
        for secret in (TOLD.summary, TOLD.supposed, "123456", "654321", "Phare", "Ancre", "nir", "NIR"):
            assert secret not in said


def test_what_only_an_inquiry_can_demand_is_no_letter() -> None:
    assert [letter.to for letter in letters_of((SUBSCRIBERS,))] == ["Hébergeur Exemple"]
    with speaking("en"):
        assert asked_of_the_inquiry((SUBSCRIBERS, SIGN_INS)) == (
            "subscriber data of the addresses seen, not yet known",
        )


def test_a_ground_is_claimed_only_where_it_binds() -> None:
    facts = facts_of(OPERATOR, PHARE, trace=(Trace(what="logs", held_by="Opérateur Exemple"),))
    with speaking("en"):
        (to_processor,) = write_preservation_letters(situation_of(facts), PHARE)
    assert "documented instruction" in everything_in(to_processor)
    for letter in letters_of((SIGN_INS,)):
        assert "documented instruction" not in everything_in(letter)
        assert "only an authority could compel you" in everything_in(letter)
