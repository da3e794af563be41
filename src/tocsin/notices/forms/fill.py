"""A form filled with the answers of a notification: each field with its value, or why there is none.

``not_yet_known`` where the form lets it be said, and not in a filing that says to be complete; else ``lacking``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tocsin.law.calendar import local
from tocsin.law.facts.vocabulary import vocabulary
from tocsin.law.risk.words import spelled
from tocsin.notices.document import State
from tocsin.notices.figure import Figure, words_of
from tocsin.notices.forms.form import Condition, Form, FormField, Option
from tocsin.notices.notification.answer import UNKNOWN, Answer, Answers
from tocsin.notices.notification.people import described


@dataclass(frozen=True)
class Filled:
    """One field of a filled form."""

    field: FormField
    value: str
    state: State
    is_shown: bool = True
    codes: tuple[str, ...] = ()
    origin: str = ""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class FilledForm:
    """A form, filled."""

    form: Form
    party: str
    as_of: datetime
    sections: tuple[tuple[str, tuple[Filled, ...]], ...]

    @property
    def fields(self) -> Iterator[Filled]:
        """Every field, shown or not."""
        return (item for _title, fields in self.sections for item in fields)

    @property
    def lacking(self) -> tuple[Filled, ...]:
        """What a person must still answer."""
        return tuple(item for item in self.fields if item.state == "lacking")


def fill(form: Form, answers: Answers, party: str, place: str, as_of: datetime) -> FilledForm:
    """Each field of ``form`` answered, in order: conditions look back at the fields before."""
    chosen: dict[str, tuple[str, ...]] = {}
    sections = []
    for section in form.sections:
        rows = []
        for field in section.fields:
            filled = _filled(form, field, answers, place, chosen)
            chosen[field.code] = filled.codes
            rows.append(filled)
        sections.append((section.title, tuple(rows)))
    return FilledForm(form, party, as_of, tuple(sections))


def _filled(
    form: Form, field: FormField, answers: Answers, place: str, chosen: Mapping[str, tuple[str, ...]]
) -> Filled:
    if not all(_holds(item, answers, chosen) for item in field.shown_if):
        return Filled(field, "", "not_applicable", is_shown=False)
    answer = answers[field.asks] if field.asks else UNKNOWN
    if not answer.applies:
        return Filled(field, form.nothing, "not_applicable", origin=answer.origin)
    options = _available(field, answers)
    if not answer.is_known:
        return _unanswered(form, field, options, answers)
    if not options:
        return Filled(field, _written(answer, place), "known", origin=answer.origin, figures=answer.figures)
    picked = _picked(options, answer.codes, is_single=field.is_single)
    if not picked:
        return _unanswered(form, field, options, answers)
    return Filled(
        field, "; ".join(_chosen_words(item, options, answer.codes, form.language) for item in picked), "known",
        codes=tuple(item.code for item in picked), origin=answer.origin,
    )  # fmt: skip


def _holds(condition: Condition, answers: Answers, chosen: Mapping[str, tuple[str, ...]]) -> bool:
    codes = answers[condition.key].codes if condition.key else chosen.get(condition.no, ())
    return any(code in condition.among for code in codes)


def _available(field: FormField, answers: Answers) -> tuple[Option, ...]:
    is_incomplete = answers["filing.is_incomplete"].value == "yes"
    return tuple(item for item in field.options if is_incomplete or not item.needs_incomplete)


def _unanswered(form: Form, field: FormField, options: tuple[Option, ...], answers: Answers) -> Filled:
    """Nothing is known: blank, « not yet known » where that may be said, else lacking."""
    if answers["filing.phase"].value == "withdrawal" and not field.is_about_filing:
        return Filled(field, form.not_known, "not_yet_known")
    if field.is_optional:
        return Filled(field, form.blank, "not_applicable")
    later = next((item for item in options if item.is_unknown), None)
    if later:
        return Filled(field, later.label, "not_yet_known", codes=(later.code,))
    if field.may_be_unknown and answers["filing.is_incomplete"].value == "yes":
        return Filled(field, form.not_known, "not_yet_known")
    return Filled(field, form.missing, "lacking")


def _picked(options: tuple[Option, ...], codes: tuple[str, ...], *, is_single: bool) -> list[Option]:
    """The choices that mean one of the codes, and « other » for the codes that none means."""
    picked = [item for item in options if item.covers(codes)]
    everything = _union(options)
    if any(not everything.covers([code]) for code in codes):
        picked += [item for item in options if item.is_other and item not in picked]
    return picked[:1] if is_single else picked


def _union(options: tuple[Option, ...]) -> Option:
    return Option("", "", tuple(code for item in options for code in item.means))


def _chosen_words(option: Option, options: tuple[Option, ...], codes: tuple[str, ...], language: str) -> str:
    """The label of a choice; « other » says which."""
    if not option.is_other:
        return option.label
    strangers = [code for code in codes if not _union(options).covers([code]) and code != "other"]
    return (
        f"{option.label} ({', '.join(_spelled(code, language) for code in strangers)})" if strangers else option.label
    )


def _spelled(code: str, language: str) -> str:
    for topic in vocabulary().values():
        if code in topic:
            return topic[code][language]
    return spelled(code)


def _written(answer: Answer, place: str) -> str:
    """A value as a person reads it."""
    value = answer.value
    if isinstance(value, datetime):
        there = local(value, place)
        shift = there.strftime("%z")
        return f"{there:%d/%m/%Y %H:%M} (UTC{shift[:3]}:{shift[3:]})"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return "; ".join(_figure_or_code(item, len(value)) for item in value)
    return str(value)


def _figure_or_code(item: Figure | str, count: int) -> str:
    if isinstance(item, str):
        return item
    return described(item) if count > 1 else words_of(item)
