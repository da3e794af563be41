"""``tocsin duties``: who must tell whom what, by when, under which text, counted how."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer

from tocsin.cli.facts import AtOption, moment, names_of, open_facts, write_example
from tocsin.cli.register_case import BesideOption, with_register
from tocsin.cli.screen import HERE, CaseOption, JsonOption, RunOption, print_json, print_table, screen
from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.law.calendar import told, told_end
from tocsin.law.duties import duties_of
from tocsin.law.duty import Duty
from tocsin.law.proposals import digital_omnibus
from tocsin.law.risk.controllers import assess_facts, propose
from tocsin.law.words import addressee_name, checked_name, kind_name, standing_name, state_name


def duties(
    case: CaseOption = HERE,
    run: RunOption = None,
    party: Annotated[str | None, typer.Option("--party", help="only the duties of this party")] = None,
    why: Annotated[bool, typer.Option("--why", help="show how each deadline is counted, and on what text")] = False,
    simulate: Annotated[
        str | None, typer.Option("--simulate", help="digital-omnibus: a proposal, beside the law")
    ] = None,
    at: AtOption = None,
    new: Annotated[bool, typer.Option("--new", help="write a commented facts.toml")] = False,
    register: BesideOption = None,
    json: JsonOption = False,
) -> None:
    """Every duty of every party, what is due first on top."""
    if new:
        path = write_example(case)
        if json:
            print_json({"facts": str(path)})
        else:
            screen.print(_("Wrote {path}. Fill it in, then `tocsin duties`.").format(path=path), markup=False)
        return
    if simulate not in (None, digital_omnibus.NAME):
        raise TocsinError(
            "unknown-proposal", _("{given!r} is no proposal that is encoded").format(given=simulate),
            where="--simulate", remedy=_("use one of {words}").format(words=digital_omnibus.NAME),
        )  # fmt: skip
    now = moment(at)
    facts, found = open_facts(case, run, clocks_only=True)
    facts = with_register(facts, case, register)
    listed = duties_of(facts, propose(assess_facts(facts)), now=now, simulate=simulate)
    names = names_of(facts, party)
    listed = [duty for duty in listed if party in (None, duty.by)]
    if json:
        print_json({"at": now, "run": found.id if found else None, "duties": [as_json(duty) for duty in listed]})
        return
    print_duties(listed, names, now)
    if why:
        for number, duty in enumerate(listed, start=1):
            print_reasons(number, duty, names)


def as_json(duty: Duty) -> dict[str, Any]:
    """A duty with the text that it rests on, for scripts."""
    basis = asdict(duty.basis)
    return {**asdict(duty), "basis": {key: basis[key] for key in ("text", "quotation", "source", "checked_on", "sure",
            "in_force_from", "in_force_to", "notes")}}  # fmt: skip


def print_duties(listed: list[Duty], names: dict[str, str], now: datetime) -> None:
    """The list, in the order in which things are due."""
    print_table(
        _("Duties at {now}").format(now=f"{now:%Y-%m-%d %H:%M %z}"),
        ["", _("who"), _("what"), _("to whom"), _("due"), _("time left"), _("state"), _("text")],
        [
            [
                str(number),
                names[duty.by] + (_(" (filed by {other})").format(other=names[duty.filed_by]) if duty.filed_by else ""),
                kind_name(duty.kind) + (f" ({duty.about})" if duty.about and duty.kind != "formal_notice" else ""),
                names.get(duty.to) or addressee_name(duty.to), due_words(duty), time_left(duty, now),
                state_name(duty.state), "; ".join(filter(None, [duty.basis.name, standing_name(duty)])),
            ]
            for number, duty in enumerate(listed, start=1)
        ],
    )  # fmt: skip
    asked = sorted({ask for duty in listed for ask in duty.asks})
    if asked:
        screen.print()
        screen.print(_("A person must still:"), markup=False, style="bold")
        for ask in asked:
            count = sum(ask in duty.asks for duty in listed)
            screen.print(f"  - {ask}" + (f" ({count})" if count > 1 else ""), markup=False, soft_wrap=True)


def due_words(duty: Duty) -> str:
    """The deadline on the clock of the party, or why there is none."""
    if duty.due:
        return told_end(duty.due, duty.place)
    return _("at once") if duty.pace == "at_once" else _("not yet known")


def time_left(duty: Duty, now: datetime) -> str:
    """Hours and minutes left, or gone; of what has left, only how late it was."""
    gone = duty.sent_at or duty.received_at
    moment_of = duty.due or duty.since
    if moment_of is None or duty.state == "not_owed" or (gone and duty.due is None):
        return ""
    left = moment_of - (gone or now)
    words = _spell(abs(left))
    if left >= timedelta():
        return words if duty.due and not gone else ""
    return _("{time} late").format(time=words) if duty.due else _("since {time}").format(time=words)


def _spell(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    return _("{days} d {hours} h").format(days=days, hours=rest // 60) if days else f"{rest // 60} h {rest % 60:02d}"


def print_reasons(number: int, duty: Duty, names: dict[str, str]) -> None:
    """How one deadline is counted, on what text, and what a person must still do."""
    screen.print()
    screen.print(f"{number}. {names[duty.by]}: {duty.what}", markup=False, style="bold", soft_wrap=True)
    parts = [
        (_("text"), (f"{duty.basis.name}: « {duty.basis.quotation} »" if duty.basis.quotation else duty.basis.name,
                     f"{duty.basis.source} ({checked_name(duty)})", standing_name(duty), duty.basis.note)),
        (_("counted"), duty.computation),
        (_("reasons"), duty.reasons),
        (_("good to know"), duty.information),
        (_("at stake"), (duty.at_stake,)),
        (_("still to do"), duty.asks),
        (_("receipt"), (_receipt(duty),)),
    ]  # fmt: skip
    for title, lines in parts:
        told_lines = [line for line in lines if line]
        if told_lines:
            words = _("   {title}: {text}").format(title=title, text="\n      ".join(told_lines))
            screen.print(words, markup=False, soft_wrap=True, highlight=False)


def _receipt(duty: Duty) -> str:
    if duty.received_at and duty.receipt:
        return _("{receipt}, received {at}").format(receipt=duty.receipt, at=told(duty.received_at, duty.place))
    return ""
