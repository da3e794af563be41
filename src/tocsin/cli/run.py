"""``tocsin run``: the main job, in one command."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tocsin.analysis.pipeline import ORDER
from tocsin.analysis.run import Run, run_case
from tocsin.cli.figures import print_figures
from tocsin.cli.remarks import print_remarks
from tocsin.cli.screen import HERE, ByOption, CaseOption, JsonOption, author, print_json, print_table, screen, watching
from tocsin.evidence.case import open_case
from tocsin.evidence.seal import declared_files
from tocsin.language import _


def run(
    case: CaseOption = HERE,
    by: ByOption = None,
    memory: Annotated[str | None, typer.Option(help="memory allowed, as 4GB")] = None,
    threads: Annotated[int | None, typer.Option(help="processor threads")] = None,
    json: JsonOption = False,
) -> None:
    """Seal what is new, check every seal, and compute who was read."""
    folder = open_case(case)
    total = sum((folder.path / path).stat().st_size for _role, _source, path in declared_files(folder))
    with watching(total, len(ORDER), silent=json) as watch:
        done = run_case(folder, who=author(by), memory=memory, threads=threads, watch=watch)
    if json:
        print_json(
            {
                "run": done.id,
                "path": str(done.path),
                "reading": done.manifest["reading"],
                "remarks": done.manifest["remarks"],
            }
        )
        return
    print_reading(done)
    print_remarks(done)
    print_figures(done)
    screen.print(_("Run {id} is in {path}").format(id=done.id, path=done.path), markup=False, soft_wrap=True)


def print_reading(done: Run) -> None:
    """What was read, kept and refused: nothing disappears between the file and the figures."""
    logs = done.manifest["reading"]["logs"]
    if logs:
        rows = [
            [item["path"], item["lines_read"], item["lines_kept"], item["lines_rejected"], _told(item)]
            for item in logs
            if _is_worth_a_look(item)
        ]
        read = sum(item["lines_read"] for item in logs)
        kept = sum(item["lines_kept"] for item in logs)
        title = _("Logs: {files} files, {read} lines read = {kept} kept + {rejected} rejected").format(
            files=len(logs), read=read, kept=kept, rejected=read - kept
        )
        if rows:
            print_table(title, [_("file"), _("read"), _("kept"), _("rejected"), _("why")], rows, right=(1, 2, 3))
        else:
            screen.print(title, markup=False)
    for item in done.manifest["reading"]["registers"]:
        screen.print(
            _("Register {id}: {read} rows read = {kept} kept + {rejected} rejected; {records} records").format(
                id=item["register"], read=item["rows_read"], kept=item["rows_kept"], rejected=item["rows_rejected"],
                records=item["records"],
            ), markup=False,
        )  # fmt: skip


def _is_worth_a_look(item: dict[str, Any]) -> bool:
    """Whether a file has more to tell than the header of its table."""
    lost = [reason for reason, _count in item["reasons"] if reason != "header"]
    return bool(lost or item["truncated"] or item["decoded_as_windows_1252"] or item["carriage_returns"])


def _told(item: dict[str, Any]) -> str:
    told = [f"{reason} × {count}" for reason, count in item["reasons"]]
    if item["truncated"]:
        told.append(_("file cut before its end"))
    if item["decoded_as_windows_1252"]:
        told.append(_("{count} lines read as Windows-1252").format(count=item["decoded_as_windows_1252"]))
    return ", ".join(told)
