"""What a template shows, as plain values: the words of the document, and the few words of the page around it.

Templates hold no word and no number of their own.

>>> from tocsin.language import speaking
>>> with speaking("fr"):
...     spaced("Clôture : 22 h ; « ainsi » ?").replace("\\u00a0", "~").replace("\\u202f", "~")
'Clôture~: 22 h~; «~ainsi~»~?'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tocsin.language import _, current_language
from tocsin.law.calendar import HOME
from tocsin.notices.document import Block, Document, Field, Paragraph, Table
from tocsin.notices.figure import Figure, origin_of, population_name, unit_name
from tocsin.notices.typeset.characters import on_paper
from tocsin.notices.words import counted, day_in_full, in_full

PAGE, LONGEST_WORD, LONGEST_CELL = 168, 18, 100
"""The text of a page in millimetres; a word and a cell of usual length, in letters."""


def content_of(document: Document) -> dict[str, Any]:
    """The content of one document, in the current language."""
    fields = list(document.fields)
    figures = [field.figure for field in fields if field.figure is not None]
    written = datetime.fromisoformat(document.as_of) if document.as_of else None
    for_form = not document.addressee
    return {
        "language": current_language(),
        "is_letter": not for_form,
        "title": told(document.title),
        "party": told(document.party_name or document.party),
        "warning": told(document.warning),
        "as_of": told(_("as of {instant}").format(instant=in_full(written, HOME)) if written else ""),
        "dated": told(_dated(document.place, written)),
        "deadline": told(document.deadline),
        "rests_on": told(document.rests_on),
        "sender": every(document.sender),
        "addressee": every(document.addressee),
        "figures": [_figure(figure) for figure in figures],
        "lacking": every(document.lacking),
        "sections": [
            {"title": told(section.title), "blocks": [_block(block, for_form=for_form) for block in section.blocks]}
            for section in document.sections
        ],
        "signature": every(document.signature),
        "words": _words_of_the_page(),
    }


def told(text: str) -> str:
    """A text as it is printed."""
    return spaced(on_paper(text))


def every(texts: Iterable[str]) -> list[str]:
    """Each text as it is printed."""
    return [told(text) for text in texts]


def spaced(text: str) -> str:
    """French signs never stand alone at the start of a line: the space before them does not break."""
    if current_language() != "fr":
        return text
    text = re.sub(r" ([;?!])", "\u202f\\1", text)
    text = re.sub(r" ([:»%€])", "\u00a0\\1", text)
    text = re.sub(r"« ", "«\u00a0", text)
    text = re.sub(r"(\d) h (\d\d)\b", "\\1\u202fh\u202f\\2", text)
    return re.sub(r"(?<=\d) (?=\d{3}\b)", "\u202f", text)


def _dated(place: str, written: datetime | None) -> str:
    if written is None:
        return place
    day = day_in_full(written.date())
    return _("{place}, {day}").format(place=place, day=day) if place else _("Written on {day}").format(day=day)


def _block(block: Block, *, for_form: bool) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"is": "paragraph", "text": told(block.text)}
    if isinstance(block, Table):
        return {"is": "table", "columns": every(block.columns), "rows": [every(row) for row in block.rows],
                "widths": widths_of(block)}  # fmt: skip
    return {"is": "field", **_field(block, for_form=for_form)}


def _field(field: Field, *, for_form: bool) -> dict[str, Any]:
    """A field; its origin is for who checks a form, and would tell the addressee of a letter nothing."""
    return {
        "label": told(field.label), "value": told(field.value), "state": field.state, "code": told(field.code),
        "origin": told(field.origin) if for_form else "", "figure": _figure(field.figure) if field.figure else None,
    }  # fmt: skip


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "population": told(population_name(figure.population)), "unit": told(unit_name(figure.unit)),
        "lower": told(counted(figure.lower)), "upper": told(counted(figure.upper)), "range": told(_range(figure)),
        "working": "" if figure.working is None else told(counted(figure.working)), "origin": told(origin_of(figure)),
    }  # fmt: skip


def _range(figure: Figure) -> str:
    if figure.lower is None:
        return _("at most {upper}, at least not yet known").format(upper=counted(figure.upper))
    if figure.lower == figure.upper:
        return counted(figure.upper)
    return _("{lower} to {upper}").format(lower=counted(figure.lower), upper=counted(figure.upper))


def widths_of(table: Table) -> list[int]:
    """The width of each column in millimetres: no word of usual length is cut, and long cells share what is left."""
    columns = list(zip(*(table.columns, *table.rows), strict=True))
    needs = [_millimetres(min(LONGEST_WORD, max(len(word) for cell in column for word in cell.split() or [""])))
             for column in columns]  # fmt: skip
    more = [
        max(0, _millimetres(min(LONGEST_CELL, max(map(len, column)))) - need)
        for column, need in zip(columns, needs, strict=True)
    ]
    spare = max(0, PAGE - sum(needs))
    return [need + (spare * extra // sum(more) if any(more) else 0) for need, extra in zip(needs, more, strict=True)]


def _millimetres(letters: int) -> int:
    return 4 + 2 * letters


def _words_of_the_page() -> dict[str, str]:
    return {
        "page": _("page"), "deadline": _("Deadline"), "figures": _("Figures"), "lacking": _("Lacking"),
        "not_applicable": _("not applicable"), "not_yet_known": _("not yet known"),
        "lacks": _("lacking: to be answered before it leaves"),
        "at_least": _("at least"), "at_most": _("at most"), "working": _("working figure"), "rests_on": _("Rests on"),
        "subject": _("Subject:"),
    }  # fmt: skip
