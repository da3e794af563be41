"""``tocsin sessions``: who read, and a person's verdict on it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from tocsin.analysis.reasons import reason_of
from tocsin.analysis.run import Run, find_run
from tocsin.cli.screen import HERE, ByOption, CaseOption, JsonOption, RunOption, author, print_json, print_table, screen
from tocsin.errors import TocsinError
from tocsin.evidence.case import open_case
from tocsin.evidence.decisions import decide
from tocsin.evidence.verdicts import read_verdicts
from tocsin.language import _

app = typer.Typer(help="Sessions: list them, give a verdict.", no_args_is_help=True)

GRADES = ("A", "B", "C")
LISTED = """
with shown as (
    select session_id,
           list({'signal': signal, 'kind': kind, 'value': value, 'threshold': threshold} order by signal) as signals
    from read_parquet($signals)
    group by session_id
)
select s.session_id, s.portal, s.account, s.session_token, s.address, s.user_agent,
       strftime(s.first_at, '%Y-%m-%d %H:%M:%S') as first_at, strftime(s.last_at, '%Y-%m-%d %H:%M:%S') as last_at,
       s.lines, s.answered_lines, s.named_records, coalesce(h.grade, '') as grade, coalesce(h.links, []) as links,
       coalesce(h.indicators, []) as indicators, coalesce(h.is_compromised, false) as is_compromised,
       h.verdict, h.judged_by, coalesce(g.signals, []) as signals
from read_parquet($sessions) s
left join read_parquet($hostile) h using (session_id)
left join shown g using (session_id)
where ($account is null or s.account = $account) and ($grade is null or h.grade = $grade)
  and (not $concerned or h.session_id is not null)
order by h.grade nulls last, s.answered_lines desc, s.session_id
limit $limit
"""


@app.command("list")
def list_sessions(
    case: CaseOption = HERE,
    run: RunOption = None,
    account: Annotated[str | None, typer.Option(help="only this account")] = None,
    grade: Annotated[str | None, typer.Option(help="only A, B or C")] = None,
    every: Annotated[bool, typer.Option("--all", help="also sessions of which nothing is suspected")] = False,
    limit: Annotated[int, typer.Option(help="at most so many")] = 40,
    json: JsonOption = False,
) -> None:
    """Sessions with their grade and reasons, the most read first."""
    if grade not in (None, *GRADES):
        raise TocsinError(
            "unknown-grade", _("{name!r} is not a grade").format(name=grade),
            remedy=_("use one of {words}").format(words=", ".join(GRADES)),
        )  # fmt: skip
    rows = listed(find_run(open_case(case), run), account=account, grade=grade, every=every, limit=limit)
    if json:
        print_json(rows)
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


def listed(
    done: Run, *, account: str | None = None, grade: str | None = None, every: bool = True, limit: int = 1_000_000
) -> list[dict[str, Any]]:
    """Sessions of a run as dictionaries."""
    with duckdb.connect() as connection:
        result = connection.execute(
            LISTED,
            {
                "sessions": str(done.table("access_session")), "hostile": str(done.table("hostile_session")),
                "signals": str(done.table("session_signal")),
                "account": account, "grade": grade, "concerned": not every, "limit": limit,
            },
        )  # fmt: skip
        names = [column[0] for column in result.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return [{**row, "reason": reason_of(row)} for row in rows]


@app.command("verdict")
def verdict(
    judgement: Annotated[str, typer.Argument(help="hostile, honest or suspect")],
    reason: Annotated[str, typer.Option(help="why; the authority will read it")],
    session: Annotated[list[str] | None, typer.Option("--session", help="session id; may be repeated")] = None,
    portal: Annotated[str | None, typer.Option(help="with --account or --token")] = None,
    account: Annotated[str | None, typer.Option(help="all sessions of this account")] = None,
    token: Annotated[str | None, typer.Option(help="the session with this token")] = None,
    address: Annotated[str | None, typer.Option(help="sessions from this address")] = None,
    since: Annotated[str | None, typer.Option("--from", help="instant with offset")] = None,
    until: Annotated[str | None, typer.Option("--to", help="instant with offset")] = None,
    file: Annotated[Path | None, typer.Option(help="a TOML file of verdicts, for series (docs/case-file.md)")] = None,
    case: CaseOption = HERE,
    run: RunOption = None,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """Say that sessions are hostile, honest or suspect; a later verdict replaces an earlier one, kept on record."""
    folder = open_case(case)
    bodies: list[dict[str, Any]] = []
    if file is not None:
        bodies += read_verdicts(file)
    if session:
        known = {row["session_id"]: row for row in listed(find_run(folder, run))}
        for name in session:
            if name not in known:
                raise TocsinError(
                    "unknown-session", _("no session is called {name!r} in this run").format(name=name),
                    remedy=_("list them with `tocsin sessions list --all`"),
                )  # fmt: skip
            bodies.append(_selector(known[name]))
    elif file is None:
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
        bodies.append(body)
    bodies = [{"verdict": judgement, **body} for body in bodies]
    decided = decide(folder.decisions, who=author(by), kind="verdict", reason=reason, bodies=bodies)
    if json:
        print_json([vars(item) for item in decided])
        return
    screen.print(_("{count} verdicts recorded. Run again to see the effect.").format(count=len(decided)), markup=False)


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
