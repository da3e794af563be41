"""``tocsin compare``: what late evidence, a verdict or a correction changed."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from tocsin.analysis.comparison import compare_runs
from tocsin.analysis.run import find_run
from tocsin.cli.screen import HERE, CaseOption, JsonOption, number, print_json, print_table, screen
from tocsin.evidence.case import open_case
from tocsin.language import _


def compare(
    was: Annotated[str, typer.Argument(help="first letters of the earlier run")],
    now: Annotated[str, typer.Argument(help="first letters of the later run")],
    case: CaseOption = HERE,
    limit: Annotated[int, typer.Option(help="at most so many records")] = 20,
    json: JsonOption = False,
) -> None:
    """Who was added, removed or reclassified between two runs, and which figures moved."""
    folder = open_case(case)
    found = compare_runs(find_run(folder, was), find_run(folder, now), limit=None if json else limit)
    if json:
        print_json(found)
        return
    if not found["counts"] and not found["figures"] and not found["persons_renamed"]:
        screen.print(_("Nothing changed between {was} and {now}.").format(**found), markup=False)
        return
    print_table(
        _("From run {was} to run {now}: records").format(**found),
        [_("controller"), _("change"), _("was"), _("is"), _("records")],
        [[row["controller"], row["change"], row["was"], row["now"], row["records"]] for row in found["counts"]],
        right=(4,),
    )
    print_table(
        _("Figures that moved: lower <= working <= upper"),
        [_("scope"), _("population"), _("unit"), _("was"), _("is")],
        [
            [row["scope"], row["population"], row["unit"], _bounds(row["was"]), _bounds(row["now"])]
            for row in found["figures"]
        ],
    )
    if found["persons_renamed"]:
        told = Counter(row["change"] for row in found["persons_renamed"])
        screen.print(
            _(
                "Persons: {merged} earlier ones are told as one with another, {split} parts of split ones, {renamed}"
                " renamed (--json lists them)."
            ).format(merged=told["merged"], split=told["split"], renamed=told["renamed"]),
            markup=False,
        )


def _bounds(values: list[int | None]) -> str:
    return " <= ".join(number(value) for value in values)
