-- trait: addresses and programs of the sessions graded hostile, and who else has them.
-- grain   one row per (kind, value)
-- reads   hostile_session, access_session
-- honest  sessions of grade C with the same trait: an address or browser of honest people too
with hostile as (
    select 'address' as kind, address as value, first_at, last_at from hostile_session where grade = 'A' and address <> ''
    union all
    select 'user_agent', user_agent, first_at, last_at from hostile_session where grade = 'A' and user_agent <> ''
),
seen as (
    select kind, value, count(*) as sessions, min(first_at) as first_seen, max(last_at) as last_seen
    from hostile
    group by kind, value
),
other as (
    select s.address, s.user_agent
    from access_session s
    where not exists (select 1 from hostile_session h where h.session_id = s.session_id and h.grade in ('A', 'B', 'U'))
),
honest as (
    select 'address' as kind, address as value, count(*) as sessions
    from other where address in (select value from seen where kind = 'address') group by address
    union all
    select 'user_agent', user_agent, count(*)
    from other where user_agent in (select value from seen where kind = 'user_agent') group by user_agent
)
select s.kind, s.value, s.sessions, s.first_seen, s.last_seen, coalesce(h.sessions, 0) as honest_sessions
from seen s
left join honest h using (kind, value)
order by s.kind, s.sessions desc, s.value
