"""``docs/faults.md``: each fault as the user sees it, and what to do, from the table of faults itself."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from tests.faults.base import BaseCase, make_case
from tests.faults.table import CHAPTERS, Fault, Seen, all_faults, lend_tables, play
from tocsin.analysis.remedies import words_of

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"
OPENING = """\
# Faults: what you see, and what to do

Printed by `python -m tests.faults.print_faults`: each fault below is made on purpose in a copy of a tiny case, and what
is written here is what the program answers. A fault that is **refused** stops the command with exit code 1 and changes
nothing. A fault that is **told** does not stop the work: what could not be read is counted, `tocsin run` says it, and
`run.json` keeps it.
"""
VOLATILE = (
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", "DATE"),
    (r"\b[0-9a-f]{12}\b", "RUN"),
)


def answer_of(fault: Fault, folder: Path) -> tuple[BaseCase, Seen]:
    """The damaged case, and what its command left on the screen (refusals as JSON too)."""
    case = make_case(folder)
    if fault.command == "run":
        lend_tables(case)
    fault.damage(case)
    return case, play(case, fault.command if fault.is_told else f"{fault.command} --json")


def error_of(seen: Seen) -> dict[str, str]:
    """The refusal, as a script receives it."""
    found: dict[str, str] = json.loads(seen.out[seen.out.index("{") :])["error"]
    return found


def run_json(case: BaseCase) -> dict[str, Any]:
    """What the last run keeps of what it read."""
    path = max(case.folder.glob("runs/*/run.json"), key=lambda path: path.stat().st_mtime_ns)
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def remark_of(fault: Fault, case: BaseCase) -> dict[str, Any]:
    """The remark that tells the fault."""
    found = [item for item in run_json(case)["remarks"] if item["code"] == fault.slug]
    assert found, f"{fault.slug} is not among {run_json(case)['remarks']}"
    remark: dict[str, Any] = found[0]
    return remark


def row_of(fault: Fault, case: BaseCase, seen: Seen) -> str:
    """The fault as one row of the page."""
    if fault.is_told:
        remark = remark_of(fault, case)
        what, remedy = words_of(fault.slug)
        example = f" ({remark['detail']})" if remark["detail"] else ""
        message = f"{remark['place']}: {what}: {remark['count']}{example}"
    else:
        error = error_of(seen)
        message, remedy = f"{error['where']}: {error['what']}" if error["where"] else error["what"], error["remedy"]
    cells = (fault.title, "told" if fault.is_told else "refused", message, remedy)
    return "| " + " | ".join(_cell(text, case.folder) for text in cells) + " |"


def _cell(text: str, folder: Path) -> str:
    text = text.replace(f"{folder}/", "").replace(str(folder), "CASE")
    for pattern, word in VOLATILE:
        text = re.sub(pattern, word, text)
    return re.sub(r"\s+", " ", text.replace("|", "\\|").replace("<", "\\<"))


def print_page() -> str:
    """The whole page."""
    faults = all_faults()
    lines = [OPENING, f"{len(faults)} faults, {len({fault.slug for fault in faults})} remedies.", ""]
    for chapter, title in CHAPTERS.items():
        lines += [f"## {title}", "", "| What is wrong | | What you see | What to do |", "|---|---|---|---|"]
        for fault in faults:
            if fault.chapter == chapter:
                with tempfile.TemporaryDirectory() as folder:
                    lines.append(row_of(fault, *answer_of(fault, Path(folder) / "case")))
        lines.append("")
    return "\n".join(lines)
