"""``facts.toml`` is told its mistakes, with the line, the key and the remedy."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tocsin.errors import TocsinError
from tocsin.language import speaking
from tocsin.law.facts import Facts
from tocsin.law.facts.load import FACTS_FILE, KINDS, TEMPLATE, load_facts, parse_facts
from tocsin.law.words import addressee_name, kind_name, state_name

PARTY = '[[party]]\nid = "a"\nname = "A"\nrole = "controller"\n'
WRONG = tomllib.loads(Path(__file__).with_name("wrong_facts.toml").read_text("utf-8"))["mistake"]


@pytest.mark.parametrize("row", WRONG, ids=[f"{row['where']} {row['what']}" for row in WRONG])
def test_a_mistake_is_told(row: dict[str, str]) -> None:
    with speaking("en"), pytest.raises(TocsinError) as refused:
        parse_facts(row["raw"])
    error = refused.value
    assert (error.kind, error.where) == (row["kind"], row["where"]), error
    assert error.what == row["what"] or error.what.startswith(row["what"] + ": "), error
    assert error.remedy == row["remedy"] or error.remedy.startswith(row["remedy"] + ", "), error
    assert error.why in (
        "clocks rest on this file, so nothing in it is guessed", "no clock can be computed before it can be read"
    )  # fmt: skip


def test_a_file_that_is_not_there_or_cannot_be_read(tmp_path: Path) -> None:
    with speaking("en"):
        with pytest.raises(TocsinError, match=r"there is no facts\.toml here") as refused:
            load_facts(tmp_path / FACTS_FILE)
        assert (refused.value.kind, refused.value.what) == ("no-facts", "there is no facts.toml here")
        assert refused.value.remedy == "write a commented one with `tocsin duties --new`, and fill it in"
        assert refused.value.why == "duties follow from facts: who is party, who knew what, when"
        assert refused.value.where == str(tmp_path / FACTS_FILE)
        (tmp_path / FACTS_FILE).write_bytes(b"\xff\xfe")
        with pytest.raises(TocsinError, match="cannot be read as UTF-8 text") as refused:
            load_facts(tmp_path / FACTS_FILE)
        assert (refused.value.kind, refused.value.remedy) == ("facts-unreadable", "save it again as UTF-8")
        assert refused.value.what.startswith("this file cannot be read as UTF-8 text ('utf-8' codec can't decode")
        assert refused.value.where == str(tmp_path / FACTS_FILE)


def test_a_file_that_is_no_toml_says_what_and_where() -> None:
    with speaking("en"), pytest.raises(TocsinError) as refused:
        parse_facts("[party", "mine.toml")
    assert (refused.value.where, refused.value.what[:18]) == ("mine.toml", "this is not TOML: ")
    assert "Expected" in refused.value.what


def test_what_does_not_fit_says_how() -> None:
    with speaking("en"), pytest.raises(TocsinError, match="does not fit here: Input should be"):
        parse_facts("[circumstances]\nis_malicious = 3\n")


def opened(text: str) -> str:
    """The example with its examples switched on."""
    return re.sub(r"(?m)^# (?:# )?(?=\[|\w+ = )", "", text)


def test_the_example_is_valid_shut_and_open() -> None:
    raw = TEMPLATE.read_text("utf-8")
    shut, whole = parse_facts(raw), parse_facts(opened(raw))
    assert shut == Facts()
    tables = set(re.findall(r"(?m)^\[\[?(\w+)\]", opened(raw))) - {"every_controller"}
    assert tables == set(Facts.__dataclass_fields__)
    for name in tables:
        assert getattr(whole, name), name


def test_what_is_true_of_every_controller_is_written_once() -> None:
    raw = (
        PARTY + 'informed_at = 2024-02-03T10:00:00+01:00\n[[party]]\nid = "b"\nname = "B"\nrole = "controller"\n'
        '[[party]]\nid = "op"\nname = "Op"\nrole = "processor"\n'
        "[every_controller]\ninformed_at = 2024-02-02T15:00:00+01:00\n"
    )
    facts = parse_facts(raw)
    assert [str(party.first_aware) for party in facts.party] == [
        "2024-02-03 10:00:00+01:00", "2024-02-02 15:00:00+01:00", "None"
    ]  # fmt: skip
    assert [party.id for party in facts.controllers()] == ["a", "b"]


def test_a_breach_may_last_an_instant() -> None:
    at = "2024-02-02T10:00:00+01:00"
    assert parse_facts(f"[breach]\noccurred_from = {at}\noccurred_to = {at}\n").breach.occurred_to


def test_parties_of_the_case_need_no_line() -> None:
    known = [
        {"id": "a", "name": "Mutuelle A", "role": "controller"}, {"id": "c", "name": "C", "role": "controller"},
        {"id": "op", "name": "Op", "role": "processor", "serves": ["c"]},
    ]  # fmt: skip
    raw = '[[party]]\nid = "a"\naware_at = 2024-02-02T15:00:00+01:00\n[every_controller]\nauthority = "APD"\n'
    facts = parse_facts(raw, known=known)
    assert [(party.id, party.name, party.authority) for party in facts.party] == [
        ("a", "Mutuelle A", "APD"), ("c", "C", "APD"), ("op", "Op", "CNIL")
    ]  # fmt: skip
    assert [party.id for party in facts.processors_of(facts.party[1])] == ["op"]
    assert facts.processors_of(facts.party[0]) == []
    assert [party.id for party in parse_facts("", known=known).party] == ["a", "c", "op"]
    assert facts.name_of("c") == "C"
    assert facts.name_of("nobody") == "nobody"


def test_every_duty_and_state_has_its_words() -> None:
    for language in ("en", "fr"):
        with speaking(language):
            names = [kind_name(kind) for kind in (*KINDS, "simulated_notification")]
            assert len(set(names)) == len(names)
            states = ("open", "overdue", "to_decide", "waiting", "sent", "closed", "closed_late", "not_owed")
            assert len({state_name(state) for state in states}) == len(states)
            words = ("people", "public", "record", "prosecutor", "clients", "single_entry_point")
            assert len({addressee_name(word) for word in words} - set(words)) == len(words)
