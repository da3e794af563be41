"""``tocsin sessions``: who read, why we think so, and a person's verdict on it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from tocsin.analysis.reasons import sentence_of
from tocsin.analysis.run import Run, find_run
from tocsin.analysis.signalling import load_signals
from tocsin.analysis.triage import Filter, count_hours, find_neighbours, list_sessions
from tocsin.cli import sensitivity, traits
from tocsin.cli.narrow import WIDE, print_narrow
from tocsin.cli.screen import HERE, ByOption, CaseOption, JsonOption, RunOption, author, print_json, print_table, screen
from tocsin.errors import TocsinError
from tocsin.evidence.case import open_case
from tocsin.evidence.decisions import decide
from tocsin.evidence.verdicts import read_verdicts
from tocsin.language import _

app = typer.Typer(help="Sessions: list them, look at one, give a verdict.", no_args_is_help=True)
app.command("sensitivity")(sensitivity.sensitivity)
app.command("traits")(traits.traits)

GRADES = ("A", "B", "U", "C")
PortalOption = Annotated[str | None, typer.Option(help="only this portal")]
AccountOption = Annotated[str | None, typer.Option(help="only this account")]
AddressOption = Annotated[str | None, typer.Option(help="only from this address")]
GradeOption = Annotated[str | None, typer.Option(help="only A, B or C")]
SignalOption = Annotated[str | None, typer.Option(help="only sessions in which this signal was seen")]
SessionOption = Annotated[list[str] | None, typer.Option("--session", help="session id; may be repeated")]
TokenOption = Annotated[str | None, typer.Option(help="the session with this token")]
FromOption = Annotated[str | None, typer.Option("--from", help="instant with offset")]
ToOption = Annotated[str | None, typer.Option("--to", help="instant with offset")]


@app.command("list")
def list_of_sessions(
    case: CaseOption = HERE,
    run: RunOption = None,
    portal: PortalOption = None,
    account: AccountOption = None,
    address: AddressOption = None,
    grade: GradeOption = None,
    signal: SignalOption = None,
    unjudged: Annotated[bool, typer.Option("--unjudged", help="only those that await a verdict")] = False,
    every: Annotated[bool, typer.Option("--all", help="also sessions of which nothing is suspected")] = False,
    limit: Annotated[int, typer.Option(help="at most so many")] = 40,
    json: JsonOption = False,
) -> None:
    """Sessions with their grade and reasons, the most read first."""
    chosen = Filter(
        portal=portal, account=account, address=address, grade=_known_grade(grade), signal=_known_signal(signal),
        unjudged=unjudged, concerned=not every,
    )  # fmt: skip
    rows = list_sessions(find_run(open_case(case), run), chosen, limit=limit)
    if json:
        print_json(rows)
        return
    if screen.width < WIDE:
        print_narrow(rows)
        return
    print_table(
        _("Sessions"),
        ["", _("session"), _("portal"), _("account"), _("address"), _("from (UTC)"), _("to (UTC)"),
         _("answers"), _("why")],
        [
            [row["grade"], row["session_id"], row["portal"], row["account"], row["address"], row["first_at"],
             row["last_at"][11:], row["answered_lines"], row["reason"]]
            for row in rows
        ],
        right=(7,),
    )  # fmt: skip


@app.command("show")
def show(
    session: Annotated[str, typer.Argument(help="session id")],
    case: CaseOption = HERE,
    run: RunOption = None,
    json: JsonOption = False,
) -> None:
    """One session: why it has its grade, what it did hour by hour, and the sessions beside it."""
    done = find_run(open_case(case), run)
    row = _session(done, session)
    hours, beside = count_hours(done, session), find_neighbours(done, session)
    if json:
        print_json({**row, "hours": hours, "neighbours": beside})
        return
    print_table(
        _("Session {id}").format(id=session),
        ["", ""],
        [
            [_("grade"), row["grade"] or "-"], [_("portal"), row["portal"]], [_("account"), row["account"]],
            [_("address"), row["address"]], [_("client"), row["user_agent"]], [_("from (UTC)"), row["first_at"]],
            [_("to (UTC)"), row["last_at"]], [_("lines"), row["lines"]], [_("answers"), row["answered_lines"]],
            [_("verdict"), row["reason"] if row["verdict"] else _("none yet")],
            *([_("why") if n == 0 else "", text] for n, text in enumerate(_reasons(row))),
        ],
    )  # fmt: skip
    if hours:
        print_table(
            _("Hour by hour"), [_("hour (UTC)"), _("function"), _("lines"), _("answers"), _("without answer")],
            [list(item.values()) for item in hours], right=(2, 3, 4),
        )  # fmt: skip
    words = {"account": _("account"), "network": _("network"), "client": _("client"), "time": _("same hour"),
             "signals": _("signals")}  # fmt: skip
    print_table(
        _("Sessions beside it"),
        ["", _("session"), _("portal"), _("account"), _("address"), _("from (UTC)"), _("answers"), _("in common")],
        [
            [item["grade"], item["session_id"], item["portal"], item["account"], item["address"], item["first_at"],
             item["answered_lines"], ", ".join(words[name] for name in item["shared"])]
            for item in beside
        ],
        right=(6,),
    )  # fmt: skip


@app.command("verdict")
def verdict(
    judgement: Annotated[str, typer.Argument(help="hostile, honest or suspect")],
    reason: Annotated[str, typer.Option(help="why; the authority will read it")],
    session: SessionOption = None,
    portal: PortalOption = None,
    account: AccountOption = None,
    token: TokenOption = None,
    address: AddressOption = None,
    since: FromOption = None,
    until: ToOption = None,
    grade: Annotated[str | None, typer.Option(help="each session of this grade without verdict, one by one")] = None,
    signal: Annotated[str | None, typer.Option(help="each session with this signal, one by one")] = None,
    file: Annotated[Path | None, typer.Option(help="a TOML file of verdicts, for series (docs/case-file.md)")] = None,
    case: CaseOption = HERE,
    run: RunOption = None,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """Say that sessions are hostile, honest or suspect; a later verdict replaces an earlier one, kept on record."""
    folder = open_case(case)
    bodies: list[dict[str, Any]] = read_verdicts(file) if file is not None else []
    if session:
        done = find_run(folder, run)
        bodies += [_selector(_session(done, name)) for name in session]
    elif grade is not None or signal is not None:
        chosen = Filter(portal=portal, account=account, address=address, grade=_known_grade(grade),
                        signal=_known_signal(signal), unjudged=True)  # fmt: skip
        bodies += [_selector(row) for row in list_sessions(find_run(folder, run), chosen)]
    elif file is None:
        bodies.append(_subject(portal, account, token, address, since, until))
    bodies = [{"verdict": judgement, **body} for body in bodies]
    decided = decide(folder.decisions, who=author(by), kind="verdict", reason=reason, bodies=bodies)
    if json:
        print_json([vars(item) for item in decided])
        return
    screen.print(_("{count} verdicts recorded. Run again to see the effect.").format(count=len(decided)), markup=False)


@app.command("deny")
def deny(
    said_by: Annotated[str, typer.Option(help="the holder of the account, who says: it was not me")],
    reason: Annotated[str, typer.Option(help="when and how it was said")],
    session: SessionOption = None,
    portal: PortalOption = None,
    account: AccountOption = None,
    token: TokenOption = None,
    address: AddressOption = None,
    since: FromOption = None,
    until: ToOption = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="the denial on the same sessions no longer holds")
    ] = False,
    case: CaseOption = HERE,
    run: RunOption = None,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """Record that a professional does not recognise sessions of their account: a link of its own kind, no verdict."""
    folder = open_case(case)
    if session:
        done = find_run(folder, run)
        bodies = [_selector(_session(done, name)) for name in session]
    else:
        bodies = [_subject(portal, account, token, address, since, until)]
    if not all(body.get("account") for body in bodies):
        raise TocsinError(
            "denial-without-account", _("whose account?"), why=_("one can only deny the use of one's own account"),
            remedy=_("give --account or --session"),
        )  # fmt: skip
    added = {"said_by": said_by, **({"withdrawn": True} if withdraw else {})}
    decided = decide(
        folder.decisions, who=author(by), kind="denial", reason=reason, bodies=[{**body, **added} for body in bodies]
    )
    if json:
        print_json([vars(item) for item in decided])
        return
    screen.print(_("{count} denials recorded. Run again to see the effect.").format(count=len(decided)), markup=False)


def _known_grade(grade: str | None) -> str | None:
    if grade not in (None, *GRADES):
        raise TocsinError(
            "unknown-grade", _("{name!r} is not a grade").format(name=grade),
            remedy=_("use one of {words}").format(words=", ".join(GRADES)),
        )  # fmt: skip
    return grade


def _known_signal(name: str | None) -> str | None:
    known = [item.name for item in load_signals()]
    if name is not None and name not in known:
        raise TocsinError(
            "unknown-signal", _("{name!r} is not a signal").format(name=name),
            remedy=_("use one of {words}").format(words=", ".join(known)),
        )  # fmt: skip
    return name


def _session(done: Run, name: str) -> dict[str, Any]:
    rows = list_sessions(done, Filter(session=name))
    if not rows:
        raise TocsinError(
            "unknown-session", _("no session is called {name!r} in this run").format(name=name),
            remedy=_("list them with `tocsin sessions list --all`"),
        )  # fmt: skip
    return rows[0]


def _reasons(row: dict[str, Any]) -> list[str]:
    """The reason of the grade, then each signal by itself, also when a verdict hides them."""
    seen = [sentence_of(item) for item in row["signals"]]
    return seen if row["verdict"] or not row["reason"] else row["reason"].split("; ")


def _subject(
    portal: str | None, account: str | None, token: str | None, address: str | None, since: str | None,
    until: str | None,
) -> dict[str, Any]:  # fmt: skip
    chosen = {
        "portal": portal, "account": account, "session_token": token, "address": address,
        "from": _instant(since), "to": _instant(until),
    }  # fmt: skip
    body = {key: value for key, value in chosen.items() if value is not None}
    if not set(body) - {"portal", "from", "to"}:
        raise TocsinError(
            "verdict-on-everything", _("which sessions?"),
            why=_("a verdict on a whole portal would decide for everybody at once"),
            remedy=_("give --session, --account, --token, --address or --file"),
        )  # fmt: skip
    return body


def _selector(row: dict[str, Any]) -> dict[str, Any]:
    names = ("portal", "account", "session_token", "address", "user_agent")
    body = {name: row[name] for name in names if row[name] is not None}
    if row["session_token"] is None:
        body["from"], body["to"] = f"{row['first_at']}+00:00", f"{row['last_at']}.999999+00:00"
    return body


def _instant(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise TocsinError(
            "bad-instant", _("{text!r} is not an instant").format(text=text),
            remedy=_("write it with its offset, as in 2024-01-22T08:00:00+01:00"),
        )  # fmt: skip
    return instant.astimezone(dt.UTC).isoformat()
