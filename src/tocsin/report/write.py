"""The report of a run as files: one page per language, side by side, each whole by itself.

Figures of a breach are for the person who opened the case, then for those to whom this person sends them:

>>> oct(PRIVATE_FILE), oct(PRIVATE_FOLDER)
('0o600', '0o700')
"""

from __future__ import annotations

from pathlib import Path

from tocsin.analysis.run import Run
from tocsin.evidence.case import CaseFolder
from tocsin.language import LANGUAGES
from tocsin.report.content import gather
from tocsin.report.page import file_name, render

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


def write_report(folder: CaseFolder, run: Run, target: Path | None = None) -> list[Path]:
    """Write the pages of ``run``, by default below ``reports/`` of the case; the same run gives the same bytes."""
    place = target or folder.path / "reports" / run.id
    place.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    content = gather(folder, run)
    written = []
    for language in LANGUAGES:
        path = place / file_name(content, language)
        draft = path.with_name(f".{path.name}.draft")
        draft.touch(mode=PRIVATE_FILE)
        draft.write_text(render(content, language), "utf-8")
        draft.replace(path)
        written.append(path)
    return written
