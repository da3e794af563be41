"""The file to hand in when lodging a complaint for an attack on a system (Code des assurances L.12-10-1, LOPMI).

It is not the complaint: police, gendarmerie or the prosecutor receive that, and their receipt is what the insurer asks
for. The file keeps three clocks apart (when it happened, when the attack was known, when the breach was), and what is
known apart from what is supposed. Its annexes are a closed list: numbered, counted, each with its digest.

>>> from datetime import UTC, datetime
>>> from tocsin.law.facts import Breach, Facts
>>> party = Party(id="phare", name="Mutuelle du Phare", role="controller")
>>> case = Situation(Facts(breach=Breach(is_attack=True), party=(party,)), datetime(2024, 2, 2, tzinfo=UTC))
>>> make_police_complaint(case, party).kind
'police_complaint'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.language import _, current_language
from tocsin.law.facts import Party
from tocsin.notices.document import Block, Document, Paragraph, Section, Table
from tocsin.notices.parts import paragraphs, place_of, signature_of
from tocsin.notices.police_complaint.annexes import Annex, close_annexes, own_annexes, sealed_annexes
from tocsin.notices.police_complaint.facts import facts_known, facts_supposed, three_clocks
from tocsin.notices.police_complaint.harm import insurance, people_and_data, what_is_done, what_it_cost
from tocsin.notices.police_complaint.offences import offences_of, offences_table
from tocsin.notices.police_complaint.places import places_table
from tocsin.notices.police_complaint.traces import requisitions, traces_table
from tocsin.notices.police_complaint.victim import victim
from tocsin.notices.situation import Situation
from tocsin.notices.words import end_in_full

__all__ = ["Annex", "make_police_complaint", "sealed_annexes"]
KIND = "police_complaint"


def make_police_complaint(
    situation: Situation, party: Party, annexes: Sequence[Annex] = (), asked: Sequence[str] = ()
) -> Document:
    """The file of ``party``, in the current language.

    ``annexes`` come after its own; ``asked`` are traces that only an inquiry can demand.
    """
    known_parts = (
        Section(_("1. The victim"), victim(situation, party)),
        Section(_("2. Three moments, which are not the same"), three_clocks(situation, party)),
        Section(_("3. What is known"), facts_known(situation, party)),
        Section(_("4. What is only supposed"), facts_supposed(situation, party)),
        Section(_("5. Offences"), offences_table(offences_of(situation.facts.breach, situation.now))),
        Section(_("6. People and data"), people_and_data(situation, party)),
        Section(_("7. Damage"), what_it_cost(situation, party)),
        Section(_("8. Insurance and others told"), insurance(situation, party)),
        Section(_("9. What was done"), what_is_done(situation, party)),
        Section(
            _("10. Traces"), (*traces_table(situation, has_annexes=bool(annexes)), *requisitions(situation, asked))
        ),
        Section(_("11. Annexes"), close_annexes((*own_annexes(situation.facts, party), *annexes))),
    )
    document = Document(
        KIND, party.id, current_language(), _("File for a police complaint: attack on a data system"),
        known_parts, to="prosecutor", as_of=situation.now.isoformat(), party_name=party.name,
        warning=_("A file to be handed in, not the complaint itself. Police, gendarmerie or the prosecutor receive the"
                  " complaint and give a receipt: keep it."),
        signature=signature_of(party), place=place_of(party), deadline=deadline(situation, party),
        rests_on=situation.rests_on.words,
    )  # fmt: skip
    closing = (
        Section(_("12. What is still to be given"), still_to_give(document)),
        Section(_("13. Where it can be lodged"), places_table()),
    )
    return replace(document, sections=(*known_parts, *closing))


def deadline(situation: Situation, party: Party) -> str:
    """By when, if an insurance is to pay."""
    for duty in situation.duties:
        if duty.kind == KIND and duty.by == party.id:
            if duty.due:
                return end_in_full(duty.due, party.place)
            return _("not yet known: it runs from the knowledge of the attack")
    return ""


def still_to_give(document: Document) -> tuple[Block, ...]:
    """What lacks, what is not yet known, and what to bring."""
    waiting = [field.label for field in document.fields if field.state == "not_yet_known"]
    rows = [(label, _("lacking: before it is handed in")) for label in document.lacking]
    rows += [(label, _("not yet known: as soon as it is")) for label in waiting]
    bring = paragraphs(
        _("To bring: proof of the identity of who signs, its power to act for the victim, an extract of registration,"
          " and the annexes on a medium that keeps their digests."),
        _("Facts discovered later are handed in as a complement to the complaint, with the number of the record."),
    )  # fmt: skip
    table = (Table((_("what"), _("when")), tuple(rows)),) if rows else (Paragraph(_("Nothing lacks.")),)
    return (*table, *bring)
