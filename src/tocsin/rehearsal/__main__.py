"""``python -m tocsin.rehearsal``: make a world, or score a run, without the rest of the program."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tocsin.errors import TocsinError
from tocsin.rehearsal import World, generate, score


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tocsin.rehearsal", description=__doc__)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--attack", choices=("bulk", "shared", "slow"), default="bulk")
    parser.add_argument("--defects", default="", help="names separated by commas, or 'some'")
    parser.add_argument("--events-per-person", type=float, default=6.0)
    parser.add_argument("--controllers", type=int, default=12)
    parser.add_argument("--form", choices=("text", "parquet"), default="text")
    parser.add_argument("--no-instructions", action="store_true")
    parser.add_argument("--out", type=Path, required=True, help="folder of the world, new or empty")
    parser.add_argument("--score", type=Path, help="compare this run with the world of --out")
    given = parser.parse_args(arguments)
    try:
        if given.score:
            result = score(given.out, given.score)
            sys.stdout.write("\n".join(result.lines()) + "\n")
            return 0 if result.holds else 1
        defects = given.defects == "some" or tuple(name for name in given.defects.split(",") if name)
        world = World(
            given.people, given.seed, given.attack, defects, given.events_per_person, given.controllers, given.form,
            not given.no_instructions,
        )  # fmt: skip
        begun = time.monotonic()
        generate(world, given.out, lambda stage, _share: print_stage(stage, time.monotonic() - begun))
    except TocsinError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def print_stage(stage: str, seconds: float) -> None:
    sys.stderr.write(f"{seconds:7.1f} s  {stage}\n")


if __name__ == "__main__":
    raise SystemExit(main())
