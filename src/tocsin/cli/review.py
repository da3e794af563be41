"""``tocsin people review``: two records side by side, and a person's answer; ``answer`` for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import duckdb
import typer

from tocsin.analysis.doubts import NUMBERS, Question, Stratum, counted_twice, masked, questions_of, strata_of
from tocsin.analysis.run import Run, find_run
from tocsin.cli.screen import (
    HERE,
    ByOption,
    CaseOption,
    JsonOption,
    RunOption,
    author,
    number,
    print_json,
    print_table,
    screen,
)
from tocsin.errors import TocsinError
from tocsin.evidence.case import CaseFolder, open_case
from tocsin.evidence.decisions import decide, decisions_in_force
from tocsin.language import _

RevealOption = Annotated[bool, typer.Option("--reveal", help="show numbers in clear, not masked")]
SampleOption = Annotated[bool, typer.Option("--sample", help="ask in the order of a draw, to measure the error")]
KEYS = {"s": "same", "d": "different", "c": "cannot say"}


def review(
    case: CaseOption = HERE,
    run: RunOption = None,
    sample: SampleOption = False,
    limit: Annotated[int, typer.Option(help="at most so many questions")] = 20,
    ask: Annotated[bool | None, typer.Option("--ask/--list", help="ask, or only list; else ask on a terminal")] = None,
    reveal: RevealOption = False,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """Pairs of records that may be one human being, the most useful question first; and what the answers say."""
    folder = open_case(case)
    done = find_run(folder, run)
    questions = questions_of(done, decisions_in_force(folder.decisions), sample=sample)
    still_open = [item for item in questions if item.answer is None]
    if json:
        print_json({
            "run": done.id, "open": len(still_open), "answered": len(questions) - len(still_open),
            "questions": [_as_dict(item, reveal) for item in still_open[:limit]], "count": _count(done, questions),
        })  # fmt: skip
        return
    if ask if ask is not None else screen.is_terminal:
        _ask_all(folder, still_open[:limit], author(by), sample=sample, reveal=reveal)
        questions = questions_of(done, decisions_in_force(folder.decisions))
    else:
        for item in still_open[:limit]:
            _show(item, reveal)
    _tell_count(done, questions)


def answer(
    record: Annotated[str, typer.Argument(help="REGISTER/RECORD")],
    other: Annotated[str, typer.Argument(help="REGISTER/RECORD")],
    judgement: Annotated[str, typer.Argument(help="same, different or 'cannot say'")],
    reason: Annotated[str, typer.Option(help="why; the authority will read it")],
    sample: SampleOption = False,
    case: CaseOption = HERE,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """Say whether two records are one human being; a later answer replaces an earlier one, kept on record."""
    folder = open_case(case)
    ends = [_place(text, folder) for text in (record, other)]
    if ends[0] == ends[1]:
        raise TocsinError(
            "same-record", _("these are one record"), where=record, remedy=_("name two records, as REGISTER/RECORD")
        )
    first, second = sorted(ends)
    body = {
        "register": first[0], "record_id": first[1], "other_register": second[0], "other_record_id": second[1],
        "answer": judgement, **({"asked": "sample"} if sample else {}),
    }  # fmt: skip
    (made,) = decide(folder.decisions, who=author(by), kind="merge", reason=reason, bodies=[body])
    if json:
        print_json({"decision": made.n, **body})
        return
    screen.print(_("Recorded as decision {n}. The next `tocsin run` obeys it.").format(n=made.n), markup=False)


def _place(text: str, folder: CaseFolder) -> tuple[str, str]:
    known = [register.id for register in folder.case.register_]
    name = next((one for one in sorted(known, key=len, reverse=True) if text.startswith(f"{one}/")), None)
    if name is None:
        raise TocsinError(
            "unknown-record", _("{text!r} is not REGISTER/RECORD").format(text=text),
            remedy=_("use one of {words}").format(words=", ".join(f"{one}/..." for one in known)),
        )  # fmt: skip
    return name, text[len(name) + 1 :]


def _ask_all(folder: CaseFolder, questions: Sequence[Question], who: str, *, sample: bool, reveal: bool) -> None:
    reason = ""
    for item in questions:
        _show(item, reveal)
        key = typer.prompt(_("one human being? s same, d different, c cannot say, n next, q quit")).strip().lower()[:1]
        if key == "q":
            return
        if key not in KEYS:
            continue
        reason = typer.prompt(_("why"), default=reason or None)
        first, second = sorted(((item.register, item.record_id), (item.other_register, item.other_record_id)))
        body = {
            "register": first[0], "record_id": first[1], "other_register": second[0], "other_record_id": second[1],
            "answer": KEYS[key], **({"asked": "sample"} if sample else {}),
        }  # fmt: skip
        decide(folder.decisions, who=who, kind="merge", reason=reason, bodies=[body])


def _values(item: Question, reveal: bool) -> list[tuple[str, str | None, str | None, str]]:
    return [
        (name, *((one, two) if reveal or name not in NUMBERS else (masked(one), masked(two))), agreement)
        for name, one, two, agreement in item.fields
    ]


def _as_dict(item: Question, reveal: bool) -> dict[str, Any]:
    told = {**asdict(item), "usefulness": round(item.usefulness, 6)}
    told["fields"] = [
        {"field": name, "one": one, "other": two, "agreement": agreement}
        for name, one, two, agreement in _values(item, reveal)
    ]
    return told


def _show(item: Question, reveal: bool) -> None:
    words = {"same": _("same"), "different": _("different"), "cannot say": _("cannot say")}
    print_table(
        _("May be one human being: {probability:.1%}; {people} of the two were, or may have been, read").format(
            probability=item.probability, people=item.people
        ),
        ["", f"{item.register}/{item.record_id}", f"{item.other_register}/{item.other_record_id}", ""],
        [[_field(name), one, two, words[agreement]] for name, one, two, agreement in _values(item, reveal)],
    )
    screen.print()


def _field(name: str) -> str:
    return {
        "surname": _("surname"), "birth_surname": _("birth surname"), "first_name": _("first name"),
        "birth_date": _("birth date"), "sex": _("sex"), "birth_rank": _("birth rank"), "own_number": _("own NIR"),
        "shared_number": _("policyholder's NIR"), "contract": _("member number"), "rpps": "RPPS", "adeli": "ADELI",
        "establishment": "FINESS",
    }[name]  # fmt: skip


def _working(done: Run) -> int | None:
    with duckdb.connect() as connection:
        row = connection.execute(
            "select sum(persons) from (select population, count(distinct (scope, person_strict)) as persons"
            " from read_parquet($person) semi join (select distinct register, record_id from read_parquet($exposure)) e"
            " using (register, record_id) where population = 'insured' group by population)",
            {"person": str(done.table("person")), "exposure": str(done.table("exposure"))},
        ).fetchone()
    return None if row is None or row[0] is None else int(row[0])


def _count(done: Run, questions: Sequence[Question]) -> dict[str, Any]:
    mine = [item for item in questions if item.population == "insured"]
    strata: list[Stratum] = strata_of(mine)
    low, middle, high = counted_twice(strata)
    people = _working(done)
    return {
        "people": people, "counted_twice": {"low": round(low), "estimate": round(middle), "high": round(high)},
        "corrected": None if people is None else {
            "low": people - round(high), "estimate": people - round(middle), "high": people - round(low),
        },
        "strata": [{**asdict(item), "bounds": item.bounds, "estimate": item.estimate} for item in strata],
    }  # fmt: skip


def _tell_count(done: Run, questions: Sequence[Question]) -> None:
    told = _count(done, questions)
    if not told["strata"] or told["corrected"] is None:
        screen.print(_("No pair of people who were both read is in doubt."), markup=False)
        return
    print_table(
        _("Pairs in doubt of whom both were read (run {run})").format(run=done.id),
        [_("probability"), _("pairs"), _("answered"), _("drawn"), _("same"), _("one human being, 95 %")],
        [
            [f"{item['low']:.2f}-{item['high']:.2f}", item["pairs"], item["settled"], item["sampled"], item["same"],
             f"{item['bounds'][0]:.0f} - {item['bounds'][1]:.0f}"]
            for item in told["strata"]
        ],
        right=(1, 2, 3, 4),
    )  # fmt: skip
    people, corrected = told["people"], told["corrected"]
    screen.print(
        _(
            "Exposed insured people, told strictly: {people}. Corrected for those counted twice: {estimate},"
            " between {low} and {high} (95 %, each stratum by its drawn answers; without them, by the model and from"
            " none to all)."
        ).format(
            people=number(people), estimate=number(corrected["estimate"]), low=number(corrected["low"]),
            high=number(corrected["high"]),
        ),
        markup=False,
    )  # fmt: skip
