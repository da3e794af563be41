"""What is read once is read again: a test then rests on the files and the code of its own moment."""

from __future__ import annotations

import pytest

from tocsin.law import calendar, texts
from tocsin.law.risk import vocabulary, words


@pytest.fixture(scope="session", autouse=True)
def _files_are_read_again() -> None:
    texts.all_texts.cache_clear()
    vocabulary.numbers.cache_clear()


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    for kept in (
        calendar.zone_of, calendar._holidays, vocabulary.all_categories, vocabulary.all_profiles, words._words
    ):  # fmt: skip
        kept.cache_clear()
