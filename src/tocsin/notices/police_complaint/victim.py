"""Who complains, and who signs for it: a legal person complains through a natural one."""

from __future__ import annotations

from tocsin.language import _
from tocsin.law.facts import Identity, Party
from tocsin.notices.document import Block
from tocsin.notices.parts import contact_lines, known
from tocsin.notices.situation import Situation

ORIGIN = "facts.toml [party.identity]"


def victim(situation: Situation, party: Party) -> tuple[Block, ...]:
    """The victim, its representative, its contact, and who files for it."""
    identity = party.identity or Identity()
    filed_by = next(
        (duty.filed_by for duty in situation.duties if duty.kind == "police_complaint" and duty.by == party.id), ""
    )
    fields = [
        known(_("Name"), party.name, "facts.toml [[party]] name"),
        known(_("SIREN or SIRET number"), identity.siret or identity.siren, ORIGIN, unless="lacking"),
        known(_("Registered office"), identity.address, ORIGIN, unless="lacking"),
        known(_("Represented by"), contact_lines(identity.representative), f"{ORIGIN} representative",
              unless="lacking"),
        known(_("Contact"), contact_lines(identity.contact), f"{ORIGIN} contact", unless="lacking"),
        known(_("In the processing of the data, it is"), role_name(party.role), "facts.toml [[party]] role"),
    ]  # fmt: skip
    if identity.sector:
        fields.append(known(_("Trade"), identity.sector, ORIGIN))
    if filed_by:
        fields.append(known(_("Lodged for it by"), situation.facts.name_of(filed_by), "facts.toml [[mandate]]"))
    return tuple(fields)


def role_name(role: str) -> str:
    """What a party is to the data."""
    return {
        "controller": _("controller"), "processor": _("processor"), "sub_processor": _("sub-processor"),
    }[role]  # fmt: skip
