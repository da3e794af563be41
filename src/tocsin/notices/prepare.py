"""Everything that every party must send, drafted at once: the bytes of each document, and what lacks.

>>> from datetime import UTC, datetime
>>> from pathlib import Path
>>> from tocsin.law.facts import Facts
>>> from tocsin.notices.situation import Situation
>>> empty = Situation(Facts(), datetime(2024, 2, 2, tzinfo=UTC))
>>> prepare_filings(Desk(Path(), {"en": empty, "fr": empty}))
[]
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from tocsin.language import speaking
from tocsin.notices.document import Document
from tocsin.notices.filings.desk import Desk
from tocsin.notices.filings.drafts import Draft, Made, as_line, drafts_of, remove_draft, write_draft
from tocsin.notices.forms.render import as_text
from tocsin.notices.kinds import MAKERS
from tocsin.notices.typeset import typeset


def prepare_filings(desk: Desk, party: str | None = None, kind: str | None = None) -> list[Draft]:
    """Write the drafts of ``party`` (else of all) and ``kind`` (else of all); pages are typeset side by side."""
    made = [
        item
        for owner in desk.situation.facts.party if party in (None, owner.id)
        for name, make in MAKERS.items() if kind in (None, name)
        for item in make(desk, owner)
    ]  # fmt: skip
    told = {item.series for item in made}
    for draft in drafts_of(desk.case):
        if party in (None, draft.series.party) and kind in (None, draft.series.kind) and draft.series not in told:
            remove_draft(desk.case, draft.series)
    situation = desk.situation
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [
            write_draft(desk.case, item, files, situation.rests_on, situation.now)
            for item, files in zip(made, pool.map(files_of, made), strict=True)
        ]


def files_of(made: Made) -> dict[str, bytes]:
    """The files of one filing: what scripts read, what is pasted, what is printed."""
    files: dict[str, bytes] = {}
    for name, document in made.documents.items():
        files |= _printed(name, document)
    for name, data in made.data.items():
        files[f"{name}.json"] = as_line(data).encode("utf-8")
    return files


def _printed(name: str, document: Document) -> dict[str, bytes]:
    with speaking(document.language):
        return {f"{name}.txt": as_text(document).encode("utf-8"), f"{name}.pdf": typeset(document)}
