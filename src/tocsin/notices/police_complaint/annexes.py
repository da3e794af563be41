"""The annexes: numbered, counted, each with its digest, and the list is closed.

>>> from tocsin.language import speaking
>>> with speaking("en"):
...     close_annexes((Annex("log of node a2", "operator", "9f86d0"),))[-1].text
'List closed at 1 annex.'
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tocsin.evidence.seal import EvidenceItem
from tocsin.language import _
from tocsin.law.calendar import HOME
from tocsin.law.facts import Facts, Party
from tocsin.law.words import grouped, kind_name
from tocsin.notices.document import Block, Paragraph, Table
from tocsin.notices.words import in_full


@dataclass(frozen=True)
class Annex:
    """One thing joined to the file."""

    what: str
    held_by: str = ""
    sha256: str = ""


def own_annexes(facts: Facts, party: Party) -> tuple[Annex, ...]:
    """The traces preserved, then the receipts of what the victim sent to others."""
    traces = [Annex(item.what, item.held_by, item.sha256) for item in facts.trace if item.is_preserved]
    receipts = [
        Annex(_("receipt: {kind}, {receipt}").format(kind=kind_name(item.duty), receipt=item.receipt), party.name)
        for item in facts.notice if item.by == party.id and item.receipt and item.duty != "police_complaint"
    ]  # fmt: skip
    return (*traces, *receipts)


def sealed_annexes(items: Iterable[EvidenceItem], held_by: str) -> tuple[Annex, ...]:
    """The log files that a case sealed; never a register, which is a list of people."""
    return tuple(
        Annex(
            _("sealed file {path}, {bytes} bytes, sealed on {at}").format(
                path=item.path, bytes=grouped(item.bytes), at=in_full(datetime.fromisoformat(item.sealed_at), HOME)
            ),
            held_by, item.sha256,
        )
        for item in items if item.role == "log" and item.same_as is None
    )  # fmt: skip


def close_annexes(annexes: Sequence[Annex]) -> tuple[Block, ...]:
    """The list and its count."""
    if not annexes:
        return (Paragraph(_("List closed without annex.")),)
    rows = tuple(
        (str(number), item.what, item.held_by, item.sha256 or _("none")) for number, item in enumerate(annexes, start=1)
    )
    table = Table((_("number"), _("annex"), _("held by"), "SHA-256"), rows)
    if len(annexes) == 1:
        return (table, Paragraph(_("List closed at 1 annex.")))
    return (table, Paragraph(_("List closed at {count} annexes.").format(count=len(annexes))))
