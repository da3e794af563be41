"""What is read once is read again for each run of the tests: a changed file, or a changed line, must be seen."""

from __future__ import annotations

import pytest

from tocsin.law import calendar, texts
from tocsin.law.risk import vocabulary, words


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_remembered() -> None:
    for kept in (
        texts.all_texts, calendar.zone_of, calendar._holidays, vocabulary.numbers, vocabulary.all_categories,
        vocabulary.all_profiles, words._words,
    ):  # fmt: skip
        kept.cache_clear()
