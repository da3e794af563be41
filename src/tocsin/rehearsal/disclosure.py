"""What each answer of the portals shows, by data category: the disclosure map, as tested by somebody.

One line is dated: until the fourteenth day the search list of portal-a showed the social-security number, which a new
version then removed.
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.rehearsal.work import (
    BY_CONTRACT,
    BY_MEMBER,
    DETAIL,
    EXPORT,
    FAMILY,
    INVOICE,
    LOOKUP,
    OWN_ACCOUNT,
    SEARCH,
    SIGN_IN,
)  # fmt: skip
from tocsin.rehearsal.world import PORTAL_A, PORTAL_B

ACTION_NAMES = {
    PORTAL_A: {
        SIGN_IN: "sign_in", OWN_ACCOUNT: "my_account", LOOKUP: "beneficiary_lookup", SEARCH: "beneficiary_search",
        DETAIL: "beneficiary_detail", FAMILY: "family_card", INVOICE: "invoice_detail",
    },
    PORTAL_B: {
        SIGN_IN: "connexion", OWN_ACCOUNT: "mon_compte", BY_MEMBER: "recherche_adherent",
        BY_CONTRACT: "recherche_contrat", EXPORT: "export_contrat", DETAIL: "fiche", INVOICE: "facture",
    },
}  # fmt: skip
MASKING_DAY = 13
"""Number of the first day on which the list of portal-a no longer shows the social-security number."""


@dataclass(frozen=True)
class Line:
    portal: int
    action: int
    categories: tuple[str, ...]
    answer: str = "content"
    from_day: int | None = None
    to_day: int | None = None


DISCLOSURES = (
    Line(PORTAL_A, LOOKUP, ("identity", "birth-date", "nir", "insurer", "guarantees")),
    Line(PORTAL_A, LOOKUP, ("insurer",), answer="membership"),
    Line(PORTAL_A, SEARCH, ("identity", "birth-date", "insurer", "nir"), to_day=MASKING_DAY - 1),
    Line(PORTAL_A, SEARCH, ("identity", "birth-date", "insurer"), from_day=MASKING_DAY),
    Line(PORTAL_A, DETAIL, ("identity", "birth-date", "nir", "insurer", "member-number", "guarantees")),
    Line(PORTAL_A, FAMILY, ("identity", "birth-date", "insurer", "member-number")),
    Line(PORTAL_A, INVOICE, ("identity", "insurer", "invoice", "health")),
    Line(PORTAL_A, OWN_ACCOUNT, ("professional-identity", "bank-details", "contact")),
    Line(PORTAL_B, BY_MEMBER, ("identity", "birth-date", "insurer", "member-number")),
    Line(PORTAL_B, BY_CONTRACT, ("identity", "birth-date", "insurer", "contract")),
    Line(PORTAL_B, EXPORT, ("identity", "birth-date", "nir", "insurer", "contract", "member-number")),
    Line(PORTAL_B, DETAIL, ("identity", "birth-date", "birth-rank", "nir", "insurer", "contract", "member-number")),
    Line(PORTAL_B, INVOICE, ("identity", "insurer", "invoice", "health")),
    Line(PORTAL_B, OWN_ACCOUNT, ("professional-identity", "bank-details", "contact")),
)
