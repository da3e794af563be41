"""``tocsin report``: the breach at a glance, one self-contained page per language."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.analysis.run import find_run
from tocsin.cli.screen import HERE, CaseOption, JsonOption, RunOption, print_json, screen
from tocsin.evidence.case import open_case
from tocsin.language import _
from tocsin.report.write import write_report


def report(
    case: CaseOption = HERE,
    run: RunOption = None,
    out: Annotated[Path | None, typer.Option(help="folder to write to; else reports/RUN in the case")] = None,
    json: JsonOption = False,
) -> None:
    """Write the report of a run, in French and in English; open it in any browser, or print it."""
    folder = open_case(case)
    done = find_run(folder, run)
    written = write_report(folder, done, out)
    if json:
        print_json({"run": done.id, "files": [str(path) for path in written]})
        return
    for path in written:
        screen.print(_("Report: {path}").format(path=path), markup=False, soft_wrap=True)
