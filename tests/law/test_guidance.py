"""Worked examples of the authorities: the level proposed against the outcome that they give.

``python -m tests.law.test_guidance`` writes docs/worked-examples.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from tocsin.language import speaking
from tocsin.law.facts import Circumstances, Group
from tocsin.law.judgement import level_name, reaches
from tocsin.law.risk.assessment import Assessment, assess_group
from tocsin.law.texts import SURE, text

FOLDER = Path(__file__).with_name("guidance")
PAGE = Path(__file__).parents[2] / "docs" / "worked-examples.md"
HEAD = """# Worked examples of the authorities

Written by `python -m tests.law.test_guidance` from `tests/law/guidance/`. Each case gives facts in our own short words
and the outcome that the authority gives; below, what `tocsin severity` would propose, and why. The table from severity
and likelihood to risk (`law/risk/reading.toml`) was set with these cases in view, so their agreement shows that the
table is consistent with them, and proves nothing about others. How sure we are of facts and outcomes is said in each
file.
"""
GIVEN = TypeAdapter(Circumstances)


def cases() -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        assert data["source"]
        assert data["checked_on"]
        for case in data["case"]:
            yield {**case, "file": path.stem, "source": data["source"]}


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


def shown(case: dict[str, Any]) -> str:
    """What the page says of one case."""
    found = assessed(case)
    notify, communicate = outcome(case)
    agrees = "agrees" if (notify, communicate) == (case["authority"], case["people"]) else "DISAGREES"
    parts = {"ENISA": (found.score.arithmetic, *found.score.steps), "reasons": found.reasons,
             "would change it": found.would_change}  # fmt: skip
    lines = [
        f"### {case['id']} {case['title']}", "",
        f"The authorities ({case['sure']}): notify {yes(case['authority'])}, tell people {yes(case['people'])}.", "",
        f"- **{level_name(found.level)}: {agrees}**",
    ]  # fmt: skip
    lines += [f"- {title}: {line}" for title, items in parts.items() for line in items]
    return "\n".join([*lines, ""])


def yes(value: bool) -> str:
    return "yes" if value else "no"


def printed_page() -> str:
    """The whole page."""
    parts = [HEAD]
    with speaking("en"):
        for name in sorted({case["file"] for case in CASES}):
            mine = [case for case in CASES if case["file"] == name]
            agreed = sum(outcome(case) == (case["authority"], case["people"]) for case in mine)
            parts += [f"## {mine[0]['source']}\n", f"{agreed} of {len(mine)} agree.\n", *map(shown, mine)]
    return "\n".join(parts)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['file']}-{case['id']}" for case in CASES])
def test_the_page_shows_how(case: dict[str, Any]) -> None:
    with speaking("en"):
        assert shown(case) in PAGE.read_text("utf-8"), "run: python -m tests.law.test_guidance"


def test_the_page_holds_nothing_else() -> None:
    assert len(printed_page()) == len(PAGE.read_text("utf-8")), "run: python -m tests.law.test_guidance"


if __name__ == "__main__":
    PAGE.write_text(printed_page(), "utf-8")
