"""What a case has to say to a register: its facts, its judgements, the figures of its run or those declared."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tocsin.analysis.asking import read_table
from tocsin.analysis.run import Run
from tocsin.cli.facts import open_facts
from tocsin.evidence.case import CASE_FILE, open_case
from tocsin.law.duties import duties_of
from tocsin.law.facts import EVERYONE, Facts
from tocsin.law.judgement import judge
from tocsin.law.risk.controllers import assess_facts, propose
from tocsin.notices.breach_register.earlier import documented, earlier_breaches
from tocsin.notices.breach_register.from_case import records_of
from tocsin.notices.breach_register.keep import kept_records, require_register
from tocsin.notices.breach_register.record import BreachRecord
from tocsin.notices.figure import Computed, Declared, Figure
from tocsin.notices.situation import Situation

BesideOption = Annotated[
    Path | None, typer.Option("--register", help="a register: its other breaches count in the risk, by kind of data")
]


def breach_of(folder: Path) -> tuple[str, str]:
    """How the breach of a case is called in a register, and its title: by the case, else by its folder."""
    if (folder / CASE_FILE).exists():
        case = open_case(folder).case.case
        return case.id, case.title
    name = folder.resolve().name
    return re.sub(r"[^a-z0-9._-]+", "-", name.casefold()).strip("-._") or "case", name


def records_from_case(folder: Path, run: str | None, breach: str | None) -> list[BreachRecord]:
    """The records of the case in ``folder``, with the figures of its run when there is one."""
    facts, found = open_facts(folder, run)
    known, title = breach_of(folder)
    source = f"case {known}, run {found.id}" if found else f"case {known}"
    return records_of(_situation(facts, found), breach or known, title, source)


def with_register(facts: Facts, folder: Path, register: Path | None) -> Facts:
    """The facts with what a register knows: other breaches make a profile riskier, and this one may be documented."""
    if register is None:
        return facts
    require_register(register)
    known, _title = breach_of(folder)
    kept = kept_records(register)
    parties = {party.id for party in facts.party}
    earlier = [item for party in facts.party for item in earlier_breaches(kept, party.id, but=known)]
    notices = [item for item in documented(kept, known) if item.by in parties]
    return replace(facts, earlier_breach=(*facts.earlier_breach, *earlier), notice=(*facts.notice, *notices))


def _situation(facts: Facts, run: Run | None) -> Situation:
    now = datetime.now(UTC)
    assessed = assess_facts(facts)
    proposals = propose(assessed)
    return Situation(
        facts=facts, now=now, duties=tuple(duties_of(facts, proposals, now=now)),
        judgements={party.id: judge(facts, party.id, proposals) for party in facts.party},
        assessments=assessed, figures=_computed(run) if run else _declared(facts), run=run.id if run else None,
    )  # fmt: skip


def _computed(run: Run) -> dict[str, tuple[Figure, ...]]:
    base = run.manifest["case"]["base_date"]
    figures: dict[str, tuple[Figure, ...]] = {}
    for row in read_table(run, "figure"):
        if row["unit"] == "persons" and row["scope"] != "total" and row["upper"] is not None:
            figure = Figure(
                row["population"], row["unit"], row["lower"], row["upper"], Computed(run.id, "figure", base),
                row["working"],
            )  # fmt: skip
            figures[row["scope"]] = (*figures.get(row["scope"], ()), figure)
    return figures


def _declared(facts: Facts) -> dict[str, tuple[Figure, ...]]:
    """What somebody declared for each party; its own word stands before that for everyone."""
    figures: dict[str, tuple[Figure, ...]] = {}
    for party in facts.party:
        said: dict[tuple[str, str], Figure] = {}
        for item in sorted(facts.figure, key=lambda item: item.controller != EVERYONE):
            if item.controller in (EVERYONE, party.id):
                said[item.population, item.unit] = Figure(
                    item.population, item.unit, item.lower, item.upper, Declared(item.by, item.on, item.ground)
                )
        figures[party.id] = tuple(said.values())
    return figures
