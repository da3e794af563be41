"""Rows in, rows out: a step is given the tables it reads as text, and its rows are compared with those expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tocsin.analysis.pipeline import step
from tocsin.engine import Engine

Given = Callable[[str, str, list[tuple[Any, ...]]], None]
Rows = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine(threads=2) as engine:
        yield engine


@pytest.fixture
def given(engine: Engine) -> Given:
    """``given("table", "a int, b text", rows)`` makes the table that a step reads."""

    def make(name: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
        engine.run(f"create or replace temp table {name} ({columns})")
        if rows:
            marks = ", ".join("?" for _ in rows[0])
            engine.connection.executemany(f"insert into {name} values ({marks})", rows)

    return make


@pytest.fixture
def rows_of(engine: Engine) -> Rows:
    """``rows_of("step", "a, b")`` runs a step and gives the columns asked, in the step's order."""

    def run(name: str, columns: str = "*", where: str = "true") -> list[tuple[Any, ...]]:
        return engine.rows(f"select {columns} from ({step(name)}) where {where}")

    return run
