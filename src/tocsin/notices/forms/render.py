"""A filled form as a document for people, and as JSON for scripts and for the comparison with the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from tocsin.language import _
from tocsin.law.words import sure_name
from tocsin.notices.document import Document, Field, Paragraph, Section
from tocsin.notices.figure import origin_of
from tocsin.notices.forms.fill import Filled, FilledForm
from tocsin.notices.notification.people import described
from tocsin.notices.situation import RestsOn


def as_document(filled: FilledForm, to: str, party_name: str, rests_on: RestsOn) -> Document:
    """Section by section, ready to be pasted; hidden fields are left out."""
    form = filled.form
    sections = [
        Section(title, tuple(line for item in fields if item.is_shown for line in _lines(item)))
        for title, fields in filled.sections if any(item.is_shown for item in fields)
    ]  # fmt: skip
    about = (
        _("Source of this form: {source}. {sure}, {day}.").format(
            source=form.source, sure=sure_name(form.sure), day=form.checked_on
        ),
        *form.notes,
    )
    return Document(
        kind=form.kind, party=filled.party, language=form.language, title=form.title, to=to, warning=form.warning,
        sections=(*sections, Section(_("About this document"), tuple(map(Paragraph, about)))),
        as_of=filled.as_of.isoformat(), party_name=party_name, rests_on=rests_on.words,
    )  # fmt: skip


def _lines(item: Filled) -> Iterator[Field]:
    """One line for each field; one for each population where a field counts several."""
    if not item.figures:
        yield Field(item.field.label, item.value, item.state, item.field.code, item.origin)
    for figure in item.figures:
        value = described(figure) if len(item.figures) > 1 else item.value
        yield Field(item.field.label, value, item.state, item.field.code, figure=figure)


def as_json(filled: FilledForm) -> dict[str, Any]:
    """Every field, shown or not."""
    form = filled.form
    return {
        "form": form.id, "title": form.title, "warning": form.warning, "source": form.source,
        "checked_on": form.checked_on.isoformat(), "sure": form.sure, "notes": form.notes,
        "party": filled.party, "as_of": filled.as_of.isoformat(),
        "fields": [_field_as_json(item) for item in filled.fields],
    }  # fmt: skip


def _field_as_json(item: Filled) -> dict[str, Any]:
    field = item.field
    return {
        "code": field.code, "label": field.label, "asks": field.asks, "is_shown": item.is_shown, "value": item.value,
        "choices": item.codes, "state": item.state, "origin": item.origin, "sure": field.sure,
        "is_about_filing": field.is_about_filing,
        "figures": [{**asdict(figure), "is_declared": figure.is_declared} for figure in item.figures],
    }  # fmt: skip


def as_text(document: Document) -> str:
    """A document as plain lines, to be read on a screen or pasted."""
    lines = [document.title, "=" * len(document.title)]
    lines += [document.warning, document.as_of, ""]
    for section in document.sections:
        lines += [section.title, "-" * len(section.title)]
        for block in section.blocks:
            if isinstance(block, Paragraph):
                lines += [block.text]
            elif isinstance(block, Field):
                code = f"{block.code} " if block.code else ""
                origin = f"  [{origin_of(block.figure)}]" if block.figure else ""
                mark = {"lacking": "!! ", "not_yet_known": "?  "}.get(block.state, "   ")
                lines += [f"{mark}{code}{block.label}: {block.value}{origin}"]
            else:
                lines += ["   " + " | ".join(row) for row in (block.columns, *block.rows)]
        lines.append("")
    return "\n".join([*lines, *document.signature]).rstrip() + "\n"
