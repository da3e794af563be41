"""The facts of a case for the law: its file, the parties that ``case.toml`` declares, the groups that a run found."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from tocsin.analysis.run import Run, find_run
from tocsin.cli.screen import errors
from tocsin.errors import TocsinError
from tocsin.evidence.case import CASE_FILE, Case, open_case
from tocsin.language import _
from tocsin.law.facts import Facts, Group
from tocsin.law.facts.load import FACTS_FILE, TEMPLATE, load_facts
from tocsin.law.risk.vocabulary import all_categories
from tocsin.notices.filings.ledger import notices_of_acts

GROUPS = """
-- people of one controller who had the same categories exposed: at least (every one of them is proved), at most
with record as (
    select controller, population, person_id, len(possible) = 0 as is_proved,
           list_concat(list_concat(confirmed, deduced), possible) as categories
    from read_parquet(?)
),
person as (
    select controller, population, person_id, bool_and(is_proved) as is_proved,
           list_sort(list_distinct(flatten(list(categories)))) as categories
    from record group by all
)
select controller, population, categories, count(*) filter (is_proved) as lower, count(*) as upper
from person group by all order by controller, population, categories
"""
IDENTITY = '# identity = ["name", "birth_date", "sex"]\n'
"""The line of the template that shows how a category is told."""
SUGGESTED = {
    "bank-details": ["iban"], "birth-rank": ["birth_date"], "contact": ["address", "email", "phone"],
    "contract": ["contract_number"], "identity": ["name"], "invoice": ["reimbursements", "health"],
    "member-number": ["contract_number"], "professional-identity": ["name", "professional_number"],
}  # fmt: skip
"""What categories of these names usually hold: written as a comment, since only a person knows the screen."""
AtOption = Annotated[str | None, typer.Option("--at", help="an instant with its offset, instead of now")]


def write_example(folder: Path) -> Path:
    """A commented ``facts.toml``, never over an existing one."""
    target = folder / FACTS_FILE
    if target.exists():
        raise TocsinError(
            "facts-exist", _("there is a facts.toml here already"), where=str(target),
            remedy=_("edit it: what is known of the breach is never overwritten"),
        )  # fmt: skip
    template = TEMPLATE.read_text("utf-8")
    if (folder / CASE_FILE).exists():
        template = template.replace(IDENTITY, _suggestions(open_case(folder).case))
    target.write_text(template, "utf-8")
    return target


def _suggestions(case: Case) -> str:
    """A line for each category of ``case.toml`` whose name is no kind of data, to be checked by a person."""
    names = sorted({name for entry in case.disclosure for name in entry.categories})
    lines = [
        f"# {name} = {json.dumps(SUGGESTED.get(name, []))}\n"
        for name in names
        if _as_kind(name) not in all_categories()
    ]
    return "".join(lines) or IDENTITY


def open_facts(folder: Path, run: str | None, *, clocks_only: bool = False) -> tuple[Facts, Run | None]:
    """The facts of ``folder``, with the groups of people of its last run, when there is one.

    With ``clocks_only``, categories without meaning are told and the run's groups left out: deadlines wait for nobody.
    Otherwise they raise :class:`TocsinError` ``category-without-meaning``.
    """
    has_case = (folder / CASE_FILE).exists()
    case = open_case(folder) if has_case else None
    facts = load_facts(folder / FACTS_FILE, known=_parties(case.case) if case else ())
    facts = replace(facts, notice=(*facts.notice, *notices_of_acts(folder)))
    if case is None or not (run or any(case.runs.glob("*/run.json"))):
        return facts, None
    found = find_run(case, run)
    try:
        return replace(facts, group=(*facts.group, *_groups(found, facts))), found
    except TocsinError as error:
        if not clocks_only or error.kind != "category-without-meaning":
            raise
        told = _(
            "{what}; until facts.toml says what they hold, the risk is not proposed and the clocks run all the same"
        )
        errors.print(told.format(what=error.what), markup=False, soft_wrap=True)
        return facts, None


def names_of(facts: Facts, party: str | None) -> dict[str, str]:
    """The names of the parties, by id; ``party`` must be one of them."""
    names = {item.id: item.name for item in facts.party}
    if party is not None and party not in names:
        raise TocsinError(
            "unknown-party", _("{given!r} is no party").format(given=party), where="--party",
            remedy=_("write one of: {known}").format(known=", ".join(names) or "-"),
        )  # fmt: skip
    return names


def moment(at: str | None) -> datetime:
    """The instant of ``--at``, or now."""
    if at is None:
        return datetime.now(UTC)
    try:
        given = datetime.fromisoformat(at)
    except ValueError:
        given = None
    if given is None or given.tzinfo is None:
        raise TocsinError(
            "bad-instant", _("{given!r} is not one instant").format(given=at), where="--at",
            remedy=_("write it with its offset, as in 2024-01-22T08:00:00+01:00"),
        )  # fmt: skip
    return given


def _parties(case: Case) -> list[dict[str, Any]]:
    """The parties of the case, as the facts call them; those merged into another do not answer any more."""
    roles = {"delegated_manager": "processor"}
    parties = []
    for party in case.party:
        if party.merged_into:
            continue
        entry: dict[str, Any] = {"id": party.id, "name": party.name, "role": roles.get(party.kind, party.kind)}
        clients = sorted({item.controller for item in case.agreement if item.processor == party.id})
        if clients:
            entry["serves"] = [other for other in clients if _answers(case, other)]
        parties.append(entry)
    return parties


def _answers(case: Case, party: str) -> bool:
    return any(other.id == party and not other.merged_into for other in case.party)


def _groups(run: Run, facts: Facts) -> list[Group]:
    """The groups of the run, one for each set of kinds of data; what no party answers for is told."""
    with duckdb.connect() as connection:
        rows = connection.execute(GROUPS, [str(run.table("exposure"))]).fetchall()
    _require_meanings({name for row in rows for name in row[2]}, facts)
    known, order = {party.id for party in facts.party}, list(all_categories())
    strangers: Counter[str] = Counter()
    people: dict[tuple[str, Any, tuple[str, ...]], tuple[int, int]] = {}
    for controller, population, categories, lower, upper in rows:
        if controller not in known:
            strangers[controller] += upper
            continue
        kinds = {kind for name in categories for kind in _meaning(name, facts)}
        key = (controller, population, tuple(sorted(kinds, key=order.index)))
        before = people.get(key, (0, 0))
        people[key] = (before[0] + lower, before[1] + upper)
    for controller, count in strangers.items():
        told = _("{controller} is no party: {people} people of the run have nobody to answer for them")
        errors.print(told.format(controller=controller, people=count), markup=False, soft_wrap=True)
    numbers: Counter[str] = Counter()
    groups = []
    for (controller, population, found), (lower, upper) in people.items():
        numbers[controller] += 1
        groups.append(
            Group(
                id=f"{controller}-{numbers[controller]}", controller=controller, population=population,
                categories=found, lower=lower, upper=upper,
            )
        )  # fmt: skip
    return groups


def _meaning(category: str, facts: Facts) -> tuple[str, ...]:
    """What a category of the disclosure map means for the risk: as declared, else the kind of data of that name."""
    return facts.categories.get(category) or (_as_kind(category),)


def _as_kind(category: str) -> str:
    return category.replace("-", "_")


def _require_meanings(categories: set[str], facts: Facts) -> None:
    """Every category of the run must mean something; all those that do not are told at once."""
    lacking = sorted(
        name for name in categories if name not in facts.categories and _as_kind(name) not in all_categories()
    )
    if lacking:
        raise TocsinError(
            "category-without-meaning",
            _("these categories of the run are no kind of data known here: {names}").format(names=", ".join(lacking)),
            where=FACTS_FILE, why=_("their risk would be guessed"),
            remedy=_("say below [categories] what each one holds, in words of: {known}").format(
                known=", ".join(all_categories())
            ),
        )  # fmt: skip
