"""The words of each code on the page: classes, units, categories. A code without words is shown as it is.

>>> from tocsin.language import speaking
>>> with speaking("en"):
...     word_of_category("nir"), word_of_category("shoe-size")
('social-security number (NIR)', 'shoe-size')
"""

from __future__ import annotations

from tocsin.language import _


def word_of_unit(code: str) -> str:
    """A unit of counting."""
    return {
        "lines": _("lines of the logs"), "records": _("records"), "contracts": _("contracts"),
        "households": _("households"), "persons": _("persons"),
    }[code]  # fmt: skip


def word_of_population(code: str) -> str:
    """Whose data."""
    return {"insured": _("Insured people"), "professional": _("Professionals")}.get(code, code)


def word_of_class(code: str) -> str:
    """A class of exposure, for the head of a column."""
    return {
        "confirmed": _("confirmed"), "deduced": _("deduced"),
        "possible_attribution": _("possible: attribution"), "possible_missing_evidence": _("possible: evidence lacks"),
    }[code]  # fmt: skip


def word_of_category(code: str) -> str:
    """A data category of the disclosure map; the usual ones have words."""
    return {
        "identity": _("surname and first name"), "birth-date": _("birth date"), "birth-rank": _("birth rank"),
        "nir": _("social-security number (NIR)"), "insurer": _("insurer"), "member-number": _("member number"),
        "contract": _("contract"), "guarantees": _("guarantees"), "contact": _("contact details"),
        "bank-details": _("bank details"), "health": _("health data"), "invoice": _("invoices"),
        "professional-identity": _("professional identity"),
    }.get(code, code)  # fmt: skip
