"""The facts: three moments kept apart, and what is known kept apart from what is supposed."""

from __future__ import annotations

from tocsin.language import _
from tocsin.law.facts import Party
from tocsin.law.risk.words import spelled
from tocsin.notices.document import Block, Field, Paragraph
from tocsin.notices.notification.account import account_of
from tocsin.notices.parts import instant, known, yes_no
from tocsin.notices.situation import Situation

ACCOUNT = "facts.toml [[account]]"


def three_clocks(situation: Situation, party: Party) -> tuple[Block, ...]:
    """Occurred; attack known, which starts the clock of the insurance; breach known, which starts that of the GDPR."""
    breach, place = situation.facts.breach, party.place
    duty = next((item for item in situation.duties if item.kind == "police_complaint" and item.by == party.id), None)
    fields: list[Block] = [
        instant(_("It happened from"), breach.occurred_from, place, "facts.toml [breach] occurred_from"),
        instant(_("It happened until"), breach.occurred_to, place, "facts.toml [breach] occurred_to"),
        instant(_("The victim knew of the attack"), party.attack_known_at, place,
                "facts.toml [[party]] attack_known_at", unless="lacking"),
        instant(_("The victim knew that personal data were touched"), party.first_aware, place,
                "facts.toml [[party]] aware_at, informed_at"),
    ]  # fmt: skip
    if duty:
        quoted = f"{duty.basis.name} : « {duty.basis.quotation} »"
        fields.append(Field(_("The clock of the complaint"), "\n".join(duty.computation), origin=quoted))
    return tuple(fields)


def facts_known(situation: Situation, party: Party) -> tuple[Block, ...]:
    """What somebody saw or measured."""
    breach = situation.facts.breach
    account = account_of(situation.facts, party.id)
    return (
        known(_("System attacked"), account.systems, ACCOUNT, unless="lacking"),
        known(_("What happened"), account.summary, ACCOUNT, unless="lacking"),
        known(_("Touched"), ", ".join(map(spelled, breach.natures)), "facts.toml [breach] natures"),
        instant(_("Discovered"), account.discovered_at, party.place, ACCOUNT),
        known(_("Discovered how"), account.discovered_how, ACCOUNT),
        known(_("It still goes on"), yes_no(account.is_ongoing), ACCOUNT),
    )


def facts_supposed(situation: Situation, party: Party) -> tuple[Block, ...]:
    """What the inquiry must confirm or rule out."""
    account = account_of(situation.facts, party.id)
    return (
        Paragraph(_("What follows is not established. The inquiry alone can confirm it or rule it out.")),
        known(_("Supposed"), account.supposed, ACCOUNT),
        Field(_("Author"), _("against a person unknown"), origin=_("no fact names anybody")),
    )
