"""``tocsin rehearse``: a synthetic breach with known truth, and how far a run is from it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from tocsin.analysis.run import find_run
from tocsin.cli.screen import JsonOption, RunOption, errors, print_json, screen
from tocsin.errors import TocsinError
from tocsin.evidence.case import open_case
from tocsin.evidence.decisions import decide
from tocsin.evidence.verdicts import read_verdicts
from tocsin.language import _
from tocsin.rehearsal import World, generate, score


def rehearse(
    folder: Annotated[Path, typer.Argument(help="where to make the breach, or the rehearsal to score")],
    people: Annotated[int, typer.Option(help="people in the registers")] = 5_000,
    seed: Annotated[int, typer.Option(help="same seed, same world")] = 1,
    attack: Annotated[str, typer.Option(help="bulk, shared or slow")] = "bulk",
    defects: Annotated[bool, typer.Option(help="damage the logs as real ones are")] = False,
    controllers: Annotated[int, typer.Option(help="insurers")] = 12,
    verdicts: Annotated[bool, typer.Option(help="record the analyst's verdicts")] = True,
    scored: Annotated[bool, typer.Option("--score", help="compare the last run of FOLDER with the truth")] = False,
    run: RunOption = None,
    json: JsonOption = False,
) -> None:
    """Generate a whole breach whose truth is known; with --score, say how far a run is from it."""
    if scored:
        result = score(folder, find_run(open_case(folder), run).path)
        if json:
            print_json({"holds": result.holds, "lines": result.lines()})
        else:
            for line in result.lines():
                screen.print(line, markup=False, soft_wrap=True)
        if not result.holds:
            raise typer.Exit(2)
        return
    kinds: dict[str, Literal["bulk", "shared", "slow"]] = {"bulk": "bulk", "shared": "shared", "slow": "slow"}
    if attack not in kinds:
        raise TocsinError(
            "unknown-attack", _("{name!r} is not an attack").format(name=attack),
            remedy=_("use one of {words}").format(words=", ".join(kinds)),
        )  # fmt: skip
    if (folder / "case.toml").exists():
        raise TocsinError(
            "case-exists", _("there is a case here already"), where=str(folder), remedy=_("choose another folder")
        )
    world = World(people=people, seed=seed, attack=kinds[attack], defects=defects, controllers=controllers)
    generate(world, folder)
    count = 0
    if verdicts:
        bodies = read_verdicts(folder / "verdicts.toml")
        count = len(bodies)
        decide(
            folder / "decisions.jsonl",
            who="rehearsal",
            kind="verdict",
            reason=_("known by construction"),
            bodies=bodies,
        )
    if json:
        print_json({"case": str(folder), "verdicts": count})
        return
    told = _("A breach of {people} people lies in {folder}; {count} verdicts given. Next: tocsin run --case {folder}")
    errors.print(told.format(people=people, folder=folder, count=count), markup=False, soft_wrap=True)
