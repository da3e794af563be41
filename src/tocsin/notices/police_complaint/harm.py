"""The damage, the people and data behind it, the insurance, who else was told, and what was done."""

from __future__ import annotations

from tocsin.language import _
from tocsin.law.facts import EVERYONE, Party
from tocsin.law.words import addressee_name, kind_name
from tocsin.notices.document import Block, Field, Paragraph
from tocsin.notices.figure import Figure
from tocsin.notices.notification.account import account_of
from tocsin.notices.parts import categories_of, groups_of, known, numbers
from tocsin.notices.situation import Situation
from tocsin.notices.words import day_in_full, end_in_full, in_full

OTHERS = (
    "authority_notification", "controller_notification", "insurer_notice", "dora_initial", "nis1_incident",
    "nis2_early_warning", "health_incident",
)  # fmt: skip
"""What the victim may have sent to others than the police."""


def people_and_data(situation: Situation, party: Party) -> tuple[Block, ...]:
    """How many people, of which data: bounds, never a single number; no name of anybody."""
    return (
        Paragraph(
            _("No list of people is joined: it is handed over sealed, on demand of the inquiry. Numbers are bounds: the"
              " people may be as many as the upper one.")
        ),
        *categories_of(groups_of(situation, party) if party.role == "controller" else situation.facts.group),
        *numbers(_figures_of(situation, party)),
    )  # fmt: skip


def _figures_of(situation: Situation, party: Party) -> tuple[Figure, ...]:
    """Its own; those of the whole breach when it is the only processor, and so all of it happened at its place."""
    processors = [item for item in situation.facts.party if item.role == "processor"]
    own = situation.figures_of(party.id)
    return own or (situation.figures_of(EVERYONE) if processors == [party] else ())


def what_it_cost(situation: Situation, party: Party) -> tuple[Block, ...]:
    """The damage: in words, and its amount when it is known."""
    account = account_of(situation.facts, party.id)
    return (
        known(_("Consequences for the people"), account.consequences_in_words, "facts.toml [[account]]"),
        Field(_("Costs of the victim so far, in euros"), state="not_yet_known"),
    )


def insurance(situation: Situation, party: Party) -> tuple[Block, ...]:
    """Who pays for such losses, and who else knows."""
    insured = party.cyber_insurance
    duty = next((item for item in situation.duties if item.kind == "insurer_notice" and item.by == party.id), None)
    fields = [known(_("Insurer of such losses"), insured.insurer if insured else "", "facts.toml cyber_insurance")]
    if duty and duty.due:
        told = _("by {end} ({text})").format(end=end_in_full(duty.due, party.place), text=duty.basis.name)
        fields.append(Field(_("Notice of the loss to the insurer"), told))
    sent = [
        (item, item.sent_at or item.received_at) for item in situation.facts.notice
        if item.by == party.id and item.duty in OTHERS
    ]  # fmt: skip
    lines = []
    for item, moment in sent:
        if moment:
            to = addressee_name(situation.facts.name_of(item.to)) if item.to else ""
            said = _("{kind}: {at}").format(kind=kind_name(item.duty), at=in_full(moment, party.place))
            lines.append(f"{said} ({to})" if to else said)
    fields.append(known(_("Others told"), "\n".join(lines), "facts.toml [[notice]]"))
    return tuple(fields)


def what_is_done(situation: Situation, party: Party) -> tuple[Block, ...]:
    """The measures of the victim."""
    told = [
        _("{what} (done on {day})").format(what=item.what, day=day_in_full(item.done_on)) if item.done_on else item.what
        for item in situation.facts.measure if item.by in (EVERYONE, party.id) and item.horizon != "before"
    ]  # fmt: skip
    return (known(_("Measures taken or proposed"), "\n".join(told), "facts.toml [[measure]]"),)
