"""Letters to whom holds traces and could lose them: logs rotate, mailboxes purge, backups are overwritten.

One letter for each holder: what, of which period, until when it would be destroyed, on which ground. It names no
person concerned, tells no figure and holds nothing of the account of the breach: a host needs none of it. What only an
inquiry can demand (:data:`BY_INQUIRY`) goes into the police complaint instead (:func:`asked_of_the_inquiry`).

>>> from datetime import UTC, datetime
>>> from tocsin.law.facts import Facts, Trace
>>> party = Party(id="phare", name="Mutuelle du Phare", role="controller")
>>> kept = Trace(what="logs of the proxy", held_by="Hébergeur Exemple")
>>> case = Situation(Facts(party=(party,), trace=(kept,)), datetime(2024, 2, 2, tzinfo=UTC))
>>> [letter.addressee[0] for letter in write_preservation_letters(case, party)]
['Hébergeur Exemple']
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tocsin.language import _, current_language
from tocsin.law.facts import Party
from tocsin.notices.document import Block, Document, Field, Paragraph, Section, Table
from tocsin.notices.parts import paragraphs, place_of, sender_of, signatory_lacking, signature_of
from tocsin.notices.police_complaint.traces import period_of
from tocsin.notices.preservation_letter.wanted import BY_INQUIRY, Wanted, wanted_by_facts
from tocsin.notices.situation import Situation
from tocsin.notices.words import day_in_full

__all__ = ["BY_INQUIRY", "Wanted", "asked_of_the_inquiry", "write_preservation_letters"]
KIND = "preservation_letter"


def write_preservation_letters(
    situation: Situation, party: Party, wanted: Sequence[Wanted] = ()
) -> tuple[Document, ...]:
    """One letter for each holder but ``party`` itself; ``wanted`` are traces that a run found missing or in danger."""
    by_holder: dict[str, list[Wanted]] = {}
    for item in (*wanted_by_facts(situation.facts), *wanted):
        if item.kind not in BY_INQUIRY and item.holder != party.name:
            by_holder.setdefault(item.holder, []).append(item)
    return tuple(_letter(situation, party, holder, items) for holder, items in by_holder.items())


def asked_of_the_inquiry(wanted: Sequence[Wanted]) -> tuple[str, ...]:
    """What its holders give to an inquiry only, one line each."""
    return tuple(f"{item.what}, {period_of(item.since, item.until)}" for item in wanted if item.kind in BY_INQUIRY)


def _letter(situation: Situation, party: Party, holder: str, items: list[Wanted]) -> Document:
    ends = [item.kept_until for item in items if item.kept_until]
    sections = (
        Section("", paragraphs(
            _("An attack touched a system with which your services have to do. We ask you to preserve the traces listed"
              " below, now, before they are erased in the ordinary course."),
            _("This letter names no person concerned, and asks you to send us no personal data: it asks you to keep."),
        )),
        Section(_("1. What to preserve"), (*_listed(items), *_destroyed(items), *_unnamed(items))),
        Section(_("2. How"), paragraphs(
            _("Suspend every erasure, rotation and overwriting for these traces, backups included."),
            _("Copy them without change, note the SHA-256 digest of each file, the clock and time zone of the machine,"
              " who copied them and when."),
            _("Restrict access to the copies, and keep a list of who opened them."),
            _("If a part is gone already, tell us what, since when and why: that is needed too."),
        )),
        Section(_("3. On which ground"), paragraphs(*_grounds(situation, party, items))),
        Section(_("4. Your answer"), (
            Paragraph(_("Confirm in writing, today if you can, what is kept and from when to when.")),
            Paragraph(_("Keep until we release you in writing, or the authority in charge of the inquiry decides.")),
            *signatory_lacking(party),
        )),
    )  # fmt: skip
    return Document(
        KIND, party.id, current_language(), _("request to preserve traces"), sections, to=holder,
        addressee=(holder,), as_of=situation.now.isoformat(),
        warning=_("Letter prepared for {party}: it binds only once signed.").format(party=party.name),
        signature=signature_of(party), party_name=party.name, sender=sender_of(party), place=place_of(party),
        deadline=_deadline(ends), rests_on=situation.rests_on.words,
    )  # fmt: skip


def _listed(items: list[Wanted]) -> tuple[Block, ...]:
    rows = tuple(
        (
            str(number), item.what, period_of(item.since, item.until),
            day_in_full(item.kept_until) if item.kept_until else _("not yet known"), item.why or "–",
        )
        for number, item in enumerate(items, start=1)
    )  # fmt: skip
    return (Table((_("number"), _("what"), _("period"), _("destroyed after"), _("what for")), rows),)


def _destroyed(items: list[Wanted]) -> tuple[Block, ...]:
    """When nobody knows until when they are kept, the holder is asked first of all."""
    if all(item.kept_until for item in items):
        return ()
    return (Field(_("Until when you keep what has no day above"), state="not_yet_known"),)


def _unnamed(items: list[Wanted]) -> tuple[Block, ...]:
    """A holder of whom only the trade is known: somebody must say who it is."""
    if not items[0].is_named:
        return (Field(_("Name and address of this holder (held_by of a [[trace]] of facts.toml)"), state="lacking"),)
    return ()


def _deadline(ends: list[date]) -> str:
    if not ends:
        return _("at once: until when the traces are kept is not yet known")
    return _("at once; the first traces are destroyed after {day}").format(day=day_in_full(min(ends)))


def _grounds(situation: Situation, party: Party, items: list[Wanted]) -> tuple[str, ...]:
    """Why the holder should; no ground is invented for whom no text binds."""
    facts = situation.facts
    is_processor = any(item.kind == "processor" for item in items) or any(
        other.name == items[0].holder and other.role != "controller" for other in facts.party
    )
    bound = _(
        "As our processor you help us to comply with Articles 32 to 36 of the GDPR and give us what shows that you do"
        " (GDPR 28(3)(f) and (h)); this letter is a documented instruction (GDPR 28(3)(a))."
    )
    free = _(
        "We must be able to prove what happened and to document it (GDPR 5(2) and 33(5)). We ask this of you under our"
        " contract, or else as a matter of good faith: only an authority could compel you."
    )
    complaint = _(
        "A complaint is being lodged, or already is; the inquiry may demand these traces (Code de procédure pénale"
        " 60-1, 77-1-1 and 99-3). To let them go after this letter could deprive it of them."
    )
    return (
        bound if is_processor and party.role == "controller" else free,
        *((complaint,) if facts.breach.is_attack else ()),
    )
