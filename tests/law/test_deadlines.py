"""At least a hundred deadlines, one per branch of a rule, against the count made by hand."""

from __future__ import annotations

import pytest

from tests.law.deadlines_table import PAGE, Case, all_cases, printed_page
from tocsin.language import speaking
from tocsin.law.calendar import HOME, told
from tocsin.law.duty import Duty
from tocsin.law.texts import OutsideLegalCoverage, all_texts

CASES = all_cases()
SHOWN = PAGE.read_text("utf-8")
KEYS = {
    "branch", "hand", "due", "since", "pace", "state", "standing", "shown", "not_shown", "filed_by", "to", "about",
    "by", "kinds", "absent", "refuses", "duty", "risk", "now", "simulate", "breach", "party", "clause",
    "formal_notice", "mandate", "professionals", "decision", "exemption", "notice", "group",
}  # fmt: skip


def words_of(duty: Duty) -> str:
    return "\n".join((*duty.computation, *duty.information, *duty.reasons, *duty.asks))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_deadline_is_the_one_counted_by_hand(case: Case) -> None:
    row = case.row
    with speaking("en"):
        if "refuses" in row:
            with pytest.raises(OutsideLegalCoverage, match=row["refuses"].replace("(", r"\(").replace(")", r"\)")):
                case.duties()
            return
        found, duty = case.duties(), case.chosen()
        if row.get("absent"):
            assert found == []
        else:
            assert len(found) == row.get("kinds", len(found))
            assert duty is not None
            check(duty, row)
        assert case.shown() in SHOWN, "run: python -m tests.law.deadlines_table"


def check(duty: Duty, row: dict[str, object]) -> None:
    if "due" in row:
        assert duty.due == row["due"]
        assert duty.pace == "dated"
    elif row.get("pace") != "dated":
        assert duty.due is None
    if duty.pace == "dated":
        assert duty.since is not None
        assert any(told(duty.since, place) in duty.computation[0] for place in (duty.place, HOME))
    for key in ("pace", "state", "since", "filed_by"):
        if key in row:
            assert getattr(duty, key) == row[key], key
    assert duty.standing == row.get("standing", "in_force")
    assert duty.computation
    said = words_of(duty)
    for words in row.get("shown", []):  # type: ignore[attr-defined]  # a list of the row
        assert words in said, said
    for words in row.get("not_shown", []):  # type: ignore[attr-defined]  # a list of the row
        assert words not in said, said


def test_the_page_holds_nothing_else() -> None:
    assert len(SHOWN) == len(printed_page()), "run: python -m tests.law.deadlines_table"


def test_there_are_at_least_a_hundred_distinct_branches() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)
    assert len(names) >= 100
    assert all(case.row["hand"] for case in CASES)
    assert {key for case in CASES for key in case.row} <= KEYS


def test_every_text_that_sets_a_time_has_its_cases() -> None:
    without = {"regulation_1182_71", "penal_226_17_1"}  # shown beside others, see gdpr_33_1.toml and test_rules.py
    assert {case.text for case in CASES} == set(all_texts()) - without


def test_a_closed_duty_keeps_when_it_left_when_it_came_and_where_its_receipt_is() -> None:
    case = next(case for case in CASES if case.row["branch"] == "received, the receipt is kept")
    duty, (notice,) = case.chosen(), case.row["notice"]
    assert duty is not None
    kept = (duty.sent_at, duty.received_at, duty.receipt)
    assert kept == (notice["sent_at"], notice["received_at"], notice["receipt"])
