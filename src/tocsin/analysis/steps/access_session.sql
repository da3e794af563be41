-- access_session: what one client did under one session token, or without a long pause when the log has no token.
-- grain   one row per (portal, account, session_token, address, user_agent), cut at 30 minutes of silence without token
-- reads   event
-- why     honest and hostile use interleave in one account: attribution is per session, never per account.
--         A stolen token used from another address or client is another session.
with tokenless as (
    select *, sum(pause) over same as part
    from (
        select *, case when event_at - lag(event_at) over same <= interval 30 minutes then 0 else 1 end as pause
        from event
        where session_token is null
        window same as (partition by portal, account, address, user_agent order by event_at, evidence_id, line_no, item_no)
    )
    window same as (partition by portal, account, address, user_agent order by event_at, evidence_id, line_no, item_no
                    rows unbounded preceding)
),
session as (
    select portal, account, session_token, address, user_agent, 0 as part,
           min(event_at) as first_at, max(event_at) as last_at, count(*) as lines,
           count(*) filter (meaning = 'content') as answered_lines,
           sum(len(record_ids)) filter (meaning <> 'nothing') as named_records
    from event
    where session_token is not null
    group by all
    union all
    select portal, account, session_token, address, user_agent, part,
           min(event_at), max(event_at), count(*), count(*) filter (meaning = 'content'),
           sum(len(record_ids)) filter (meaning <> 'nothing')
    from tokenless
    group by all
)
select
    left(md5(concat_ws('|', portal, coalesce(account, ''), coalesce(session_token, ''), coalesce(address, ''),
                       coalesce(user_agent, ''),
                       case when session_token is null then cast(first_at as varchar) else '' end)), 16) as session_id,
    portal, account, session_token, address, user_agent, first_at, last_at,
    lines, answered_lines, cast(coalesce(named_records, 0) as bigint) as named_records
from session
order by portal, first_at, session_id
