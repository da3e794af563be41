"""``docs/method.md`` uses the codes of the program, all of them and no other."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from tocsin.analysis import hypotheses, replay
from tocsin.analysis.causes import word_of_cause
from tocsin.analysis.signalling import load_signals
from tocsin.language import speaking

PAGE = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")
STEPS = Path(replay.__file__).with_name("steps")
SQL = "\n".join(path.read_text("utf-8") for path in sorted(STEPS.glob("*.sql")))


def rows_under(heading: str) -> set[str]:
    """The codes in the first column of the table whose first heading is ``heading``."""
    table = re.search(rf"^\| {heading} \|.*?\n\n", PAGE + "\n\n", re.MULTILINE | re.DOTALL)
    assert table is not None
    rows = table.group().strip().splitlines()[2:]
    return {code for row in rows for code in re.findall(r"`(\w+)`", row.split("|")[1])}


def test_the_hypotheses_are_those_of_the_program() -> None:
    assert rows_under("Code") == set(re.findall(r'"code": "(\w+)"', inspect.getsource(hypotheses)))


def test_the_signals_are_those_of_the_program() -> None:
    assert rows_under("Signal") == {signal.name for signal in load_signals()}


def test_the_results_of_a_replay_are_those_of_the_program() -> None:
    part = (STEPS / "replay.sql").read_text("utf-8").split("insert into replay_counts")[1].split("from counted;")[0]
    assert rows_under("Result") == set(re.findall(r"(?:then|else) '(\w+)'", part))


def test_every_cause_is_explained() -> None:
    gaps = (STEPS / "coverage_gap.sql").read_text("utf-8") + (STEPS / "gap_window.sql").read_text("utf-8")
    found = set(re.findall(r"'(?:missing|unproved|truncated|throttled)'(?: as state)?, '(\w+)'", gaps))
    found |= set(re.findall(r"(?:since|until|expected_from|expected_to), '(\w+)'", gaps))
    assert len(found) > 15
    assert found <= rows_under("Cause")


@pytest.mark.parametrize("cause", sorted(rows_under("Cause")))
def test_no_cause_is_invented(cause: str) -> None:
    assert f"'{cause.removeprefix('replay_')}'" in SQL


def test_every_cause_has_words_in_both_languages() -> None:
    for code in rows_under("Cause"):
        told = set()
        for language in ("en", "fr"):
            with speaking(language):
                told.add(word_of_cause(code))
        assert len(told) == 2, code
        assert code not in told


ELSEWHERE = {
    "register_version", "parsed_event", "rejected_line", "reachable_record", "person", "held_for", "controller",
    "link_across_controllers", "steps", "linked_pair", "blocked_pair",
}  # fmt: skip
"""Words between brackets that are no file of ``steps``."""


def test_the_steps_named_exist() -> None:
    named = {word for words in re.findall(r"\(`([a-z_`, ]+)`\)", PAGE) for word in re.findall(r"\w+", words)}
    assert named - ELSEWHERE <= {path.stem for path in STEPS.glob("*.sql")}
