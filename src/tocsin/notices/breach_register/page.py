"""The register as a document to print or hand over: one line a breach, then each breach in full.

>>> from tocsin.language import speaking
>>> with speaking("en"):
...     page_of([], "Le Phare").title
'Register of personal data breaches: Le Phare'
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.language import _, current_language
from tocsin.law.risk.words import spelled
from tocsin.notices.breach_register.cells import cells_of
from tocsin.notices.breach_register.keep import Kept
from tocsin.notices.breach_register.labels import label_of
from tocsin.notices.breach_register.lacking import lacking
from tocsin.notices.breach_register.record import BreachRecord, People
from tocsin.notices.document import Document, Field, Paragraph, Section, Table


def page_of(kept: Sequence[Kept], party_name: str) -> Document:
    """The document of the records given, in the language of the reader."""
    rows = tuple(line_of(item.record) for item in kept)
    return Document(
        kind="breach_record", party=kept[0].record.party if kept else "", language=current_language(),
        title=_("Register of personal data breaches: {party}").format(party=party_name),
        sections=(
            Section(_("Breaches"), (Paragraph(_("GDPR 33(5): every breach, notified or not.")), Table(heads(), rows))),
            *(Section(item.record.title, _fields(item)) for item in kept),
        ),
    )  # fmt: skip


def heads() -> tuple[str, ...]:
    """The heads of the table of one line a breach."""
    return (_("date"), _("breach"), _("people"), _("authority"), _("people told"), _("lacks"))


def line_of(record: BreachRecord) -> tuple[str, ...]:
    """One breach in one line: date, title, people between bounds, notified, told, what lacks."""
    missing = lacking(record)
    return (
        day_words(record), record.title, "; ".join(map(people_words, record.people)) or _("not yet known"),
        answer_words(record.notification.answer, record.notification.at, record.notification.motive),
        answer_words(record.communication.answer, record.communication.at, record.communication.motive),
        "; ".join(missing) if missing else "-",
    )  # fmt: skip


def day_words(record: BreachRecord) -> str:
    """When it happened; else when the party became aware."""
    if record.occurred_from:
        return record.occurred_from[:10]
    return _("known {day}").format(day=record.aware_at[:10]) if record.aware_at else _("not yet known")


def people_words(figure: People) -> str:
    """A figure between its bounds, with its origin; never one bound alone."""
    lower, upper = (_bound(value) for value in (figure.lower, figure.upper))
    origin = _("run {run}").format(run=figure.run) if figure.run else _("declared")
    return f"{lower} <= {upper} {unit_words(figure.unit)} ({origin})"


def unit_words(unit: str) -> str:
    """A unit in words."""
    return {
        "persons": _("persons"), "households": _("households"), "contracts": _("contracts"), "records": _("records"),
        "lines": _("lines of the logs"),
    }[unit]  # fmt: skip


def answer_words(answer: str, at: str, motive: str) -> str:
    """What was decided, when it was done, else why not."""
    words = {"done": _("yes"), "planned": _("to do"), "no": _("no"), "undecided": _("to decide")}[answer]
    if answer == "done" and at:
        return f"{words}, {at[:10]}"
    return f"{words}: {motive}" if answer == "no" and motive else words


def _bound(value: int | None) -> str:
    return "?" if value is None else f"{value:,}".replace(",", "\u202f")


def _fields(kept: Kept) -> tuple[Field, ...]:
    """Every value of a record that is known, and what lacks."""
    record = kept.record
    cells = cells_of(record) | {
        "people": "\n".join(map(people_words, record.people)),
        "categories": ", ".join(map(spelled, record.categories)),
    }  # fmt: skip
    known = [Field(label_of(key), text) for key, text in cells.items() if text]
    entry = _("entry {n}, {at}").format(n=kept.n, at=kept.at)
    lacks = [Field(_("lacks"), words, "lacking") for words in lacking(record)]
    return (*known, *lacks, Field(_("kept as"), entry))
