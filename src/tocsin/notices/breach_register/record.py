"""One breach as one party documents it: facts, effects, remedial action, and each decision with its motive.

GDPR 33(5): "comprising the facts relating to the personal data breach, its effects and the remedial action taken". A
moment is written as far as it is known: ``2024``, ``2024-02``, ``2024-02-01``, or an instant with its offset. What is
not known is left empty; nothing is guessed.

>>> record = record_of({"party": "phare", "party_name": "Le Phare", "breach": "2023-04", "title": "A lost key"})
>>> record.notification.answer, record.people, record.aware_at
('undecided', (), '')
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.law.facts.account import Cause, Horizon
from tocsin.law.facts.load import KINDS
from tocsin.law.facts.words import STRICT, Id, Level, Nature, Role
from tocsin.law.risk.vocabulary import all_categories
from tocsin.notices.breach_register.moment import instant_of, is_moment

Answer = Literal["done", "planned", "no", "undecided"]


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(_is_control(letter) for letter in text):
        raise PydanticCustomError("control_character", "control character")
    return text


def _is_control(letter: str) -> bool:
    return letter not in "\n\t" and (unicodedata.category(letter) in ("Cc", "Cs") or letter in "\ufffe\uffff")


def _moment(text: str) -> str:
    if text and not is_moment(text):
        raise PydanticCustomError("moment", "moment")
    return text


def _present(text: str) -> str:
    if not text:
        raise PydanticCustomError("string_too_short", "empty")
    return text


Words = Annotated[str, AfterValidator(_clean)]
Title = Annotated[Words, AfterValidator(_present)]
Moment = Annotated[Words, AfterValidator(_moment)]
Number = Annotated[int, Field(ge=0, le=9_007_199_254_740_991)]
"""What every reader of JSON holds exactly."""


@dataclass(frozen=True, kw_only=True)
class People:
    """How many: at least, as a working figure, at most. An open bound is left out: it is not known, and not zero."""

    __pydantic_config__ = STRICT
    population: Literal["all", "insured", "professional", "other"] = "all"
    unit: Literal["persons", "households", "contracts", "records", "lines"] = "persons"
    lower: Number | None = None
    working: Number | None = None
    upper: Number | None = None
    run: Words = ""
    """The run that computed it; else a person declared it."""
    by: Words = ""
    on: Moment = ""
    ground: Words = ""


@dataclass(frozen=True, kw_only=True)
class MeasureTaken:
    """What was in place, what was done about it, and when."""

    __pydantic_config__ = STRICT
    horizon: Horizon = "immediate"
    what: Title
    on: Moment = ""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """To tell the authority, or the people: what was decided, by whom, why, with the opinion of the DPO beside."""

    __pydantic_config__ = STRICT
    answer: Answer = "undecided"
    at: Moment = ""
    """When it was done."""
    motive: Words = ""
    by: Words = ""
    """Who decided: a reference to ``persons.json`` once it is kept."""
    on: Moment = ""
    dpo_opinion: Words = ""
    ground: Literal["", "a", "b", "c"] = ""
    """Of GDPR 34(3), when the people are not told one by one."""
    reason_for_delay: Words = ""


@dataclass(frozen=True, kw_only=True)
class Filing:
    """Something sent, and its receipt."""

    __pydantic_config__ = STRICT
    duty: Words
    to: Words = ""
    sent_at: Moment = ""
    received_at: Moment = ""
    receipt: Words = ""


@dataclass(frozen=True, kw_only=True)
class BreachRecord:
    """One breach of one party."""

    __pydantic_config__ = STRICT
    party: Id
    party_name: Title
    role: Role = "controller"
    breach: Id
    title: Title
    sector: Words = ""
    natures: tuple[Nature, ...] = ()
    is_established: bool | None = None
    is_ongoing: bool | None = None
    occurred_from: Moment = ""
    occurred_to: Moment = ""
    aware_at: Moment = ""
    facts: Words = ""
    origin: Words = ""
    causes: tuple[Cause, ...] = ()
    categories: tuple[Id, ...] = ()
    """In the words of ``law/risk/categories.toml``."""
    data_in_words: Words = ""
    has_sensitive_data: bool | None = None
    people: tuple[People, ...] = ()
    effects: Words = ""
    severity: Literal[1, 2, 3, 4] | None = None
    """The four levels of the CNIL."""
    risk: Level | None = None
    measures: tuple[MeasureTaken, ...] = ()
    notification: Choice = field(default_factory=Choice)
    communication: Choice = field(default_factory=Choice)
    filings: tuple[Filing, ...] = ()
    source: Words = ""
    """Where this record comes from: a case and its run, a file that was imported."""


RECORD = TypeAdapter(BreachRecord)


def record_of(data: Mapping[str, Any], where: str = "") -> BreachRecord:
    """The record of plain values, checked. Raises :class:`TocsinError` ``breach-record-wrong``."""
    try:
        record = RECORD.validate_python(dict(data))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _refusal(key_of(first["loc"]), _told(first), where) from error
    for key, what in _disagreements(record):
        raise _refusal(key, what, where)
    return record


def as_data(record: BreachRecord) -> dict[str, Any]:
    """The record as plain values; what is not known is left out."""
    data: dict[str, Any] = _without_empty(asdict(record))
    return data


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in ("", None, [], {})}
    return [_without_empty(item) for item in value] if isinstance(value, list | tuple) else value


def require_motive(record: BreachRecord, where: str = "") -> None:
    """A breach that is not notified must say who decided so, and why. Raises ``breach-without-motive``."""
    choice = record.notification
    if choice.answer == "no" and not (choice.motive and choice.by):
        raise TocsinError(
            "breach-without-motive",
            _("{party}, {title}: not notified, and the register does not say by whom and why").format(
                party=record.party_name, title=record.title
            ),
            where=where,
            why=_(
                "the authority checks this very motive, and « do not notify » is never automatic (GDPR 33(1), 33(5))"
            ),
            remedy=_("give notification.motive and notification.by, with the opinion of the DPO beside"),
        )


def _disagreements(record: BreachRecord) -> Iterator[tuple[str, str]]:
    """What is written well and cannot be true together."""
    for name in record.categories:
        if name not in all_categories():
            yield "categories", _("{given!r} is no kind of data known here (docs/law.md lists them)").format(given=name)
    for number, filing in enumerate(record.filings, start=1):
        if filing.duty not in KINDS:
            yield (
                f"filings[{number}].duty",
                _("{given!r} is no duty (docs/law.md lists them)").format(given=filing.duty),
            )
    for number, figure in enumerate(record.people, start=1):
        yield from ((f"people[{number}]", what) for what in _wrong_in_figure(figure))
    if len({(figure.population, figure.unit) for figure in record.people}) < len(record.people):
        yield "people", _("two figures of one population and one unit")
    if record.notification.ground:
        yield "notification.ground", _("GDPR 34(3) is about telling the people, not the authority")
    start, end = instant_of(record.occurred_from), instant_of(record.occurred_to)
    if start and end and end < start:
        yield "occurred_to", _("the breach ends before it begins")


def _wrong_in_figure(figure: People) -> Iterator[str]:
    bounds = [value for value in (figure.lower, figure.working, figure.upper) if value is not None]
    if bounds != sorted(bounds):
        yield _("a lower figure stands above an upper one")
    if not bounds:
        yield _("a figure without any bound: leave it out, it is not known")
    if bool(figure.run) == bool(figure.ground):
        yield _("a figure is computed (run) or declared (by, on, ground): one of both")


def key_of(location: tuple[str | int, ...]) -> str:
    """``people[1].upper``: where a value stands, counted from one."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")


def _told(item: Any) -> str:
    kind, given = item["type"], item["input"]
    fixed = {
        "unexpected_keyword_argument": _("this key is not known"),
        "missing": _("this is missing"),
        "control_character": _("it holds a character that no text should hold"),
        "string_too_short": _("this is empty"),
    }
    if kind in fixed:
        return fixed[kind]
    if kind == "moment":
        return _("{given!r} is no moment: write 2024, 2024-02, 2024-02-01, or 2024-02-01T15:00:00+01:00").format(
            given=given
        )
    if kind == "literal_error":
        return _("{given!r} is not one of the words allowed: {expected}").format(
            given=given, expected=item["ctx"]["expected"]
        )
    return _("{given!r} does not fit here: {message}").format(given=given, message=item["msg"])


def _refusal(key: str, what: str, where: str) -> TocsinError:
    return TocsinError(
        "breach-record-wrong", f"{key}: {what}", where=where,
        why=_("the register is what the authority verifies, so nothing in it is guessed"),
        remedy=_("correct this value: docs/breach-register.md describes each one"),
    )  # fmt: skip


def flat_keys() -> tuple[str, ...]:
    """Every key of a record, those of a decision one by one: the columns of a table."""
    keys = []
    for item in fields(BreachRecord):
        if item.name in ("notification", "communication"):
            keys += [f"{item.name}.{inner.name}" for inner in fields(Choice)]
        else:
            keys.append(item.name)
    return tuple(key for key in keys if key != "notification.ground")
