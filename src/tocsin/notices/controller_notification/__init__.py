"""The notice that a processor owes to each controller (GDPR 33(2)): at once, without waiting for figures.

One letter for each party that the processor serves, and each holds what concerns that party alone: another's name or
figure would be a breach of its own. What is not known is said as such; a later version completes it. It also tells the
controller which of its own clocks now run.

>>> from datetime import UTC, datetime
>>> from tocsin.law.facts import Facts
>>> at = datetime(2024, 1, 29, 14, tzinfo=UTC)
>>> operator = Party(id="operator", name="Opérateur", role="processor", aware_at=at)
>>> phare = Party(id="phare", name="Mutuelle du Phare", role="controller")
>>> letters = notify_controllers(Situation(Facts(party=(operator, phare)), at), operator)
>>> [letter.to for letter in letters]
['phare']
"""

from __future__ import annotations

from tocsin.language import _, current_language
from tocsin.law.facts import Party
from tocsin.law.notices import notices_of
from tocsin.notices.controller_notification.next_steps import first_deadline, next_steps
from tocsin.notices.controller_notification.sections import what_happened, what_is_done, who_answers, your_data
from tocsin.notices.document import Document, Field, Section
from tocsin.notices.parts import (
    addressee_of,
    paragraphs,
    place_of,
    sender_of,
    served_by,
    signatory_lacking,
    signature_of,
)
from tocsin.notices.situation import Situation
from tocsin.notices.words import in_full

KIND = "controller_notification"


def notify_controllers(situation: Situation, processor: Party) -> tuple[Document, ...]:
    """One letter for each party that ``processor`` serves."""
    return tuple(notify_controller(situation, processor, party) for party in served_by(situation.facts, processor))


def notify_controller(situation: Situation, processor: Party, addressee: Party) -> Document:
    """The letter to ``addressee``, in the current language."""
    version, before = version_of(situation, processor, addressee)
    opening = paragraphs(
        _("We inform you, under Article 33(2) of the GDPR, of a personal data breach in the processing that we carry"
          " out for you."),
        "" if situation.figures_of(addressee.id) else _("This notice leaves without waiting for figures."),
        _("What is not yet known is said as such: later versions, and the lists of the people concerned, will follow."),
        _("This is version {number}. It replaces the version of {before}.").format(
            number=version, before=before
        ) if before else "",
    )  # fmt: skip
    sections = (
        Section("", opening),
        Section(_("1. What happened"), what_happened(situation, processor, addressee)),
        Section(_("2. The people and their data"), your_data(situation, addressee)),
        Section(_("3. What is done about it"), what_is_done(situation, processor)),
        Section(_("4. What you must do now"), next_steps(situation, addressee)),
        Section(_("5. Who answers you"), (*who_answers(processor), *signatory_lacking(processor))),
        Section(_("6. What follows"), what_follows(situation)),
    )
    return Document(
        KIND, processor.id, current_language(), subject_for(addressee), sections, to=addressee.id,
        addressee=addressee_of(addressee), as_of=situation.now.isoformat(),
        warning=_("Version {number}, prepared for {party}: it binds only once signed.").format(
            number=version, party=processor.name
        ),
        signature=signature_of(processor), party_name=processor.name, sender=sender_of(processor),
        place=place_of(processor), deadline=first_deadline(situation, addressee), rests_on=situation.rests_on.words,
    )  # fmt: skip


def subject_for(addressee: Party) -> str:
    """What the letter is about, in the words of the role of who reads it."""
    if addressee.role == "processor":
        return _("personal data breach, notice to the processor (GDPR 33(2))")
    return _("personal data breach, notice to the controller (GDPR 33(2))")


def version_of(situation: Situation, processor: Party, addressee: Party) -> tuple[int, str]:
    """The number of this version, and when the one before it left."""
    left = [
        item.sent_at or item.received_at
        for item in notices_of(situation.facts, KIND, processor.id) if item.to == addressee.id
    ]  # fmt: skip
    gone = sorted(moment for moment in left if moment)
    return len(gone) + 1, in_full(gone[-1], processor.place) if gone else ""


def what_follows(situation: Situation) -> tuple[Field, ...]:
    """The lists: they never travel in a letter."""
    listed = (
        _("drawn up by run {run}; handed over apart, encrypted for you alone").format(run=situation.run)
        if situation.run else ""
    )  # fmt: skip
    return (
        Field(_("List of the people concerned"), listed, "known" if listed else "not_yet_known"),
        Field(
            _("Next version"),
            _("as soon as a figure, a list or a fact changes, without waiting for the others to be known"),
        ),
    )
