"""``tocsin sessions sensitivity``: what the figures would be with more cautious or wider signals."""

from __future__ import annotations

from typing import Annotated

import typer

from tocsin.analysis.sensitivity import measure_sensitivity
from tocsin.cli.screen import HERE, CaseOption, JsonOption, number, print_json, print_table
from tocsin.evidence.case import open_case
from tocsin.evidence.decisions import decisions_in_force
from tocsin.evidence.seal import verify_seals
from tocsin.language import _


def sensitivity(
    case: CaseOption = HERE,
    memory: Annotated[str | None, typer.Option(help="memory allowed, as 4GB")] = None,
    threads: Annotated[int | None, typer.Option(help="processor threads")] = None,
    json: JsonOption = False,
) -> None:
    """The figures at three settings of the signals' numbers; the figures of a run are those of the standard one."""
    folder = open_case(case)
    told = measure_sensitivity(
        folder, verify_seals(folder), decisions_in_force(folder.decisions), memory=memory, threads=threads
    )
    if json:
        print_json([vars(item) for item in told])
        return
    words = {"cautious": _("cautious"), "standard": _("standard"), "wide": _("wide")}
    print_table(
        _("Insured persons, by setting of the signals"),
        [_("setting"), _("sessions A"), _("sessions B"), _("sessions U"), _("lower"), _("working"), _("upper")],
        [
            [words[item.setting], item.grade_a, item.grade_b, item.grade_u, item.lower,
             _("not computed: not linked across controllers") if item.working is None else number(item.working),
             item.upper]
            for item in told
        ],
        right=(1, 2, 3, 4, 5, 6),
    )  # fmt: skip
