"""A breach told in a folder of its own, and a screen that is wide and English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.notices.breach import Breach
from tocsin.cli.screen import screen
from tocsin.language import speaking


@pytest.fixture
def breach(tmp_path: Path) -> Breach:
    return Breach(tmp_path).write()


@pytest.fixture(autouse=True)
def wide_screen_in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(screen, "width", 220)
    with speaking("en"):
        yield
