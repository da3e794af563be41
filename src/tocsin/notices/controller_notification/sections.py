"""What the letter says of the breach, of the addressee's people, and of what is done."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.language import _
from tocsin.law.facts import EVERYONE, Identity, Party
from tocsin.law.risk.words import spelled
from tocsin.notices.document import Block, Field, Paragraph
from tocsin.notices.notification.account import account_of
from tocsin.notices.parts import categories_of, contact_lines, groups_of, instant, known, numbers, yes_no
from tocsin.notices.situation import Situation
from tocsin.notices.words import day_in_full

ACCOUNT = "facts.toml [[account]]"


def what_happened(situation: Situation, processor: Party, addressee: Party) -> tuple[Block, ...]:
    """The facts, known apart from supposed, each with its moment."""
    breach = situation.facts.breach
    account = account_of(situation.facts, addressee.id)
    place = processor.place
    return (
        known(_("Nature of the breach"), ", ".join(map(spelled, breach.natures)), "facts.toml [breach] natures"),
        instant(_("It began"), breach.occurred_from, place, "facts.toml [breach] occurred_from"),
        instant(_("It ended"), breach.occurred_to, place, "facts.toml [breach] occurred_to"),
        known(_("It still goes on"), yes_no(account.is_ongoing), ACCOUNT),
        instant(_("We became aware of it"), processor.first_aware, place, "facts.toml [[party]] aware_at",
                unless="lacking"),
        known(_("What is known"), account.summary, ACCOUNT),
        known(_("What is only supposed, to be confirmed"), account.supposed, ACCOUNT),
        known(_("Systems and services concerned"), account.systems, ACCOUNT),
    )  # fmt: skip


def your_data(situation: Situation, addressee: Party) -> tuple[Block, ...]:
    """The data and the people of this addressee alone."""
    account = account_of(situation.facts, addressee.id)
    return (
        Paragraph(
            _("What follows concerns only the people whose data we process for you ({party}).").format(
                party=addressee.name
            )
        ),
        *categories_of(groups_of(situation, addressee)),
        *numbers(situation.figures_of(addressee.id)),
        known(_("Likely consequences"), account.consequences_in_words, ACCOUNT),
    )


def what_is_done(situation: Situation, processor: Party) -> tuple[Block, ...]:
    """The measures of the processor, done or decided."""
    found = [item for item in situation.facts.measure if item.by in (EVERYONE, processor.id)]
    labels = (
        ("before", _("In place before")), ("immediate", _("Done or under way")),
        ("medium_term", _("In the coming weeks")), ("long_term", _("So that it does not happen again")),
    )  # fmt: skip
    fields = []
    for horizon, label in labels:
        told = [
            _("{what} (done on {day})").format(what=item.what, day=day_in_full(item.done_on)) if item.done_on
            else item.what
            for item in found if item.horizon == horizon
        ]  # fmt: skip
        if told:
            fields.append(Field(label, "\n".join(told), origin="facts.toml [[measure]]"))
    return tuple(fields) or (Field(_("Measures taken or proposed"), state="not_yet_known"),)


def who_answers(processor: Party) -> Iterator[Field]:
    """Where the controller learns more (GDPR 33(3)(b))."""
    identity = processor.identity or Identity()
    contact = contact_lines(identity.contact) or contact_lines(identity.dpo)
    yield known(_("Contact"), contact, "facts.toml [party.identity]", unless="lacking")
    if identity.contact and identity.dpo:
        yield Field(_("Data-protection officer"), contact_lines(identity.dpo), origin="facts.toml [party.identity.dpo]")
