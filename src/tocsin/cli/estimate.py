"""``tocsin people estimate``: the constants of the linkage, counted on records of which it is known who is who."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.analysis.linkage.estimate import estimate_constants
from tocsin.cli.screen import HERE, CaseOption, screen
from tocsin.errors import TocsinError
from tocsin.evidence.case import open_case
from tocsin.language import _


def estimate(
    truth: Annotated[Path, typer.Option(help="a Parquet file of register, record_id, person_id")],
    out: Annotated[Path, typer.Option(help="write the constants to this .toml file")],
    case: CaseOption = HERE,
) -> None:
    """Count the constants of the linkage on a case whose truth is known (a rehearsal); a run never does."""
    if not truth.is_file():
        raise TocsinError(
            "truth-missing", _("this file is missing"), where=str(truth),
            why=_("constants are counted on records of which it is known who is who"),
            remedy=_("make a rehearsal: its truth/person.parquet says it"),
        )  # fmt: skip
    out.write_text(estimate_constants(open_case(case), truth), "utf-8")
    screen.print(_("Wrote {path}").format(path=out), markup=False)
