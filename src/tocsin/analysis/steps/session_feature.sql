-- session_feature: what each session did, as the numbers that the signals compare.
-- grain   one row per session_id of access_session
-- reads   event, access_session, fact_action
-- how     a question is a line that asks about people (not signing in, not one's own page); a subject is a distinct thing
--         asked about: a record named, or the criteria typed. One pass counts; a second one orders the questions, of long
--         sessions only, since the pace or the order of a few tells nothing (15: no signal listens to fewer)
-- network the first 24 bits of an IPv4 address, the first three groups of an IPv6 one
-- client  the user agent without its numbers: a browser that updates is the same browser
with question as not materialized (
    select hash(s.session_id) as session_no, e.event_at, e.action, e.criteria, e.status, e.page, e.returned, e.page_size,
           e.meaning = 'nothing' and coalesce(e.status, 200) < 500 as is_unknown,
           coalesce(a.kind, 'other') as kind, len(e.record_ids) > 0 as is_named,
           case when len(e.record_ids) > 0 then hash(e.record_ids) else hash(e.criteria) end as subject
    from event e
    join access_session s
      on s.portal = e.portal and s.account is not distinct from e.account
     and s.session_token is not distinct from e.session_token
     and s.address is not distinct from e.address and s.user_agent is not distinct from e.user_agent
     and e.event_at between s.first_at and s.last_at
    left join fact_action a on a.portal = e.portal and a.action = e.action
    where coalesce(a.kind, 'other') not in ('sign_in', 'own_account', 'heartbeat')
      and (len(e.record_ids) > 0 or e.criteria is not null)
),
measured as (
    select session_no, count(*) as questions, count(distinct subject) as subjects, count(*) filter (is_unknown) as unknown,
           greatest(count(distinct subject) filter (is_unknown and is_named),
                    count(distinct subject) filter (is_unknown and not is_named)) as unknown_subjects,
           count(*) filter (kind = 'search') as searches,
           count(*) filter (kind = 'export') as exports,
           count(*) filter (kind = 'search' and returned = page_size) as full_pages,
           count(*) filter (kind = 'search' and page > 1) as later_pages,
           list_max(map_values(histogram(action))) as top_function, count(distinct action) as functions,
           bit_or(cast(1 as ubigint) << cast(extract(hour from event_at) as ubigint)) as hours
    from question
    group by session_no
),
in_order as (
    select session_no, epoch_ms(event_at) - lag(epoch_ms(event_at)) over by_time as gap_ms,
           typed > lag(typed) over same_kind as follows, typed <> lag(typed) over same_kind as compared
    from (
        select session_no, event_at, hash(action) as action, subject, case when not is_named then criteria end as typed
        from question
        where session_no in (select session_no from measured where questions >= 15)
    )
    window by_time as (partition by session_no order by event_at, subject),
           same_kind as (partition by session_no, action order by event_at, subject)
),
paced as (
    select session_no, count(*) filter (compared) as compared, count(*) filter (follows) as ascending,
           count(gap_ms) as gaps, quantile_cont(gap_ms, 0.5) as gap_median,
           quantile_cont(gap_ms, 0.25) as gap_low, quantile_cont(gap_ms, 0.75) as gap_high
    from in_order
    group by session_no
)
select s.session_id, s.portal, s.account, regexp_replace(s.user_agent, '[0-9]+([._][0-9]+)*', '#', 'g') as user_agent,
       case when contains(s.address, ':') then array_to_string(string_split(s.address, ':')[1:3], ':')
            else regexp_extract(s.address, '^\d+\.\d+\.\d+') end as network,
       s.first_at, s.last_at, cast(s.first_at as date) as day,
       coalesce(m.questions, 0) as questions, coalesce(m.subjects, 0) as subjects, coalesce(m.unknown, 0) as unknown,
       coalesce(m.unknown_subjects, 0) as unknown_subjects,
       coalesce(m.searches, 0) as searches, coalesce(m.exports, 0) as exports,
       coalesce(m.full_pages, 0) as full_pages, coalesce(m.later_pages, 0) as later_pages,
       coalesce(m.functions, 0) as functions, coalesce(m.top_function, 0) as top_function,
       coalesce(p.compared, 0) as compared, coalesce(p.ascending, 0) as ascending,
       coalesce(p.gaps, 0) as gaps, p.gap_median, p.gap_low, p.gap_high, coalesce(m.hours, 0) as hours
from access_session s
left join measured m on m.session_no = hash(s.session_id)
left join paced p on p.session_no = hash(s.session_id)
order by s.session_id
