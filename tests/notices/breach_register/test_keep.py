"""The register is append-only: versions name what changed, a tampered line is seen, silence needs a motive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.notices.breach_register.records import NOTIFIED, notified, unnotified
from tocsin.errors import TocsinError
from tocsin.evidence import chain
from tocsin.language import speaking
from tocsin.notices.breach_register.differences import Change
from tocsin.notices.breach_register.keep import FILE, kept_records, record_breaches, versions_of, with_names
from tocsin.notices.breach_register.persons import erase_name, name_of, persons_of
from tocsin.notices.breach_register.record import BreachRecord, record_of


def keep(folder: Path, *records: BreachRecord) -> list[int]:
    return [item.n for item in record_breaches(folder, records, by="A. Martin", reason="because")]


def figures(lower: int, upper: int, run: str) -> list[dict[str, object]]:
    return [{"population": "insured", "lower": lower, "upper": upper, "run": run}]


def test_a_changed_figure_is_a_new_version_that_names_it(tmp_path: Path) -> None:
    keep(tmp_path, notified(people=figures(10, 20, "aaaa")))
    keep(tmp_path, notified(people=figures(10, 25, "bbbb")))
    first, second = versions_of(tmp_path, "dunes", "2024-01")
    assert first.changed == ()
    assert second.changed == (
        Change("people[insured persons].upper", "20", "25"), Change("people[insured persons].run", "aaaa", "bbbb"),
    )  # fmt: skip
    assert [item.record.people[0].upper for item in kept_records(tmp_path)] == [25]
    assert first.record.people[0].upper == 20


def test_the_earlier_version_stays_byte_for_byte_and_is_superseded(tmp_path: Path) -> None:
    keep(tmp_path, unnotified())
    before = (tmp_path / FILE).read_bytes()
    keep(tmp_path, unnotified(effects="one call"))
    assert (tmp_path / FILE).read_bytes().startswith(before)
    assert [entry.body["supersedes"] for entry in chain.read(tmp_path / FILE)] == [None, 1]


def test_what_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    assert keep(tmp_path, unnotified(), notified()) == [1, 2]
    assert keep(tmp_path, unnotified(), notified()) == []
    assert keep(tmp_path, unnotified(), notified(effects="more")) == [3]


@pytest.mark.parametrize("lacking", ["motive", "by"])
def test_an_unnotified_breach_without_motive_is_refused_and_nothing_is_written(tmp_path: Path, lacking: str) -> None:
    choice = {"answer": "no", "motive": "one recipient", "by": "M. Blanc"}
    silent = unnotified(notification={key: value for key, value in choice.items() if key != lacking})
    with speaking("en"), pytest.raises(TocsinError, match="does not say by whom and why") as refusal:
        keep(tmp_path, notified(), silent)
    assert refusal.value.kind == "breach-without-motive"
    assert "never automatic" in refusal.value.why
    assert not (tmp_path / FILE).exists()


def test_an_undecided_breach_is_kept(tmp_path: Path) -> None:
    assert keep(tmp_path, unnotified(notification={"answer": "undecided"})) == [1]


@pytest.mark.parametrize(("old", "new"), [("astray", "home"), ('"upper": 43', '"upper": 3'), ("agrees", "objects")])
def test_a_line_that_was_changed_is_seen(tmp_path: Path, old: str, new: str) -> None:
    keep(tmp_path, unnotified(), notified())
    path = tmp_path / FILE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(TocsinError) as refusal:
        kept_records(tmp_path)
    assert refusal.value.kind == "chain-broken"
    assert refusal.value.where.endswith(f"{FILE}:1")


def test_a_line_that_was_removed_is_seen(tmp_path: Path) -> None:
    keep(tmp_path, unnotified())
    keep(tmp_path, notified())
    path = tmp_path / FILE
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[1:]), "utf-8")
    with pytest.raises(TocsinError):
        kept_records(tmp_path)


def test_names_of_persons_are_not_on_the_chain_and_can_be_erased(tmp_path: Path) -> None:
    keep(tmp_path, unnotified())
    written = (tmp_path / FILE).read_text("utf-8")
    assert not any(name in written for name in ("Blanc", "Roy", "Martin"))
    (named,) = with_names([kept_records(tmp_path)[0].record], persons_of(tmp_path))
    assert named == unnotified()
    reference = kept_records(tmp_path)[0].record.notification.by
    erase_name(tmp_path, reference)
    assert name_of(persons_of(tmp_path), reference) == reference
    assert "Blanc" not in (tmp_path / "persons.json").read_text("utf-8")
    assert kept_records(tmp_path)[0].record.notification.motive == "one known recipient"


def test_references_are_drawn_and_say_nothing_of_the_name(tmp_path: Path) -> None:
    keep(tmp_path / "one", unnotified())
    keep(tmp_path / "two", unnotified())
    assert set(persons_of(tmp_path / "one")) != set(persons_of(tmp_path / "two"))
    assert len(persons_of(tmp_path / "one")) == 3


def test_a_party_reads_its_own_breaches(tmp_path: Path) -> None:
    keep(tmp_path, unnotified(), notified())
    assert [item.record.breach for item in kept_records(tmp_path, "phare")] == ["2023-04"]
    assert [item.record.breach for item in kept_records(tmp_path)] == ["2023-04", "2024-01"]


@pytest.mark.parametrize(
    ("change", "key", "says"),
    [
        ({"people": [{"lower": 5, "upper": 4, "run": "a"}]}, "people[1]", "stands above"),
        ({"people": [{"run": "a"}]}, "people[1]", "without any bound"),
        ({"people": [{"upper": 4}]}, "people[1]", "one of both"),
        ({"people": [{"upper": 4, "run": "a", "ground": "b"}]}, "people[1]", "one of both"),
        ({"people": [{"upper": 4, "run": "a"}, {"upper": 5, "run": "a"}]}, "people", "two figures"),
        ({"people": [{"upper": 10**16, "run": "a"}]}, "people[1].upper", "less than or equal to"),
        ({"people": [{"upper": -4, "run": "a"}]}, "people[1].upper", "greater than or equal to 0"),
        ({"categories": ["nir", "shoe_size"]}, "categories", "'shoe_size'"),
        ({"aware_at": "2024-02-02T15:00:00"}, "aware_at", "no moment"),
        ({"occurred_from": "2024-02-30"}, "occurred_from", "no moment"),
        ({"occurred_to": "2024-01-21T08:00:00+01:00"}, "occurred_to", "ends before"),
        ({"natures": ["secrecy"]}, "natures[1]", "not one of the words"),
        ({"notification": {"answer": "done", "ground": "a"}}, "notification.ground", "34(3)"),
        ({"filings": [{"duty": "postcard"}]}, "filings[1].duty", "no duty"),
        ({"title": " "}, "title", "empty"),
        ({"facts": "a\x00b"}, "facts", "character"),
        ({"victims": ["a name"]}, "victims", "not known"),
        ({"breach": "Not an id"}, "breach", "does not fit"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_key(change: dict[str, object], key: str, says: str) -> None:
    with speaking("en"), pytest.raises(TocsinError, match=r"docs/breach-register\.md") as refusal:
        notified(**change)
    assert refusal.value.what.startswith(f"{key}: ")
    assert says in refusal.value.what


def test_what_lacks_is_required_by_name() -> None:
    nameless = {key: value for key, value in NOTIFIED.items() if key != "party_name"}
    with speaking("en"), pytest.raises(TocsinError, match="party_name: this is missing"):
        record_of(nameless)


def test_a_chain_entry_is_plain_json(tmp_path: Path) -> None:
    keep(tmp_path, notified())
    entry = json.loads((tmp_path / FILE).read_text("utf-8"))
    assert entry["kind"] == "breach_record"
    assert (entry["body"]["party"], entry["body"]["breach"]) == ("dunes", "2024-01")
