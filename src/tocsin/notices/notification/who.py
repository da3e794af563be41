"""Who is controller, who files, who else takes part."""

from __future__ import annotations

from tocsin.language import _
from tocsin.law.calendar import local
from tocsin.law.facts import Contact, Identity, Party
from tocsin.notices.notification.answer import NOT_APPLICABLE, UNKNOWN, Answer, said, yes_or_no
from tocsin.notices.situation import Situation

ORIGIN = "facts.toml [party.identity]"


def answer_who(situation: Situation, party: Party, filed_by: str) -> dict[str, Answer]:
    """The controller, its DPO, who files, and the other parties."""
    identity = party.identity or Identity()
    filer = next((item for item in situation.facts.party if item.id == filed_by), party)
    by = (filer.identity.contact if filer.identity else None) or Contact()
    return {
        "controller.name": said(party.name, "facts.toml [[party]] name"),
        "controller.siren": said(identity.siren or identity.siret, ORIGIN),
        "controller.identifier": said(identity.siret or identity.siren or identity.lei, ORIGIN),
        "controller.lei": said(identity.lei, ORIGIN),
        "controller.address": said(identity.address, ORIGIN),
        "controller.details": said(_lines(identity.address, _reach(identity.contact)), ORIGIN),
        "controller.sector": said(identity.sector, ORIGIN),
        "controller.size": said(identity.size, ORIGIN),
        "controller.is_in_eea": Answer("yes", "tocsin: controllers outside the Union are left out"),
        "controller.is_public": yes_or_no(identity.is_public, ORIGIN),
        "filer.name": said(by.name, ORIGIN),
        "filer.function": said(by.function, ORIGIN),
        "filer.role": _filer_role(by, identity, party, filer),
        "filer.details": said(_reach(by), ORIGIN),
        "filer.email": said(by.email, ORIGIN),
        "filer.phone": said(by.phone, ORIGIN),
        "filer.organisation": said(filer.name, "facts.toml [[party]] name"),
        "filer.lei": said(filer.identity.lei if filer.identity else "", ORIGIN),
        **_second(identity.second_contact),
        **_dpo(identity),
        **_others(situation, party),
    }


def _filer_role(by: Contact, identity: Identity, party: Party, filer: Party) -> Answer:
    if not by.name:
        return UNKNOWN
    if identity.dpo and by.name == identity.dpo.name:
        return Answer("dpo", ORIGIN)
    if filer is party and identity.representative and by.name == identity.representative.name:
        return Answer("representative", ORIGIN)
    return Answer("other", ORIGIN)


def _second(contact: Contact | None) -> dict[str, Answer]:
    given = contact or Contact()
    return {
        "second.name": said(given.name, ORIGIN), "second.email": said(given.email, ORIGIN),
        "second.phone": said(given.phone, ORIGIN),
    }  # fmt: skip


def _dpo(identity: Identity) -> dict[str, Answer]:
    has_dpo = True if identity.dpo else identity.has_dpo
    if has_dpo is False:
        return {
            "dpo.is_designated": Answer("no", ORIGIN),
            **dict.fromkeys(("dpo.name", "dpo.reference", "dpo.details"), NOT_APPLICABLE),
        }
    dpo = identity.dpo or Contact()
    return {
        "dpo.is_designated": yes_or_no(has_dpo, ORIGIN), "dpo.name": said(dpo.name, ORIGIN),
        "dpo.reference": said(dpo.reference, ORIGIN), "dpo.details": said(_reach(dpo), ORIGIN),
    }  # fmt: skip


def _others(situation: Situation, party: Party) -> dict[str, Answer]:
    """The processors, and when they told the controller."""
    found = situation.facts.processors_of(party)
    if not found:
        return {
            "others.are_involved": Answer("no", "facts.toml [[party]]"),
            **dict.fromkeys(("others.role", "others.names", "others.details", "others.told_at"), NOT_APPLICABLE),
        }
    details = "; ".join(filter(None, (_named(item) for item in found)))
    told_at = f"{local(party.informed_at, party.place):%d/%m/%Y %H:%M}" if party.informed_at else ""
    return {
        "others.are_involved": Answer("yes", "facts.toml [[party]]"),
        "others.role": said(_("processor"), "facts.toml [[party]] role"),
        "others.names": said("; ".join(item.name for item in found), "facts.toml [[party]] name"),
        "others.details": said(details, ORIGIN),
        "others.told_at": said(told_at, "facts.toml [[party]] informed_at"),
    }


def _named(party: Party) -> str:
    identity = party.identity or Identity()
    reach = _lines(identity.address, _reach(identity.contact))
    return f"{party.name} ({reach})" if reach else ""


def _reach(contact: Contact | None) -> str:
    if contact is None:
        return ""
    return _lines(contact.name, contact.function, contact.email, contact.phone, contact.address)


def _lines(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
