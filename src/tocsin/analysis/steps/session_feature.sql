-- session_feature: what each session did, as the numbers that the signals compare.
-- grain   one row per session_id of access_session
-- reads   event, access_session, fact_action
-- how     one pass over the events. A question is a line that asks about people (not signing in, not one's own page);
--         a subject is a distinct thing asked about: a record named, or the criteria typed.
-- network the first 24 bits of an IPv4 address, the first three groups of an IPv6 one
-- client  the user agent without its numbers: a browser that updates is the same browser
with line as (
    select s.session_id, e.event_at, e.action, e.record_ids, e.meaning, e.status, e.page, e.returned, e.page_size,
           coalesce(a.kind, 'other') as kind,
           case when len(e.record_ids) > 0 then hash(e.record_ids)
                when e.criteria is not null then hash(e.criteria) end as subject,
           case when len(e.record_ids) = 0 then cast(e.criteria as varchar) end as typed
    from event e
    join access_session s
      on s.portal = e.portal and s.account is not distinct from e.account
     and s.session_token is not distinct from e.session_token
     and s.address is not distinct from e.address and s.user_agent is not distinct from e.user_agent
     and e.event_at between s.first_at and s.last_at
    left join fact_action a on a.portal = e.portal and a.action = e.action
),
question as (
    select *,
           epoch_ms(event_at) - lag(epoch_ms(event_at)) over in_order as gap_ms,
           typed is not null and typed > lag(typed) over same_kind as follows,
           typed is not null and lag(typed) over same_kind is not null and typed <> lag(typed) over same_kind as compared
    from line
    where kind not in ('sign_in', 'own_account', 'heartbeat') and subject is not null
    window in_order as (partition by session_id order by event_at, hash(subject)),
           same_kind as (partition by session_id, action order by event_at, hash(subject))
),
measured as (
    select session_id, count(*) as questions, count(distinct subject) as subjects,
           count(*) filter (meaning = 'nothing' and coalesce(status, 200) < 500) as unknown,
           greatest(count(distinct subject) filter (meaning = 'nothing' and coalesce(status, 200) < 500 and typed is not null),
                    count(distinct subject) filter (meaning = 'nothing' and coalesce(status, 200) < 500 and typed is null)
           ) as unknown_subjects,
           count(*) filter (kind = 'search') as searches,
           count(*) filter (kind = 'export') as exports,
           count(*) filter (kind = 'search' and returned = page_size) as full_pages,
           count(*) filter (kind = 'search' and page > 1) as later_pages,
           count(distinct action) as functions,
           count(*) filter (compared) as compared, count(*) filter (follows) as ascending,
           count(gap_ms) as gaps, quantile_cont(gap_ms, 0.5) as gap_median,
           quantile_cont(gap_ms, 0.25) as gap_low, quantile_cont(gap_ms, 0.75) as gap_high,
           bit_or(cast(1 as ubigint) << cast(extract(hour from event_at) as ubigint)) as hours
    from question
    group by session_id
),
one_function as (
    select session_id, max(n) as top_function
    from (select session_id, action, count(*) as n from question group by all)
    group by session_id
)
select s.session_id, s.portal, s.account, regexp_replace(s.user_agent, '[0-9]+([._][0-9]+)*', '#', 'g') as user_agent,
       case when contains(s.address, ':') then array_to_string(string_split(s.address, ':')[1:3], ':')
            else regexp_extract(s.address, '^\d+\.\d+\.\d+') end as network,
       s.first_at, s.last_at, cast(s.first_at as date) as day,
       coalesce(m.questions, 0) as questions, coalesce(m.subjects, 0) as subjects, coalesce(m.unknown, 0) as unknown,
       coalesce(m.unknown_subjects, 0) as unknown_subjects,
       coalesce(m.searches, 0) as searches, coalesce(m.exports, 0) as exports,
       coalesce(m.full_pages, 0) as full_pages, coalesce(m.later_pages, 0) as later_pages,
       coalesce(m.functions, 0) as functions, coalesce(o.top_function, 0) as top_function,
       coalesce(m.compared, 0) as compared, coalesce(m.ascending, 0) as ascending,
       coalesce(m.gaps, 0) as gaps, m.gap_median, m.gap_low, m.gap_high, coalesce(m.hours, 0) as hours
from access_session s
left join measured m using (session_id)
left join one_function o using (session_id)
order by s.session_id
