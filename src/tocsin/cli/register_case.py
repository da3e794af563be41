"""What a case has to say to a register: its facts, its judgements, the figures of its run or those declared."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.situation import open_situations
from tocsin.evidence.case import CASE_FILE, open_case
from tocsin.language import current_language
from tocsin.law.facts import Facts
from tocsin.notices.breach_register.earlier import documented, earlier_breaches
from tocsin.notices.breach_register.from_case import records_of
from tocsin.notices.breach_register.keep import kept_records, require_register
from tocsin.notices.breach_register.record import BreachRecord

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
    told, found = open_situations(folder, run, datetime.now(UTC))
    known, title = breach_of(folder)
    source = f"case {known}, run {found.id}" if found else f"case {known}"
    return records_of(told[current_language()], breach or known, title, source)


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
