"""Which sessions to look at, and what a person needs to judge one: its reasons, its neighbours, its hours.

Read from the tables of a finished run; nothing here names an insured person.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from tocsin.analysis.reasons import reason_of
from tocsin.analysis.run import Run

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
       h.verdict, h.judged_by, h.denied_by, coalesce(g.signals, []) as signals
from read_parquet($sessions) s
left join read_parquet($hostile) h using (session_id)
left join shown g using (session_id)
where ($portal is null or s.portal = $portal) and ($account is null or s.account = $account)
  and ($address is null or s.address = $address) and ($grade is null or h.grade = $grade)
  and ($signal is null or list_contains(list_transform(g.signals, lambda one: one.signal), $signal))
  and ($session is null or s.session_id = $session)
  and (not $unjudged or h.verdict is null) and (not $concerned or h.session_id is not null)
order by list_position(['A', 'B', 'U', 'C'], h.grade) nulls last, s.answered_lines desc, s.session_id
limit $limit
"""
NEIGHBOURS = """
with placed as (
    select s.*, coalesce(h.grade, '') as grade,
           regexp_extract(s.address, '^(\\d+\\.\\d+\\.\\d+|[^:]+:[^:]*:[^:]*)') as network,
           coalesce(g.signals, []) as signals
    from read_parquet($sessions) s
    left join read_parquet($hostile) h using (session_id)
    left join (select session_id, list(signal order by signal) as signals from read_parquet($signals)
               where kind = 'behaviour' group by session_id) g using (session_id)
),
one as (select * from placed where session_id = $session),
beside as (
    select p.session_id, p.portal, p.account, p.address, p.grade, p.first_at, p.answered_lines,
           list_filter([
               case when p.portal = o.portal and p.account = o.account then 'account' end,
               case when p.network = o.network and p.network <> '' then 'network' end,
               case when p.user_agent = o.user_agent then 'client' end,
               case when p.first_at <= o.last_at + interval 30 minutes and p.last_at >= o.first_at - interval 30 minutes
                    then 'time' end,
               case when len(list_intersect(p.signals, o.signals)) > 0 then 'signals' end
           ], lambda shared: shared is not null) as shared
    from placed p, one o
    where p.session_id <> o.session_id and (p.account = o.account or p.network = o.network)
)
select session_id, portal, account, address, grade, strftime(first_at, '%Y-%m-%d %H:%M:%S') as first_at,
       answered_lines, shared
from beside
where len(shared) >= 2 or list_contains(shared, 'network')
order by len(shared) desc, list_position(['A', 'B', 'U', 'C'], grade) nulls last, first_at, session_id
limit $limit
"""
HOURS = """
select strftime(date_trunc('hour', event_at), '%Y-%m-%d %H:00') as hour, action, count(*) as lines,
       count(*) filter (meaning = 'content') as answers, count(*) filter (meaning = 'nothing') as nothing
from read_parquet($events)
where session_id = $session
group by all
order by all
"""


@dataclass(frozen=True)
class Filter:
    """Which sessions: every field given must hold."""

    portal: str | None = None
    account: str | None = None
    address: str | None = None
    grade: str | None = None
    signal: str | None = None
    session: str | None = None
    unjudged: bool = False
    concerned: bool = False
    """Only those that have a grade."""


def list_sessions(run: Run, chosen: Filter | None = None, *, limit: int = 1_000_000) -> list[dict[str, Any]]:
    """Sessions of a run with their grade and its reason, the most suspect first."""
    rows = _read(run, LISTED, ("access_session", "hostile_session", "session_signal"),
                 {**asdict(chosen or Filter()), "limit": limit})  # fmt: skip
    return [{**row, "reason": reason_of(row)} for row in rows]


def find_neighbours(run: Run, session: str, *, limit: int = 15) -> list[dict[str, Any]]:
    """Sessions that share its account and something else, or its network; ``shared`` says what."""
    tables = ("access_session", "hostile_session", "session_signal")
    return _read(run, NEIGHBOURS, tables, {"session": session, "limit": limit})


def count_hours(run: Run, session: str) -> list[dict[str, Any]]:
    """Lines of a session of grade A, B or U by hour and action (a run keeps no lines of other sessions)."""
    return _read(run, HOURS, ("hostile_event",), {"session": session})


def _read(run: Run, query: str, tables: tuple[str, ...], values: dict[str, Any]) -> list[dict[str, Any]]:
    names = {"access_session": "sessions", "hostile_session": "hostile", "session_signal": "signals",
             "hostile_event": "events"}  # fmt: skip
    with duckdb.connect() as connection:
        result = connection.execute(query, {**values, **{names[table]: str(run.table(table)) for table in tables}})
        columns = [column[0] for column in result.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
