"""``tocsin sessions traits``: by what the intruder is recognised; two operators compare them, and exchange nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.analysis.run import find_run
from tocsin.analysis.traits import compare_traits, read_traits, traits_of, write_traits
from tocsin.cli.screen import HERE, CaseOption, JsonOption, RunOption, print_json, print_table, screen
from tocsin.evidence.case import open_case
from tocsin.language import _


def traits(
    case: CaseOption = HERE,
    run: RunOption = None,
    out: Annotated[Path | None, typer.Option(help="write those that may be told to another operator, as JSON")] = None,
    told: Annotated[Path | None, typer.Option("--with", help="compare with the file of another operator")] = None,
    json: JsonOption = False,
) -> None:
    """Networks, clients and ways of working of the sessions graded A: no account, nobody."""
    folder = open_case(case)
    found = traits_of(find_run(folder, run))
    if out is not None:
        count = write_traits(found, out, folder.case.case.id)
        screen.print(_("{count} traits written to {path}.").format(count=count, path=out), markup=False, soft_wrap=True)
        return
    if told is not None:
        other = read_traits(told)
        common = compare_traits(found, other)
        if json:
            print_json({"common": common, "told": other})
            return
        print_table(
            _("Traits in common with {source}").format(source=other["source"]), [_("kind"), _("value")],
            [[item["kind"], item["value"]] for item in common],
        )  # fmt: skip
        screen.print(_("To look for the others here too, add them to case.toml, once somebody stands for them:"))
        screen.print(other["indicators"], markup=False, highlight=False, soft_wrap=True)
        return
    if json:
        print_json(found)
        return
    print_table(
        _("Traits of the intruder"),
        [_("kind"), _("value"), _("portals"), _("sessions A"), _("accounts"), _("sessions of others")],
        [
            [
                item["kind"], item["value"], ", ".join(item["portals"]), item["sessions"], item["accounts"],
                item["others"],
            ]
            for item in found
        ],
        right=(3, 4, 5),
    )  # fmt: skip
