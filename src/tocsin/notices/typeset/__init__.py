"""From a document to a page that can be printed, sent and kept: PDF/A-2a and PDF/UA-1, the same bytes each time.

What a document holds reaches Typst as JSON, never as markup, so that no value of a case can command the typesetter. It
sees the folder of its templates and nothing else, the fonts that come with it and no others, and never the network.
The only clock is the ``as_of`` of the document.

>>> from tocsin.notices.document import Field, Section
>>> paper = Document("police_complaint", "phare", "en", "File", (Section("Facts", (Field("what", "#let x = 1"),)),))
>>> typeset(paper)[:8], typeset(paper) == typeset(paper)
(b'%PDF-1.7', True)
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING

import typst

from tocsin.language import speaking
from tocsin.notices.document import Document
from tocsin.notices.typeset.content import content_of

if TYPE_CHECKING:
    from typst import PDFStandard

TEMPLATES = Path(__file__).parent / "templates"
STANDARDS: list[PDFStandard] = ["a-2a", "ua-1"]
"""Archiving with the structure kept, and access for those who do not see the page."""
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)


def typeset(document: Document) -> bytes:
    """The document as a PDF, in its own language."""
    with speaking(document.language):
        content = content_of(document)
    written = datetime.fromisoformat(document.as_of).astimezone(UTC) if document.as_of else NO_DATE
    made = _compiler(get_ident()).compile(
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)}, pdf_standards=STANDARDS,
        timestamp=written.replace(microsecond=0),
    )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError("a document is one file")
    return made


@cache
def _compiler(_thread: int) -> typst.Compiler:
    """One for each thread: a typesetter works on one page at a time."""
    return typst.Compiler(
        TEMPLATES / "page.typ", root=TEMPLATES, font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True, package_path=TEMPLATES, package_cache_path=TEMPLATES,
    )  # fmt: skip
