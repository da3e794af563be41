"""A record in words, for the screen and for paper: codes spelled, figures between their bounds, persons by name.

>>> from tocsin.language import speaking
>>> from tocsin.notices.breach_register.record import record_of
>>> record = record_of({"party": "phare", "party_name": "Le Phare", "breach": "b1", "title": "A key", "risk": "risk"})
>>> with speaking("en"):
...     dict(words_of(record))["Level of risk"]
'a risk'
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tocsin.language import _
from tocsin.law.judgement import level_name
from tocsin.law.risk.assessment import severity_name
from tocsin.law.risk.words import spelled
from tocsin.law.words import kind_name
from tocsin.notices.breach_register.labels import label_of
from tocsin.notices.breach_register.record import BreachRecord, Filing, MeasureTaken, People, flat_keys
from tocsin.notices.figure import unit_name


def words_of(record: BreachRecord) -> Iterator[tuple[str, str]]:
    """Each value that is known: its label, then its words."""
    for key in flat_keys():
        name, _dot, inner = key.partition(".")
        value = getattr(record, name)
        words = _words(inner or name, getattr(value, inner) if inner else value)
        if words and not (inner == "answer" and value.answer == "undecided" and not value.motive):
            yield label_of(key), words


def day_words(record: BreachRecord) -> str:
    """When it happened; else when the party became aware."""
    if record.occurred_from:
        return record.occurred_from[:10]
    return _("known {day}").format(day=record.aware_at[:10]) if record.aware_at else _("not yet known")


def people_words(figure: People) -> str:
    """A figure between its bounds, with its origin; never one bound alone."""
    lower, upper = (bound_words(value) for value in (figure.lower, figure.upper))
    origin = _("run {run}").format(run=figure.run) if figure.run else _("declared")
    return f"{lower} <= {upper} {unit_name(figure.unit)} ({origin})"


def bound_words(value: int | None) -> str:
    """A bound; ``?`` when it is not known."""
    return "?" if value is None else f"{value:,}".replace(",", "\u202f")


def answer_words(answer: str, at: str = "", motive: str = "") -> str:
    """What was decided, when it was done, else why not."""
    words = {"done": _("yes"), "planned": _("to do"), "no": _("no"), "undecided": _("to decide")}[answer]
    if answer == "done" and at:
        return f"{words}, {at[:10]}"
    return _("{answer}: {motive}").format(answer=words, motive=motive) if answer == "no" and motive else words


def _words(key: str, value: Any) -> str:
    if value in (None, "", ()):
        return ""
    if key in ("natures", "categories"):
        return ", ".join(map(spelled, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return "\n".join(_item(item) for item in value)
    return _code(key, value)


def _code(key: str, value: Any) -> str:
    if key == "risk":
        return level_name(value)
    if key == "severity":
        return f"{value} ({severity_name(value)})"
    if key == "answer":
        return answer_words(value)
    if key == "role":
        return {
            "controller": _("controller"), "processor": _("processor"), "sub_processor": _("sub-processor"),
        }[value]  # fmt: skip
    return str(value)


def _item(item: Any) -> str:
    if isinstance(item, People):
        return ", ".join(part for part in (people_words(item), item.by, item.on, item.ground) if part)
    if isinstance(item, MeasureTaken):
        return " ".join(part for part in (f"{horizon_words(item.horizon)}:", item.what, item.on) if part)
    if isinstance(item, Filing):
        return _filing(item)
    return cause_words(str(item))


def horizon_words(horizon: str) -> str:
    """When a measure stands or bears."""
    return {
        "before": _("before the breach"), "immediate": _("at once"), "medium_term": _("medium term"),
        "long_term": _("long term"),
    }[horizon]  # fmt: skip


def cause_words(cause: str) -> str:
    """A cause in words."""
    return {
        "internal_malicious": _("malicious act from inside"), "internal_accidental": _("accident from inside"),
        "external_malicious": _("malicious act from outside"), "external_accidental": _("accident from outside"),
        "other": _("other"), "unknown": _("unknown"),
    }[cause]  # fmt: skip


def _filing(item: Filing) -> str:
    sent = _("sent {at}").format(at=item.sent_at) if item.sent_at else ""
    received = _("received {at}").format(at=item.received_at) if item.received_at else ""
    receipt = item.receipt or _("no receipt kept")
    return ", ".join(part for part in (kind_name(item.duty), item.to, sent, received, receipt) if part)
