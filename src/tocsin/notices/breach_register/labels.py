"""How each column of the register is called, in the language of the reader; an import understands both languages.

>>> from tocsin.language import speaking
>>> with speaking("en"):
...     label_of("aware_at"), key_named("Prise de connaissance"), key_named("aware_at")
('Became aware', 'aware_at', 'aware_at')
"""

from __future__ import annotations

from functools import cache

from tocsin.language import LANGUAGES, _, current_language, speaking
from tocsin.notices.breach_register.record import flat_keys


def label_of(key: str) -> str:
    """A column in words."""
    return _labels(current_language())[key]


def key_named(label: str) -> str | None:
    """The column that a header names, by its code or in one of the languages; nothing when there is none."""
    return _by_name().get(_plain(label))


def _plain(label: str) -> str:
    return " ".join(label.replace("’", "'").casefold().split())


@cache
def _by_name() -> dict[str, str]:
    names = {key: key for key in flat_keys()}
    for language in LANGUAGES:
        with speaking(language):
            names |= {_plain(label): key for key, label in _labels(language).items()}
    return names


@cache
def _labels(_language: str) -> dict[str, str]:
    return {**_who_and_what(), **_effects(), **_choices()}


def _who_and_what() -> dict[str, str]:
    return {
        "party": _("Party"), "party_name": _("Name of the party"), "role": _("Role"), "breach": _("Breach"),
        "title": _("Title"), "sector": _("Sector"), "natures": _("Natures"), "is_established": _("Established"),
        "is_ongoing": _("Ongoing"), "occurred_from": _("Occurred from"), "occurred_to": _("Occurred to"),
        "aware_at": _("Became aware"), "facts": _("Facts"), "origin": _("Origin"), "causes": _("Causes"),
        "categories": _("Kinds of data"), "data_in_words": _("Data, in words"),
        "has_sensitive_data": _("Sensitive data"), "people": _("People"),
    }  # fmt: skip


def _effects() -> dict[str, str]:
    return {
        "effects": _("Effects"), "severity": _("Severity (1 to 4)"), "risk": _("Level of risk"),
        "measures": _("Measures"), "filings": _("Filings and receipts"), "source": _("Source of the record"),
    }  # fmt: skip


def _choices() -> dict[str, str]:
    return {
        "notification.answer": _("Authority notified"), "notification.at": _("Notified at"),
        "notification.motive": _("Why notified or not"), "notification.by": _("Notification decided by"),
        "notification.on": _("Notification decided on"),
        "notification.dpo_opinion": _("Opinion of the DPO on the notification"),
        "notification.reason_for_delay": _("Reasons for the delay"),
        "communication.answer": _("People told"), "communication.at": _("Told at"),
        "communication.motive": _("Why told or not"), "communication.by": _("Communication decided by"),
        "communication.on": _("Communication decided on"),
        "communication.dpo_opinion": _("Opinion of the DPO on the communication"),
        "communication.ground": _("Ground of GDPR 34(3)"),
        "communication.reason_for_delay": _("Reasons for the delay in telling the people"),
    }  # fmt: skip
