"""Every text is dated, quoted, sourced and checked; exactly one version of it stands on each day."""

from __future__ import annotations

import ast
import dataclasses
import shutil
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tocsin.language import LANGUAGES, speaking
from tocsin.law import texts
from tocsin.law.duties import duties_of
from tocsin.law.facts import Facts, Party
from tocsin.law.texts import EFFECTS, FOLDER, SURE, OutsideLegalCoverage, Text, Version, all_texts, load_text, text

NAMES = sorted(all_texts())
LAW = Path(texts.__file__).parents[1]


@pytest.mark.parametrize("name", NAMES)
def test_exactly_one_version_stands_on_each_day(name: str) -> None:
    item = text(name)
    day, last = item.versions[0].in_force_from, item.versions[-1].in_force_to or item.versions[-1].checked_on
    assert day < last
    while day <= last:
        assert len(item.covering(day)) == 1, day
        assert item.is_born(day)
        day += timedelta(days=1)


@pytest.mark.parametrize("name", NAMES)
def test_a_text_refuses_the_day_before(name: str) -> None:
    item = text(name)
    before = item.versions[0].in_force_from - timedelta(days=1)
    with speaking("en"), pytest.raises(OutsideLegalCoverage) as refused:
        item.in_force(on=before)
    assert refused.value.kind == "outside-legal-coverage"
    assert refused.value.where == f"{name}.toml"
    assert refused.value.what == f"{item.versions[0].name} is not encoded for {before}"
    assert refused.value.why == "a rule applied outside the dates of its text would be an invention"
    assert refused.value.remedy.startswith("ask counsel what applied on that day")
    assert item.is_born(before) is not item.nothing_before


@pytest.mark.parametrize("name", NAMES)
def test_a_text_says_where_it_comes_from(name: str) -> None:
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    assert set(data["title"]) == set(LANGUAGES)
    for version in text(name).versions:
        assert version.source
        assert version.sure in SURE
        assert version.effect in EFFECTS
        assert version.known_to <= version.checked_on <= datetime.now(UTC).date()
        assert version.quotation or name == "cnil_follow_up"
        assert len(version.quotation) < 300, "a short quotation"
        assert set(version.notes) in (set(), set(LANGUAGES))
    with speaking("fr"):
        assert text(name).versions[0].name == data["title"]["fr"]
        assert text(name).versions[0].note == data["version"][0].get("note", {}).get("fr", "")


@pytest.mark.parametrize("name", NAMES)
def test_what_the_file_says_is_what_is_read(name: str) -> None:
    path = FOLDER / f"{name}.toml"
    data, read = tomllib.loads(path.read_text("utf-8")), load_text(path)
    assert (read.id, read.nothing_before) == (name, data.get("nothing_before", False))
    for raw, version in zip(data["version"], read.versions, strict=True):
        assert version == Version(
            text=name, title=data["title"], in_force_from=raw["in_force_from"], in_force_to=raw.get("in_force_to"),
            values=raw["values"], quotation=raw.get("quotation", ""), source=raw["source"],
            checked_on=raw["checked_on"], known_to=raw.get("known_to", raw["checked_on"]), sure=raw["sure"],
            effect=raw.get("effect", "in_force"), counted_by=raw.get("counted_by", ""), notes=raw.get("note", {}),
        )  # fmt: skip


def test_after_the_last_check_the_state_is_not_known_and_never_not_in_force() -> None:
    for item in all_texts().values():
        last = item.versions[-1]
        later = last.known_to + timedelta(days=1)
        assert last.standing(later) == ("proposed" if last.effect == "proposed" else "unknown_since")
        assert last.standing(last.known_to) == last.effect
        assert last.standing(date(2100, 1, 1)) in ("proposed", "unknown_since")
    first = text("dora_19").versions[0]
    assert first.standing(date(2100, 1, 1)) == "in_force", "a version that ended is known to its end"


def test_versions_are_read_in_the_order_of_time(tmp_path: Path) -> None:
    whole = (FOLDER / "dora_19.toml").read_text("utf-8")
    head, first, second = whole.split("[[version]]")
    path = tmp_path / "dora_19.toml"
    path.write_text(f"{head}[[version]]{second}\n[[version]]{first}", "utf-8")
    assert load_text(path).versions == text("dora_19").versions
    assert load_text(path).nothing_before


@pytest.mark.parametrize(
    ("wrong", "right"), [('sure = "source"', 'sure = "certain"'), ("counted_by", 'effect = "void"\ncounted_by')]
)
def test_a_word_that_is_not_known_is_refused(tmp_path: Path, wrong: str, right: str) -> None:
    path = tmp_path / "gdpr_33_1.toml"
    path.write_text((FOLDER / "gdpr_33_1.toml").read_text("utf-8").replace(wrong, right), "utf-8")
    with pytest.raises(ValueError, match=r"gdpr_33_1\.toml"):
        load_text(path)


def test_a_number_is_a_number() -> None:
    version = text("gdpr_33_1").versions[0]
    with pytest.raises(TypeError, match=r"^gdpr_33_1\.toml: threshold is no number$"):
        version.number("threshold")


def test_a_new_number_is_one_version_in_one_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Old facts keep their law; new ones follow the new version, and no rule is touched."""
    for path in FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path)
    path = tmp_path / "gdpr_33_1.toml"
    old = path.read_text("utf-8")
    hours = text("gdpr_33_1").versions[-1].number("hours")
    new = old.partition("[[version]]")[2].replace("2018-05-25", "2027-01-01")
    new = new.replace(f"hours = {hours}", f"hours = {hours + 24}")
    path.write_text(
        old.replace("in_force_from = 2018-05-25", "in_force_from = 2018-05-25\nin_force_to = 2026-12-31")
        + "\n[[version]]" + new, "utf-8",
    )  # fmt: skip
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    all_texts.cache_clear()
    try:
        for start in ("2024-02-05T10:00:00+01:00", "2027-02-01T10:00:00+01:00"):
            aware = datetime.fromisoformat(start)
            party = Party(id="a", name="a", role="controller", aware_at=aware)
            found = {duty.kind: duty for duty in duties_of(Facts(party=(party,)), {}, now=aware)}
            due = found["authority_notification"].due
            assert due is not None
            assert due - aware == timedelta(hours=text("gdpr_33_1").in_force(on=aware.date()).number("hours"))
            assert (due - aware == timedelta(hours=hours + 24)) is (aware.year == 2027)
    finally:
        monkeypatch.undo()
        all_texts.cache_clear()


def test_no_rule_holds_a_number_of_the_law() -> None:
    """Beyond 0, 1 and 2, a rule takes its numbers from a text."""
    for folder in ("gdpr", "dora", "nis", "insurance_code", "public_health_code", "data_protection_act", "penal_code",
                   "contract", "proposals"):  # fmt: skip
        for path in (LAW / folder).glob("*.py"):
            found = [
                node.value for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in (-1, 0, 1)
            ]  # fmt: skip
            assert found == [], path


def test_each_rule_quotes_its_text() -> None:
    """The quotation of the rule is that of the file, to the letter."""
    code = "\n".join(path.read_text("utf-8") for path in LAW.rglob("*.py"))
    squeezed = " ".join(code.split())
    shown_only = {"regulation_1182_71", "cnil_follow_up", "omnibus_33"}
    for item in all_texts().values():
        if item.id not in shown_only:
            pieces = [piece.strip(" ,") for version in item.versions for piece in version.quotation.split("[...]")]
            assert any(piece and piece in squeezed for piece in pieces), item.id


def test_a_version_is_frozen() -> None:
    assert dataclasses.is_dataclass(Text)
    with pytest.raises(dataclasses.FrozenInstanceError):
        text("gdpr_33_1").versions[0].sure = "memory"  # type: ignore[misc]  # what must fail
    assert Version.__dataclass_params__.frozen  # type: ignore[attr-defined]  # of every dataclass
