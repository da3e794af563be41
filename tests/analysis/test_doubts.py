"""Questions for a person: the most useful first, what drawn answers say of the count, answers obeyed and undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.minicase import MiniCase, line
from typer.testing import CliRunner

from tocsin.analysis.comparison import compare_runs
from tocsin.analysis.doubts import Question, counted_twice, questions_of, strata_of, wilson
from tocsin.cli.app import app
from tocsin.errors import TocsinError

TWO = """id,amc,contract,surname,first,born,nir,closed,from,to
A,001,c1,Martineau,Hippolyte,1980-01-02,,,,
B,001,c2,Martineau,Hippolyte,1980-01-02,,,,
C,001,c3,Bernard,Chloé,1975-05-06,,,,
"""


def question(probability: float, people: int = 2, answer: str | None = None, *, sampled: bool = True) -> Question:
    told = ("r", f"{probability}{people}", "r", "b", "s", "insured", people, probability, None, ())
    return Question(*told, answer, "t", sampled)


@given(st.integers(0, 50), st.integers(0, 50))
def test_wilson_holds_the_share_and_narrows(same: int, other: int) -> None:
    low, high = wilson(same, same + other)
    assert 0 <= low <= high <= 1
    if same + other:
        assert low <= same / (same + other) <= high
        more_low, more_high = wilson(4 * same, 4 * (same + other))
        assert more_high - more_low < high - low


def test_useful_means_two_people_and_doubt() -> None:
    asked = [question(0.99), question(0.5, 1), question(0.5), question(0.06)]
    assert max(asked, key=lambda item: item.usefulness) == asked[2]
    assert question(1.0).usefulness == 0


def test_drawn_answers_speak_for_their_stratum_only() -> None:
    asked = [question(0.3) for _ in range(80)] + [question(0.3, answer="same") for _ in range(5)]
    asked += [question(0.3, answer="different") for _ in range(5)] + [question(0.9) for _ in range(10)]
    first, second = strata_of(asked)
    assert (first.pairs, first.settled, first.sampled, first.same) == (90, 10, 10, 5)
    assert first.estimate == 40
    assert second.bounds == (0, 10)
    low, middle, high = counted_twice([first, second])
    assert low < 40 + 9 == round(middle) < high


def test_answers_that_were_not_drawn_settle_and_do_not_speak_for_others() -> None:
    asked = [question(0.3) for _ in range(8)] + [question(0.3, answer="same", sampled=False) for _ in range(2)]
    (only,) = strata_of(asked)
    assert (only.settled, only.sampled) == (2, 0)
    assert only.bounds == (0, 8)


@pytest.fixture
def asked(tmp_path: Path) -> MiniCase:
    case = MiniCase(tmp_path)
    case.people = TWO
    case.write([line("read", ids=["A"]), line("read", "10:01", ids=["B"]), line("read", "10:02", ids=["C"])])
    case.verdict(account="acc")
    case.run()
    return case


def tell(*words: str) -> Any:
    result = CliRunner().invoke(app, [*words, "--json"], catch_exceptions=False)
    return json.loads(result.output)


def test_a_question_is_asked_answered_obeyed_and_undone(asked: MiniCase) -> None:
    folder = str(asked.folder)
    before = asked.run_
    assert before is not None
    told = tell("people", "review", "--case", folder)
    (only,) = told["questions"]
    assert {only["record_id"], only["other_record_id"]} == {"A", "B"}
    assert only["people"] == 2
    assert {row["field"]: row["agreement"] for row in only["fields"]}["birth_date"] == "same"
    assert all(set(row["one"][:-2]) <= {"•"} for row in only["fields"] if row["field"] == "contract")
    assert asked.bounds("amc-1")[1] == 3
    tell(
        "people",
        "answer",
        "insured/A",
        "insured/B",
        "same",
        "--reason",
        "same telephone",
        "--by",
        "t",
        "--case",
        folder,
    )
    assert tell("people", "review", "--case", folder)["open"] == 0
    after = asked.run()
    assert asked.bounds("amc-1")[:2] == (2, 2)
    changes = {row["change"] for row in compare_runs(before, after)["persons_renamed"]}
    assert changes == {"merged"}
    tell(
        "people",
        "answer",
        "insured/B",
        "insured/A",
        "different",
        "--reason",
        "father and son",
        "--by",
        "t",
        "--case",
        folder,
    )
    asked.run()
    assert asked.bounds("amc-1") == (3, 3, 3)


def test_a_decision_that_is_no_answer_is_refused(asked: MiniCase) -> None:
    words = ["people", "answer", "insured/A", "insured/B", "perhaps", "--reason", "r", "--case", str(asked.folder)]
    with pytest.raises(TocsinError, match="perhaps"):
        CliRunner().invoke(app, words, catch_exceptions=False)
    assert questions_of(asked.run(), [])
