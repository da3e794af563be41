"""Columns have one name in each language, all of them documented; a figure is never one bound alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notices.breach_register.records import notified, unnotified
from tocsin.language import LANGUAGES, speaking
from tocsin.notices.breach_register.keep import Kept
from tocsin.notices.breach_register.labels import key_named, label_of
from tocsin.notices.breach_register.page import page_of
from tocsin.notices.breach_register.record import flat_keys
from tocsin.notices.breach_register.words import words_of
from tocsin.notices.document import Table

PAGE = Path(__file__).parents[3] / "docs" / "breach-register.md"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_names_one_column(language: str) -> None:
    with speaking(language):
        labels = {key: label_of(key) for key in flat_keys()}
    assert len(set(labels.values())) == len(labels)
    assert {key_named(label) for label in labels.values()} == set(flat_keys())
    assert all(key_named(label) == key for key, label in labels.items())


def test_the_guide_lists_every_column_with_both_names() -> None:
    text = PAGE.read_text("utf-8")
    for key in flat_keys():
        with speaking("en"):
            english = label_of(key)
        with speaking("fr"):
            french = label_of(key)
        assert f"| `{key}` | {english} | {french} |" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_words(language: str) -> None:
    with speaking(language):
        told = dict(words_of(notified())) | dict(words_of(unnotified()))
    codes = {
        "external_malicious",
        "internal_accidental",
        "high_risk",
        "long_term",
        "authority_notification",
    }
    assert not any(code in text for text in told.values() for code in codes)


def test_the_page_says_each_breach_in_one_line_and_in_full() -> None:
    kept = [
        Kept(1, "2024-02-06T10:00:00+00:00", "person-00000000", "added", record)
        for record in (unnotified(), notified())
    ]
    with speaking("en"):
        page = page_of(kept, "everyone")
    table = page.sections[0].blocks[1]
    assert isinstance(table, Table)
    silent, late = table.rows
    assert late[2] == "1\u202f742 <= 2\u202f310 persons (run 7f3a19c2); 3 <= ? persons (declared)"
    assert silent[3] == "no: one known recipient"
    assert [section.title for section in page.sections[1:]] == ["A list sent astray", "Robots in the portal"]
    assert "the opinion of the DPO (GDPR 38, 39)" in page.lacking
