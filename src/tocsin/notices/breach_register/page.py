"""The register as a document to print or hand over: one line a breach, then each breach in full.

>>> from tocsin.language import speaking
>>> with speaking("en"):
...     page_of([], "Le Phare").title
'Register of personal data breaches: Le Phare'
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.language import _, current_language
from tocsin.notices.breach_register.keep import Kept
from tocsin.notices.breach_register.lacking import lacking
from tocsin.notices.breach_register.record import BreachRecord, People
from tocsin.notices.breach_register.words import answer_words, day_words, people_words, words_of
from tocsin.notices.document import Document, Field, Paragraph, Section, Table


def page_of(kept: Sequence[Kept], party_name: str) -> Document:
    """The document of the records given, in the language of the reader."""
    rows = tuple(line_of(item.record) for item in kept)
    return Document(
        kind="breach_record", party=kept[0].record.party if kept else "", language=current_language(),
        title=_("Register of personal data breaches: {party}").format(party=party_name), party_name=party_name,
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
        day_words(record), record.title, "; ".join(map(people_words, _counted(record))) or _("not yet known"),
        answer_words(record.notification.answer, record.notification.at, record.notification.motive),
        answer_words(record.communication.answer, record.communication.at, record.communication.motive),
        "; ".join(missing) if missing else "-",
    )  # fmt: skip


def _counted(record: BreachRecord) -> list[People]:
    """The figures of persons; those of another unit where no person was counted."""
    return [item for item in record.people if item.unit == "persons"] or [*record.people]


def _fields(kept: Kept) -> tuple[Field, ...]:
    """Every value of a record that is known, and what lacks."""
    known = [Field(label, words) for label, words in words_of(kept.record)]
    entry = _("entry {n}, {at}").format(n=kept.n, at=kept.at)
    lacks = [Field(words, "", "lacking") for words in lacking(kept.record)]
    return (*known, *lacks, Field(_("kept as"), entry))
