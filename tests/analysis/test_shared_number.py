"""A number that several registers of one action hold: the line that names it cannot tell which."""

from __future__ import annotations

import pytest

from tocsin.analysis.pipeline import step
from tocsin.engine import Engine

HOLDING = "('r1', 'A', 1), ('r1', 'B', 2), ('r2', 'A', 3), ('r2', 'A', 3), ('r2', 'C', 4), ('r3', 'B', 5)"
BOTH = "('p', 'look', 'r1'), ('p', 'look', 'r2')"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (BOTH, [("p", "r1", "A"), ("p", "r2", "A")]),
        # another action of the portal, that shows one register, does not make B ambiguous
        (f"{BOTH}, ('p', 'own', 'r3')", [("p", "r1", "A"), ("p", "r2", "A")]),
        ("('p', 'look', 'r1'), ('q', 'look', 'r2')", []),
        ("('p', 'look', 'r1'), ('p', 'other', 'r2')", []),
    ],
)
def test_it_is_shared_where_one_action_shows_both_registers(shown: str, expected: list[tuple[str, str, str]]) -> None:
    with Engine(threads=1) as engine:
        engine.run(
            f"create temp table holding as select * from (values {HOLDING}) t(register, record_id, record_no);"
            f"create temp table fact_action_register as select * from (values {shown}) t(portal, action, register)"
        )
        assert engine.rows(f"select * from ({step('shared_number')}) order by all") == expected
