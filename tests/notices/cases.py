"""A case for the tests of letters and files: an operator, its insurers, and what was told of an attack."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tocsin.law.duties import duties_of
from tocsin.law.facts import Account, Breach, Contact, Facts, Group, Identity, Measure, Party, Trace
from tocsin.law.judgement import judge
from tocsin.law.risk.controllers import assess_facts, propose
from tocsin.notices.document import Document, Field, Paragraph
from tocsin.notices.figure import Figure
from tocsin.notices.situation import Situation

NOW = datetime.fromisoformat("2024-02-02T15:30:00+01:00")
AWARE = datetime.fromisoformat("2024-01-29T18:30:00+01:00")
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
SIGNER = Identity(
    siret="12345678900011", address="10 quai des Exemples\n35000 Rennes",
    contact=Contact(name="Camille Exemple", email="crise@operateur.example"),
    representative=Contact(name="Claude Exemple", function="directrice générale"),
)  # fmt: skip
OPERATOR = Party(
    id="operator", name="Opérateur Exemple", role="processor", aware_at=AWARE, attack_known_at=AWARE, identity=SIGNER
)
PHARE = Party(id="phare", name="Mutuelle du Phare", role="controller", informed_at=NOW, attack_known_at=NOW)
ANCRE = Party(id="ancre", name="Mutuelle de l’Ancre", role="controller")
KEPT = Trace(what="journal du nœud a2", held_by="Opérateur Exemple", sha256=DIGEST, is_preserved=True)
DYING = Trace(
    what="journaux du répartiteur", held_by="Hébergeur Exemple", since=AWARE, until=NOW, kept_until=date(2024, 2, 20)
)
TOLD = Account(
    summary="Des robots ont lu le portail.", supposed="Les mots de passe auraient été obtenus par hameçonnage.",
    systems="portail des professionnels",
)  # fmt: skip


def facts_of(*parties: Party, **more: Any) -> Facts:
    """An attack, with the parties given."""
    breach = Breach(is_attack=True, occurred_from=datetime.fromisoformat("2024-01-22T08:00:00+01:00"))
    return Facts(**{"breach": breach, "party": parties, **more})


def full_facts() -> Facts:
    """Everything that these tests look for."""
    return facts_of(
        OPERATOR, PHARE, ANCRE, account=(TOLD,), trace=(KEPT, DYING),
        group=(Group(id="insured", categories=("name", "nir")),),
        measure=(Measure(by="operator", horizon="immediate", what="trois comptes fermés", done_on=date(2024, 1, 29)),),
    )  # fmt: skip


def situation_of(
    facts: Facts, figures: dict[str, tuple[Figure, ...]] | None = None, *, now: datetime = NOW
) -> Situation:
    """The situation of a case at one instant."""
    assessed = assess_facts(facts)
    proposals = propose(assessed)
    return Situation(
        facts, now, tuple(duties_of(facts, proposals, now=now)),
        {party.id: judge(facts, party.id, proposals) for party in facts.party}, assessed, figures or {},
    )  # fmt: skip


def everything_in(document: Document) -> str:
    """All that a document says, as one text."""
    parts: list[str] = [document.title, document.warning, document.deadline, document.party_name, document.rests_on]
    parts += [*document.addressee, *document.sender, *document.signature]
    for section in document.sections:
        parts.append(section.title)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                parts.append(block.text)
            elif isinstance(block, Field):
                parts += [block.label, block.value, block.origin, repr(block.figure or "")]
            else:
                parts += [*block.columns, *(cell for row in block.rows for cell in row)]
    return "\n".join(parts)


def field_of(document: Document, label: str) -> Field:
    """The field of that label."""
    return next(field for field in document.fields if field.label == label)
