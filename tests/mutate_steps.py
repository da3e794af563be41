"""Whether the tests would notice a wrong step: changes one token of one ``steps/*.sql``, and runs the tests on it.

``mutmut`` changes Python; who was read is decided in SQL. Each mutant is run in a copy of the sources, so the tree is
never touched. A mutant that no test notices is printed with its line: a test lacks, or the change changes nothing.

    python tests/mutate_steps.py --sample 100 --seed 1 exposure holding hostile_session
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
STEPS = Path("src/tocsin/analysis/steps")
DECIDING = ("exposure", "named_read", "replayed_read", "replay_check", "replay_event", "holding", "hostile_session",
            "figure", "person_exposure", "gap_window", "unresolved", "compromised_account", "negative",
            "category_figure")  # fmt: skip
"""The steps that decide who was read, what, whose they are, and how many."""
CHANGES = (
    (r"\band\b", "or"), (r"\bor\b", "and"), (r"<=", "<"), (r">=", ">"), (r"(?<=\s)<(?=\s)", "<="),
    (r"(?<=\s)>(?=\s)", ">="), (r"(?<=\s)=(?=\s)", "<>"), (r"<>", "="), (r"\bmin\(", "max("), (r"\bmax\(", "min("),
    (r"\bbool_or\(", "bool_and("), (r"\bbool_and\(", "bool_or("), (r"\bleft join\b", "join"), (r"\bnot\b", ""),
    (r"\bis null\b", "is not null"), (r"\bis not null\b", "is null"), (r"'A'", "'B'"), (r"'B'", "'C'"),
    (r"(?<=\s)\+(?=\s)", "-"), (r"(?<=\s)-(?=\s)", "+"), (r"\btrue\b", "false"), (r"\bfalse\b", "true"),
    (r"\bgreatest\(", "least("), (r"\bleast\(", "greatest("), (r"\bcount\(distinct\b", "count("),
    (r"\bbit_or\(", "bit_and("), (r"(?<=\s)\|(?=\s)", "&"), (r"(?<=\s)&(?=\s)", "|"), (r"\bdistinct\b", ""),
    (r"(?<![\w.'])\d+(?![\w.'])", "1000003"), (r"\bunion all\b", "intersect all"),
)  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One token of one step, changed."""

    step: str
    start: int
    stop: int
    token: str

    def applied(self, text: str) -> str:
        """The step with the change."""
        return text[: self.start] + self.token + text[self.stop :]


def mutants_of(step: str) -> Iterator[Mutant]:
    """Every change of a step, comments left alone."""
    text = (ROOT / STEPS / f"{step}.sql").read_text("utf-8")
    comments = [found.span() for found in re.finditer(r"--[^\n]*", text)]
    for pattern, token in CHANGES:
        for found in re.finditer(pattern, text):
            if not any(start <= found.start() < stop for start, stop in comments):
                yield Mutant(step, *found.span(), token)


def is_noticed(mutant: Mutant, copy: Path, tests: Sequence[str]) -> bool:
    """Whether a test fails on it."""
    path = copy / STEPS / f"{mutant.step}.sql"
    whole = path.read_text("utf-8")
    path.write_text(mutant.applied(whole), "utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider", *tests],
            cwd=copy, env={**os.environ, "PYTHONPATH": str(copy / "src")}, capture_output=True, check=False,
        )  # fmt: skip
    finally:
        path.write_text(whole, "utf-8")
    return done.returncode != 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("steps", nargs="*", default=DECIDING)
    parser.add_argument("--sample", type=int, default=100, help="so many, drawn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", nargs="+", default=["tests/analysis"])
    given = parser.parse_args()
    every = [mutant for step in given.steps for mutant in mutants_of(step)]
    drawn = random.Random(given.seed).sample(every, min(given.sample, len(every)))
    survivors = 0
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        for name in ("src", "tests", "docs", "examples"):
            shutil.copytree(ROOT / name, copy / name)
        shutil.copy(ROOT / "pyproject.toml", copy)
        if is_noticed(Mutant(given.steps[0], 0, 0, ""), copy, given.tests):
            raise SystemExit("the tests fail before anything is changed")
        for number, mutant in enumerate(sorted(drawn, key=lambda one: (one.step, one.start)), start=1):
            if is_noticed(mutant, copy, given.tests):
                continue
            survivors += 1
            text = (ROOT / STEPS / f"{mutant.step}.sql").read_text("utf-8")
            line = text.count("\n", 0, mutant.start) + 1
            was = text[mutant.start : mutant.stop]
            told = f"{number}/{len(drawn)} {mutant.step}.sql:{line}: {was!r} -> {mutant.token!r}: "
            sys.stdout.write(f"{told}{text.splitlines()[line - 1].strip()}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(drawn)} of {len(every)} changes tried, {len(drawn) - survivors} noticed, {survivors} not\n")


if __name__ == "__main__":
    main()
