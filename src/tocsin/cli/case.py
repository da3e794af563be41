"""``tocsin init`` writes a commented case file; ``tocsin seal`` records what was received."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.screen import HERE, ByOption, CaseOption, JsonOption, author, number, print_json, print_table, screen
from tocsin.errors import TocsinError
from tocsin.evidence.case import CASE_FILE, open_case
from tocsin.evidence.seal import seal_new_files, sealed_items, verify_seals
from tocsin.language import _


def init(
    folder: Annotated[Path, typer.Argument(help="where to make the case")] = HERE, json: JsonOption = False
) -> None:
    """Make a case folder with a commented case.toml."""
    target = folder / CASE_FILE
    if target.exists():
        raise TocsinError(
            "case-exists", _("there is a case here already"), where=str(target),
            remedy=_("choose another folder; a case file is never overwritten"),
        )  # fmt: skip
    for name in ("logs", "registers"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    template = files("tocsin.evidence.case").joinpath("template.toml").read_text("utf-8")
    target.write_text(template, "utf-8")
    if json:
        print_json({"case": str(target)})
        return
    told = _("Wrote {path}. Put the files received below {folder}, describe them in it, then `tocsin run`.")
    screen.print(told.format(path=target, folder=folder), markup=False, soft_wrap=True)


def seal(case: CaseOption = HERE, by: ByOption = None, json: JsonOption = False) -> None:
    """Seal every file received and check the seals already set."""
    folder = open_case(case)
    fresh = seal_new_files(folder, who=author(by))
    verify_seals(folder)
    items = sealed_items(folder)
    if json:
        print_json({"new": [vars(item) for item in fresh], "items": [vars(item) for item in items]})
        return
    print_table(
        _("Evidence: {count} files sealed, all intact").format(count=len(items)),
        ["", _("file"), _("bytes"), "SHA-256", _("sealed by")],
        [
            [
                f"E{item.evidence_id}",
                item.path + (_(" (same bytes as E{n})").format(n=item.same_as) if item.same_as else ""),
                number(item.bytes), item.sha256[:16] + "…", item.sealed_by,
            ]
            for item in items
        ],
        right=(2,),
    )  # fmt: skip
