"""Worked examples of the authorities: the level proposed against the outcome that they give.

``python -m tests.law.test_guidance`` prints the agreement.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from tocsin.law.facts import Circumstances, Group
from tocsin.law.judgement import reaches
from tocsin.law.risk.assessment import Assessment, assess_group
from tocsin.law.texts import SURE, text

FOLDER = Path(__file__).with_name("guidance")
GIVEN = TypeAdapter(Circumstances)


def cases() -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        assert data["source"]
        assert data["checked_on"]
        for case in data["case"]:
            yield {**case, "file": path.stem}


CASES = list(cases())


def assessed(case: dict[str, Any]) -> Assessment:
    group = Group(id="people", population="other", categories=tuple(case["categories"]), upper=case.get("upper"))
    return assess_group(group, case["natures"], GIVEN.validate_python(case["circumstances"]))


def outcome(case: dict[str, Any]) -> tuple[bool, bool]:
    """Whether the level proposed reaches the thresholds of GDPR 33(1) and 34(1)."""
    level = assessed(case).level
    thresholds = (text(name).versions[-1].word("threshold") for name in ("gdpr_33_1", "gdpr_34_1"))
    notify, communicate = (reaches(level, threshold) for threshold in thresholds)
    return notify, communicate


@pytest.mark.parametrize("case", CASES, ids=[f"{case['file']}-{case['id']}" for case in CASES])
def test_the_proposal_agrees_with_the_guidance(case: dict[str, Any]) -> None:
    assert case["sure"] in SURE
    assert outcome(case) == (case["authority"], case["people"]), assessed(case)


def test_all_eighteen_cases_of_01_2021_are_there() -> None:
    ids = [case["id"] for case in CASES if case["file"] == "edpb_01_2021"]
    assert ids == [f"{number:02}" for number in range(1, 19)]


if __name__ == "__main__":
    for name in sorted({case["file"] for case in CASES}):
        mine = [case for case in CASES if case["file"] == name]
        agreed = sum(outcome(case) == (case["authority"], case["people"]) for case in mine)
        print(f"{name}: {agreed} of {len(mine)} agree")
        for case in mine:
            found = assessed(case)
            print(f"  {case['id']:>4} {found.level:<9} {found.score.arithmetic:<34} {case['title']}")
