"""The parts that letters and files share: a field that is known or says that it is not, who writes, to whom.

>>> known("System attacked", "", "facts.toml").state
'not_yet_known'
>>> town_of("2 rue du Port, 29200 Brest")
'Brest'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from tocsin.language import _
from tocsin.law.facts import EVERYONE, Contact, Facts, Group, Identity, Party
from tocsin.law.risk.vocabulary import all_categories
from tocsin.law.risk.words import spelled
from tocsin.notices.document import Field, Paragraph, State
from tocsin.notices.figure import Figure, origin_of, population_name, words_of
from tocsin.notices.situation import Situation
from tocsin.notices.words import in_full


def known(label: str, value: str, origin: str = "", *, unless: State = "not_yet_known") -> Field:
    """A field with its value; without one, the state ``unless``."""
    return Field(label, value, "known", origin=origin) if value else Field(label, state=unless)


def instant(label: str, moment: datetime | None, place: str, origin: str, *, unless: State = "not_yet_known") -> Field:
    """A field that holds an instant, in words."""
    return known(label, in_full(moment, place) if moment else "", origin, unless=unless)


def yes_no(value: bool | None) -> str:
    """``yes``, ``no``, or nothing when nobody knows."""
    return "" if value is None else _("yes") if value else _("no")


def numbers(figures: Iterable[Figure]) -> Iterator[Field]:
    """The figures in persons and in records, each between its bounds; what is not counted is said."""
    found = list(figures)
    for unit, label in (
        ("persons", _("Approximate number of people")),
        ("records", _("Approximate number of records")),
    ):
        counted = [figure for figure in found if figure.unit == unit]
        for figure in counted:
            told = f"{label} ({population_name(figure.population).lower()})"
            yield Field(told, words_of(figure), origin=origin_of(figure), figure=figure)
        if not counted:
            yield Field(label, state="not_yet_known")


def categories_of(groups: Iterable[Group]) -> Iterator[Field]:
    """The kinds of data, for each population apart."""
    by_population: dict[str, set[str]] = {}
    for group in groups:
        by_population.setdefault(group.population, set()).update(group.categories)
    for population, names in by_population.items():
        told = ", ".join(spelled(name) for name in all_categories() if name in names)
        label = _("Data concerned ({population})").format(population=population_name(population).lower())
        yield Field(label, told, origin="facts.toml [[group]]")
    if not by_population:
        yield Field(_("Data concerned"), state="not_yet_known")


def groups_of(situation: Situation, party: Party) -> list[Group]:
    """The groups of people of one party and of no other; those told of everybody give kinds of data, never numbers."""
    assessed = situation.assessments.get(party.id)
    if assessed:
        return [item.group for item in assessed]
    return [item for item in situation.facts.group if item.controller in (EVERYONE, party.id)]


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    """Each text that is not empty."""
    return tuple(Paragraph(text) for text in texts if text)


def contact_lines(contact: Contact | None) -> str:
    """Somebody to write to or call, on lines."""
    if contact is None:
        return ""
    head = ", ".join(filter(None, (contact.name, contact.function)))
    return "\n".join(filter(None, (head, contact.email, contact.phone, contact.address)))


def sender_of(party: Party) -> tuple[str, ...]:
    """Who writes, for the head of a letter."""
    identity = party.identity or Identity()
    contact = identity.contact or Contact()
    return tuple(filter(None, (party.name, *identity.address.split("\n"), contact.email, contact.phone)))


def addressee_of(party: Party) -> tuple[str, ...]:
    """To whom a letter goes; its data-protection officer when there is one."""
    identity = party.identity or Identity()
    name = identity.dpo.name if identity.dpo else ""
    attention = _("for the attention of the data-protection officer")
    return tuple(
        filter(None, (party.name, f"{attention}, {name}" if name else attention, *identity.address.split("\n")))
    )


def signature_of(party: Party) -> tuple[str, ...]:
    """Who signs, when that is known."""
    signer = party.identity.representative if party.identity else None
    return tuple(filter(None, (signer.name, signer.function, party.name))) if signer else ()


def signatory_lacking(party: Party) -> tuple[Field, ...]:
    """That nobody is named to sign: a letter does not leave so."""
    return () if signature_of(party) else (Field(_("Who signs"), state="lacking"),)


def town_of(address: str) -> str:
    """The town of a French address: what follows its postal code."""
    found = re.search(r"\b\d{5}\s+([^\n,]+)", address)
    return found.group(1).strip() if found else ""


def place_of(party: Party) -> str:
    """Where a party writes."""
    return town_of(party.identity.address) if party.identity else ""


def served_by(facts: Facts, processor: Party) -> list[Party]:
    """Those to whom ``processor`` owes its notice."""
    return [party for party in facts.party if processor in facts.processors_of(party)]
