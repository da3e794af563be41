-- remark: what a person must know of the evidence before trusting a figure, counted, with the first place where it shows.
-- grain   one row per (code, place)
-- reads   rejected_line, rejected_row, parsed_event, redelivered_line, fact_evidence, clock_offset, coverage_gap,
--         hostile_event, hostile_session, access_session, unresolved, holding, fact_indicator, fact_compromised,
--         fact_verdict, fact_log
-- detail  an example or the names concerned; never the line itself
with refused_line as (
    select r.reason as code, i.path || ':' || r.line_no as place, i.source, i.evidence_id, r.line_no,
           case when r.reason in ('unknown-class', 'unreadable-time') then r.detail end as detail
    from rejected_line r
    join fact_evidence i on i.evidence_id = r.evidence_id
    where r.reason not in ('blank', 'header', 'cut')
    union all
    select 'row-' || r.reason, i.path || ':' || r.line_no, i.source, i.evidence_id, r.line_no, null
    from rejected_row r
    join fact_evidence i on i.evidence_id = r.evidence_id
    where r.reason <> 'blank'
    union all
    select case when e.time_doubt_s >= 86400 then 'day-only' else 'doubtful-hour' end, i.path || ':' || e.line_no,
           i.source, i.evidence_id, e.line_no, e.at_written
    from parsed_event e
    join fact_evidence i on i.evidence_id = e.evidence_id
    where e.time_doubt_s > 0
),
undeclared_action as (
    select log_id, action, count(*) as lines
    from hostile_event
    where kind = 'undeclared' and meaning <> 'nothing'
      and not regexp_matches(action, '^(GET|HEAD) [^?]*\.(css|js|map|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|eot|webmanifest)$')
    group by all
),
idle_verdict as (
    select v.n, concat_ws(' ', v.portal, v.account, v.session_token, v.address, v.user_agent) as told
    from fact_verdict v
    where v.n not in (select verdict_n from hostile_session where verdict_n is not null)
      and not exists (
          select 1 from access_session s
          where (v.portal is null or v.portal = s.portal) and (v.account is null or v.account = s.account)
            and (v.session_token is null or v.session_token = s.session_token)
            and (v.address is null or v.address = s.address)
            and (v.user_agent is null or v.user_agent = s.user_agent)
            and (v.since is null or v.since <= s.last_at) and (v.until is null or v.until >= s.first_at))
),
remark as (
    select code, arg_min(place, (evidence_id, line_no)) as place, arg_min(detail, (evidence_id, line_no)) as detail,
           count(*) as how_many
    from refused_line
    group by code, source
    union all
    select 'same-file', i.path, o.path, 1
    from fact_evidence i
    join fact_evidence o on o.evidence_id = i.same_as
    union all
    select 'same-lines', i.path, string_agg(distinct o.path, ', ' order by o.path), count(*)
    from redelivered_line r
    join fact_evidence i on i.evidence_id = r.evidence_id
    join fact_evidence o on o.evidence_id = r.first_evidence_id
    group by i.path
    union all
    select 'unmeasurable-clock', 'log ' || log_id, null, 1
    from clock_offset where how = 'unmeasurable'
    union all
    select 'gap-' || cause, 'log ' || log_id,
           strftime(min(since), '%Y-%m-%d %H:%M:%S') || ' - ' || strftime(max(until), '%Y-%m-%d %H:%M:%S') || ' UTC',
           count(*)
    from coverage_gap
    where cause not in ('cut_file', 'rejected_line')
    group by log_id, cause
    union all
    select 'undeclared-action', 'log ' || log_id, array_to_string(list(action order by lines desc, action)[:5], ', '),
           sum(lines)::bigint
    from undeclared_action
    group by log_id
    union all
    select 'unknown-record', 'portal ' || portal, array_to_string(list(record_id order by record_id)[:5], ', '), count(*)
    from unresolved
    group by portal
    union all
    select 'undeclared-controller', 'register ' || register, string_agg(distinct held_for[2:], ', ' order by held_for[2:]),
           count(distinct record_id)
    from holding
    where held_for like '?%'
    group by register
    union all
    select 'idle-indicator', 'case.toml', string_agg(value, ', ' order by n), count(*)
    from fact_indicator
    where n not in (select unnest(indicators) from hostile_session)
    having count(*) > 0
    union all
    select 'silent-account', 'case.toml', string_agg(distinct c.account, ', ' order by c.account), count(distinct c.account)
    from fact_compromised c
    where exists (select 1 from fact_log l where l.portal = c.portal and l.counts)
      and not exists (select 1 from access_session s where s.portal = c.portal and s.account = c.account)
    having count(*) > 0
    union all
    select 'idle-verdict', 'decisions.jsonl:' || n, told, 1
    from idle_verdict
)
select code, place, detail, how_many from remark order by code, place
