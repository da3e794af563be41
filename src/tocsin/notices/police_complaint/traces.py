"""The traces: what is kept, by whom, with which digest; and what only an inquiry can demand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tocsin.language import _
from tocsin.law.calendar import HOME
from tocsin.law.facts import Trace
from tocsin.notices.document import Block, Field, Paragraph, Table
from tocsin.notices.situation import Situation
from tocsin.notices.words import day_in_full, in_full


def traces_table(situation: Situation, *, has_annexes: bool) -> tuple[Block, ...]:
    """Every trace named by the facts, kept or in danger."""
    traces = situation.facts.trace
    if not traces and has_annexes:
        return (Paragraph(_("The traces kept are those of the annexes.")),)
    if not traces:
        return (Field(_("Traces"), state="not_yet_known"),)
    rows = tuple((item.what, item.held_by, period_of(item.since, item.until), _state(item)) for item in traces)
    return (Table((_("what"), _("held by"), _("period"), _("state")), rows),)


def period_of(since: datetime | None, until: datetime | None) -> str:
    """From when to when."""
    if since and until:
        return _("from {since} to {until}").format(since=in_full(since, HOME), until=in_full(until, HOME))
    if since:
        return _("from {since}").format(since=in_full(since, HOME))
    if until:
        return _("to {until}").format(until=in_full(until, HOME))
    return _("not yet known")


def _state(item: Trace) -> str:
    if item.is_preserved:
        return _("preserved") if item.sha256 else _("preserved, without digest")
    if item.kept_until:
        return _("in danger: destroyed after {day}").format(day=day_in_full(item.kept_until))
    return _("not preserved yet")


def requisitions(situation: Situation, asked: Sequence[str]) -> tuple[Block, ...]:
    """What its holders give to the inquiry and to nobody else."""
    dying = [item for item in situation.facts.trace if item.kept_until and not item.is_preserved]
    told = [
        _("{what}, held by {holder}, before {day}").format(
            what=item.what, holder=item.held_by, day=day_in_full(item.kept_until)
        )
        for item in dying if item.kept_until
    ]  # fmt: skip
    lines = [*told, *asked]
    if not lines:
        return ()
    return (Paragraph(_("The inquiry could usefully demand:")), *(Paragraph(f"– {line}") for line in lines))
