-- session_feature: what each session did, as the numbers that the signals compare.
-- grain   one row per session_id of access_session
-- reads   event, access_session, fact_action
-- how     a question is a line that asks about people (not signing in, not one's own page); a subject is a distinct thing
--         asked about: a record named, or the criteria typed. Lines are read once: counts need no order, and questions are
--         ordered in long sessions only, since the pace or the order of a few tells nothing (15: no signal listens to fewer)
-- network the first 24 bits of an IPv4 address, the first three groups of an IPv6 one
-- client  the user agent without its numbers: a browser that updates is the same browser
with session as materialized (
    -- a session that has a token is what shares its five words; without token, time parts them
    select session_id, session_token is null as is_tokenless, portal, account, address, user_agent, first_at, last_at, lines,
           case when session_token is null then hash(session_id)
                else hash(portal, account, session_token, address, user_agent) end as session_no
    from access_session
),
line as (
    select hash(portal, account, session_token, address, user_agent) as session_no,
           portal, event_at, action, criteria, status, page, returned, page_size, meaning, record_ids
    from event
    where session_token is not null
    union all
    select s.session_no, e.portal, e.event_at, e.action, e.criteria, e.status, e.page, e.returned, e.page_size, e.meaning,
           e.record_ids
    from event e
    join session s
      on s.is_tokenless and s.portal = e.portal and s.account is not distinct from e.account
     and s.address is not distinct from e.address and s.user_agent is not distinct from e.user_agent
     and e.event_at between s.first_at and s.last_at
    where e.session_token is null
),
question as materialized (
    select e.session_no, e.event_at, hash(e.action) as action,
           e.meaning = 'nothing' and coalesce(e.status, 200) < 500 as is_unknown, len(e.record_ids) > 0 as is_named,
           coalesce(a.kind, 'other') = 'search' as is_search, coalesce(a.kind, 'other') = 'export' as is_export,
           e.returned = e.page_size as is_full, e.page > 1 as is_later,
           case when len(e.record_ids) > 0 then hash(e.record_ids) else hash(e.criteria) end as subject,
           l.session_no is not null as is_long,
           case when l.session_no is not null and len(e.record_ids) = 0 then e.criteria end as typed
    from line e
    left join fact_action a on a.portal = e.portal and a.action = e.action
    left join (select session_no from session where lines >= 15) l on l.session_no = e.session_no
    where coalesce(a.kind, 'other') not in ('sign_in', 'own_account', 'heartbeat')
      and (len(e.record_ids) > 0 or e.criteria is not null)
),
subject as (
    select session_no, subject, count(*) as questions, count(*) filter (is_unknown) as unknown,
           bool_or(is_unknown and is_named) as is_unknown_name, bool_or(is_unknown and not is_named) as is_unknown_criterion
    from question
    group by session_no, subject
),
asked as (
    select session_no, cast(sum(questions) as bigint) as questions, count(*) as subjects, cast(sum(unknown) as bigint) as unknown,
           greatest(count(*) filter (is_unknown_name), count(*) filter (is_unknown_criterion)) as unknown_subjects
    from subject
    group by session_no
),
used as (
    select session_no, action, count(*) as n, count(*) filter (is_search) as searches, count(*) filter (is_export) as exports,
           count(*) filter (is_search and is_full) as full_pages, count(*) filter (is_search and is_later) as later_pages,
           bit_or(cast(1 as ubigint) << cast(extract(hour from event_at) as ubigint)) as hours
    from question
    group by session_no, action
),
measured as (
    select session_no, cast(sum(searches) as bigint) as searches, cast(sum(exports) as bigint) as exports,
           cast(sum(full_pages) as bigint) as full_pages, cast(sum(later_pages) as bigint) as later_pages,
           max(n) as top_function, count(*) as functions, bit_or(hours) as hours
    from used
    group by session_no
),
in_order as (
    select session_no, epoch_ms(event_at) - lag(epoch_ms(event_at)) over by_time as gap_ms,
           typed > lag(typed) over same_kind as follows, typed <> lag(typed) over same_kind as compared
    from question
    where is_long and session_no in (select session_no from asked where questions >= 15)
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
       coalesce(q.questions, 0) as questions, coalesce(q.subjects, 0) as subjects, coalesce(q.unknown, 0) as unknown,
       coalesce(q.unknown_subjects, 0) as unknown_subjects,
       coalesce(m.searches, 0) as searches, coalesce(m.exports, 0) as exports,
       coalesce(m.full_pages, 0) as full_pages, coalesce(m.later_pages, 0) as later_pages,
       coalesce(m.functions, 0) as functions, coalesce(m.top_function, 0) as top_function,
       coalesce(p.compared, 0) as compared, coalesce(p.ascending, 0) as ascending,
       coalesce(p.gaps, 0) as gaps, p.gap_median, p.gap_low, p.gap_high, coalesce(m.hours, 0) as hours
from session s
left join asked q on q.session_no = s.session_no
left join measured m on m.session_no = s.session_no
left join paced p on p.session_no = s.session_no
order by s.session_id
