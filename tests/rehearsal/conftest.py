"""Worlds that several tests read: made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.rehearsal import World, generate

PEOPLE = 900


def make(folder: Path, **options: object) -> Path:
    """A world in ``folder``."""
    generate(World(**{"people": PEOPLE, **options}), folder)  # type: ignore[arg-type]
    return folder


@pytest.fixture(scope="session", params=["bulk", "shared", "slow"])
def whole_world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world of each attack, whose evidence is whole."""
    return make(tmp_path_factory.mktemp(request.param) / "world", attack=request.param, seed=3)
