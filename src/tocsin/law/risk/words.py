"""The words of the facts about risk, in the language of the reader: those of ``facts.toml`` are codes.

>>> from tocsin.language import speaking
>>> with speaking("en"):
...     spelled("birth_date"), spelled("temporary")
('birth date', 'out of reach for a time')
"""

from __future__ import annotations

from functools import cache

from tocsin.language import _, current_language


def spelled(word: str) -> str:
    """A code in words."""
    return _words(current_language())[word]


@cache
def _words(_language: str) -> dict[str, str]:
    return {**_natures(), **_identifications(), **_categories(), **_more_categories()}


def _natures() -> dict[str, str]:
    return {
        "none_known": _("none known"), "trusted": _("trusted, who give back or delete"), "known": _("known"),
        "unknown": _("unknown"), "restored": _("restored"), "recoverable": _("recoverable"),
        "unrecoverable": _("beyond recovery"), "temporary": _("out of reach for a time"), "lost": _("lost"),
        "none": _("without effect on people"), "annoyance": _("an annoyance for people"),
        "serious": _("serious for people"), "confidentiality": _("confidentiality"), "integrity": _("integrity"),
        "availability": _("availability"),
    }  # fmt: skip


def _identifications() -> dict[str, str]:
    return {
        "negligible": _("negligible"), "limited": _("limited"), "significant": _("significant"),
        "maximum": _("maximum"),
    }  # fmt: skip


def _categories() -> dict[str, str]:
    return {
        "name": _("name"), "birth_date": _("birth date"), "sex": _("sex"), "address": _("address"),
        "email": _("e-mail"), "phone": _("telephone"), "nir": _("social security number (NIR)"),
        "identity_document": _("identity document"), "picture": _("picture"), "work_history": _("work history"),
        "insurer": _("insurer"), "contract_number": _("contract number"), "guarantees": _("guarantees"),
        "professional_number": _("professional number"),
    }  # fmt: skip


def _more_categories() -> dict[str, str]:
    return {
        "credentials": _("login and password"), "purchases": _("purchases"), "location": _("location"),
        "communications": _("communications"), "iban": _("bank account number"), "income": _("income"),
        "account_statement": _("account statement"), "payment_card": _("payment card"),
        "reimbursements": _("reimbursements of care"), "health": _("health"), "convictions": _("convictions"),
        "beliefs": _("beliefs and opinions"),
    }  # fmt: skip


def changes() -> tuple[tuple[dict[str, object], str], ...]:
    """The facts that are changed, one at a time, to see what the outcome hangs on; each in words."""
    return (
        ({"is_unintelligible": True}, _("if the data were unintelligible and the key safe")),
        ({"is_unintelligible": False}, _("if the data could be read")),
        ({"recipients": "trusted", "is_malicious": False}, _("if only trusted recipients had them, and deleted them")),
        ({"recipients": "known"}, _("if the recipients were known")),
        ({"recipients": "unknown"}, _("if the recipients were unknown")),
        ({"is_malicious": False}, _("if there were no malicious intent")),
        ({"is_malicious": True}, _("if there were malicious intent")),
        ({"has_vulnerable_people": True}, _("if vulnerable people were among them")),
        ({"insight": "sensitive"}, _("if the data let one guess at health, beliefs or private life")),
        ({"insight": "none"}, _("if the data told nothing of substance")),
        ({"harm_of_outage": "none"}, _("if the outage had no effect on people")),
        ({"harm_of_outage": "serious"}, _("if the outage were serious for people")),
        ({"identification": "negligible"}, _("if the people could hardly be identified")),
        ({"identification": "maximum"}, _("if the people could be identified for certain")),
    )
