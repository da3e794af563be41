"""The other notices as filings: the notice to each controller, the file for a complaint, letters to preserve traces.

A later version of a letter is drafted only when it says something else: an addressee is not written to for nothing.

>>> rows_of(Document("x", "y", "en", "z", (Section("1. Facts", (Field("what", "read"),)),)))[0]["code"]
'1. Facts /'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from tocsin.language import _, current_language, speaking
from tocsin.law.facts import Party
from tocsin.notices.controller_notification import notify_controllers
from tocsin.notices.document import Document, Field, Paragraph, Section, Table
from tocsin.notices.filings.desk import Desk
from tocsin.notices.filings.drafts import Made
from tocsin.notices.filings.series import Series
from tocsin.notices.notification.make import duty_of
from tocsin.notices.police_complaint import make_police_complaint, sealed_annexes
from tocsin.notices.preservation_letter import asked_of_the_inquiry, write_preservation_letters

LETTER = "preservation_letter"
OF_THE_POLICE = "fr"
"""The file for a complaint is handed in to a French authority, whatever the screen's language."""


def controller_notices(desk: Desk, party: Party) -> Iterator[Made]:
    """GDPR 33(2): one for each party that a processor serves."""
    if party.role != "controller":
        for document in notify_controllers(desk.situation, party):
            yield from _made(desk, party, document, document.to)


def police_complaints(desk: Desk, party: Party) -> Iterator[Made]:
    """The file of whoever may lodge a complaint."""
    if duty_of(desk.situation, party.id, "police_complaint"):
        with speaking(OF_THE_POLICE):
            asked = asked_of_the_inquiry(desk.wanted.get((OF_THE_POLICE, party.id), ()))
            annexes = sealed_annexes(desk.sealed.get(party.id, ()), party.name)
            document = make_police_complaint(desk.situations[OF_THE_POLICE], party, annexes, asked)
            yield from _made(desk, party, document)


def preservation_letters(desk: Desk, party: Party) -> Iterator[Made]:
    """Letters of whoever runs the systems: the processors, or a controller that has none."""
    if party.role == "controller" and desk.situation.facts.processors_of(party):
        return
    wanted = desk.wanted.get((current_language(), party.id), ())
    for document in write_preservation_letters(desk.situation, party, wanted):
        if document.to not in (party.id, party.name):
            yield from _made(desk, party, document, document.to)


def _made(desk: Desk, party: Party, document: Document, to: str = "") -> Iterator[Made]:
    series = Series(party.id, document.kind, to=to)
    stage = desk.stage(series)
    if stage is None:
        return
    rows = rows_of(document)
    changes = desk.changes(series, f"{document.kind}.json", rows)
    if not desk.has_something_to_say(series, changes):
        return
    duty = duty_of(desk.situation, party.id, document.kind)
    told = with_changes(document, [item.words for item in changes])
    yield Made(
        series, stage.phase, document.to, {document.kind: told}, {document.kind: {"fields": rows}},
        document.lacking, tuple(item.words for item in changes), due=duty.due if duty and stage.is_first else None,
    )  # fmt: skip


def with_changes(document: Document, changes: Sequence[str]) -> Document:
    """The document, and what it says otherwise than the version before: after its opening, before the facts."""
    if not changes:
        return document
    changed = Section(_("What changed since the version before"), tuple(Paragraph(f"– {item}") for item in changes))
    place = 0 if document.sections[0].title else 1
    return replace(document, sections=(*document.sections[:place], changed, *document.sections[place:]))


def rows_of(document: Document) -> list[dict[str, Any]]:
    """The fields of a document, as those of a form; and of a letter about traces, its tables too."""
    found = []
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Field):
                found.append(_row(section, block.label, block.value, block))
            elif isinstance(block, Table) and document.kind == LETTER:
                found += [_row(section, row[0], " | ".join(row), None) for row in block.rows]
    return found


def _row(section: Section, label: str, value: str, field: Field | None) -> dict[str, Any]:
    figures = [field.figure] if field and field.figure else []
    return {
        "code": f"{section.title} /", "label": label, "value": value, "is_shown": True,
        "state": field.state if field else "known", "origin": field.origin if field else "",
        "figures": [{**asdict(item), "is_declared": item.is_declared} for item in figures], "is_about_filing": False,
    }  # fmt: skip
