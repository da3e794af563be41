"""``tocsin contain``: shut the intruder out, tell others what to look for, and keep the traces that would be lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from tocsin.analysis.containment import Containment, find_containment
from tocsin.analysis.containment.exports import write_csv, write_indicators_csv, write_stix
from tocsin.analysis.containment.words import (
    word_of_act,
    word_of_holder,
    word_of_reason,
    word_of_trace,
    word_of_why,
    word_of_withheld,
)
from tocsin.analysis.run import find_run
from tocsin.cli.screen import HERE, CaseOption, JsonOption, RunOption, print_json, print_table, screen
from tocsin.evidence.case import CaseFolder, open_case
from tocsin.language import _

INTERNAL, SHAREABLE = "internal", "shareable"
MOST = 60


def contain(
    case: CaseOption = HERE,
    run: RunOption = None,
    out: Annotated[Path | None, typer.Option(help="write the lists to this folder, CSV and STIX 2.1")] = None,
    json: JsonOption = False,
) -> None:
    """Accounts to close in order of urgency, indicators to share, traces to have preserved."""
    folder = open_case(case)
    done = find_run(folder, run)
    found = find_containment(folder, done)
    written = write_containment(found, folder, out) if out is not None else []
    if json:
        print_json({"run": done.id, **asdict(found), "files": [str(path) for path in written]})
        return
    print_containment(found)
    for path in written:
        screen.print(_("Written: {path}").format(path=path), markup=False, soft_wrap=True)
    screen.print(_("Run {id}; times are UTC.").format(id=done.id), markup=False)


def print_containment(found: Containment) -> None:
    """The lists for people."""
    print_table(
        _("Accounts, most urgent first"),
        [_("portal"), _("account"), "A", "B", _("last hostile act"), _("last seen"), _("what to do"), _("why")],
        [
            [item.portal, item.account, item.sessions_a, item.sessions_b, _time(item.last_hostile),
             _time(item.last_seen), word_of_act(item.act), word_of_reason(item.reason)]
            for item in found.accounts[:MOST]
        ],
        right=(2, 3),
    )  # fmt: skip
    if len(found.accounts) > MOST:
        screen.print(
            _("… and {count} more with --out or --json").format(count=len(found.accounts) - MOST), markup=False
        )
    screen.print()
    print_table(
        _("Indicators that may leave the house"),
        [_("kind"), _("value"), _("first seen"), _("last seen"), _("sessions"), _("source")],
        [
            [_kind(item.kind), item.value, _time(item.first_seen), _time(item.last_seen),
             "" if item.sessions is None else item.sessions, _("seen") if item.source == "seen" else _("told")]
            for item in found.indicators[:MOST]
        ],
        right=(4,),
    )  # fmt: skip
    if found.withheld:
        screen.print()
        print_table(
            _("Traits that stay in the house"),
            [_("kind"), _("value"), _("why")],
            [[_kind(item.kind), item.value, word_of_withheld(item.why)] for item in found.withheld[:MOST]],
        )
    screen.print()
    print_table(
        _("Traces to have preserved: write to their holders today, logs rotate"),
        [_("holder"), _("portal"), _("what to preserve"), _("from"), _("to"), _("why")],
        [
            [_holder(item.holder, item.party), " ".join(filter(None, [item.portal, item.node])),
             word_of_trace(item.what), _time(item.since), _time(item.until), word_of_why(item.why)]
            for item in found.traces
        ],
    )  # fmt: skip


def write_containment(found: Containment, folder: CaseFolder, out: Path) -> list[Path]:
    """What stays in the house in one folder, what may leave it in another."""
    head = folder.case.case
    texts = {
        f"{INTERNAL}/accounts.csv": write_csv(
            ("urgency", "portal", "account", "act", "reason", "grade", "sessions_a", "sessions_b", "answers",
             "first_hostile", "last_hostile", "last_seen", "closed_at"),
            [
                (n, item.portal, item.account, item.act, item.reason, item.grade, item.sessions_a, item.sessions_b,
                 item.answers, item.first_hostile, item.last_hostile, item.last_seen, item.closed_at)
                for n, item in enumerate(found.accounts, 1)
            ],
        ),
        f"{INTERNAL}/traces.csv": write_csv(
            ("holder", "party", "portal", "node", "what", "since", "until", "why"),
            [
                (item.holder, item.party, item.portal, item.node, item.what, item.since, item.until, item.why)
                for item in found.traces
            ],
        ),
        f"{SHAREABLE}/indicators.csv": write_indicators_csv(found.indicators),
        f"{SHAREABLE}/indicators.stix.json": write_stix(found.indicators, start=head.occurred_from),
    }  # fmt: skip
    written = []
    for name, text in texts.items():
        path = out / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(text.encode())
        written.append(path)
    return written


def _time(instant: dt.datetime | None) -> str:
    return "" if instant is None else instant.strftime("%Y-%m-%d %H:%M")


def _kind(code: str) -> str:
    return {"address": _("address"), "user_agent": _("program")}[code]


def _holder(code: str, party: str) -> str:
    return f"{word_of_holder(code)} ({party})" if party else word_of_holder(code)
