"""The promises, held against breaches whose truth is known and which the analysis has never seen.

Confirmed is part of the truth; the truth is part of confirmed + deduced + possible; lower <= truth <= upper, in total
and for each controller. Without defects nothing is merely possible, and the bounds are at most 5 % apart.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import pytest

from tocsin.analysis.run import Run, run_case
from tocsin.evidence.case import open_case
from tocsin.evidence.decisions import decide
from tocsin.evidence.verdicts import read_verdicts
from tocsin.rehearsal import Score, World, generate, score

ATTACKS: tuple[Literal["bulk", "shared", "slow"], ...] = ("bulk", "shared", "slow")
QUICK = [
    (attack, seed, defects) for attack, seed in zip(ATTACKS, (101, 102, 103), strict=True) for defects in (False, True)
]
SLOW = [(attack, seed, defects) for attack in ATTACKS for seed in range(1, 21) for defects in (False, True)]


def play(world: World, folder: Path, signals: str = "on") -> tuple[Run, Score]:
    """Generate a world, give its verdicts, run, and score."""
    generate(world, folder)
    case = folder / "case.toml"
    case.write_text(case.read_text("utf-8").replace("[case]\n", f'[case]\nsignals = "{signals}"\n', 1), "utf-8")
    bodies = read_verdicts(folder / "verdicts.toml")
    decide(folder / "decisions.jsonl", who="test", kind="verdict", reason="known by construction", bodies=bodies)
    run = run_case(open_case(folder), who="test")
    return run, score(folder, run.path)


def check(world: World, folder: Path, signals: str = "on") -> None:
    _run, result = play(world, folder, signals)
    told = "\n".join(result.lines())
    assert result.holds, told
    if not world.chosen_defects:
        assert result.established == result.rightly_established == result.truth, told
        assert result.possible_share == 0, told
        assert all(bound.width <= 0.05 for bound in result.bounds if bound.scope == "total"), told
    if os.environ.get("TOCSIN_SHOW_WORLDS"):
        print(f"\n{world.attack} {world.seed} {world.chosen_defects}\n{told}")  # noqa: T201 - asked for


@pytest.mark.parametrize(("attack", "seed", "defects"), QUICK)
def test_promises(attack: Literal["bulk", "shared", "slow"], seed: int, defects: bool, tmp_path: Path) -> None:
    check(World(people=5_000, seed=seed, attack=attack, defects=defects), tmp_path)


@pytest.mark.parametrize("attack", ATTACKS)
def test_promises_without_signals(attack: Literal["bulk", "shared", "slow"], tmp_path: Path) -> None:
    check(World(people=1_500, seed=104, attack=attack), tmp_path, signals="off")


@pytest.mark.slow
@pytest.mark.parametrize(("attack", "seed", "defects"), SLOW)
def test_promises_at_length(
    attack: Literal["bulk", "shared", "slow"], seed: int, defects: bool, tmp_path: Path
) -> None:
    check(World(people=5_000, seed=seed, attack=attack, defects=defects), tmp_path)


def test_without_instruction_the_total_is_bounded_and_not_computed(tmp_path: Path) -> None:
    _run, result = play(World(people=1_500, seed=5, attack="bulk", instructions=False), tmp_path)
    total = next(bound for bound in result.bounds if bound.scope == "total")
    others = [bound for bound in result.bounds if bound.scope != "total"]
    assert result.holds
    assert total.working is None
    assert total.lower == max(bound.lower for bound in others)
    assert total.upper == sum(bound.upper for bound in others)
