-- coverage_gap: intervals in which a node's log cannot be proved whole.
-- grain   one row per gap found; gaps may overlap
-- reads   delivered_line, fact_log, clock_offset, truncated_evidence, rejected_line, fact_log_evidence
-- state   missing | truncated | throttled | unproved; account is set when the gap concerns one account only
-- proof   as declared by `completeness`: contiguous sequence numbers, regular heartbeats, as many lines each minute as
--         another log, or a named person's word. Without proof the whole expected period is a gap.
-- how     lines are never held: they are counted, and looked at again only for the logs whose counts leave a doubt
with line as not materialized (
    select log_id, evidence_id, line_no, event_at, sequence_no, account from delivered_line
),
counted as (
    select log_id, min(event_at) as first_at, max(event_at) as last_at, count(event_at) as lines, count(sequence_no) as numbered
    from line
    group by log_id
),
bounds as materialized (
    select l.log_id, l.completeness, l.expected_from, l.expected_to, l.heartbeat_s, l.sequence_first, l.sequence_last,
           n.first_at, n.last_at, coalesce(n.lines, 0) as lines, coalesce(n.numbered, 0) as numbered
    from fact_log l
    left join counted n using (log_id)
    where l.counts
),
-- a log whose numbers run from the first to the last expected, each once, is whole: nothing more to look for
-- (a word of 64 bits holds 64 numbers: counting bits counts distinct numbers)
word as (
    select log_id, sequence_no // 64 as word, bit_or(1::ubigint << (sequence_no % 64)::ubigint) as bits, count(*) as lines,
           min(sequence_no) as first_no, max(sequence_no) as last_no
    from line
    where sequence_no >= 0
    group by all
),
sound as (
    select w.log_id
    from word w
    join bounds l on l.log_id = w.log_id and l.completeness = 'sequence'
    group by w.log_id, l.sequence_first, l.sequence_last, l.lines
    having min(w.first_no) = l.sequence_first and max(w.last_no) = l.sequence_last
       and sum(w.lines) = l.lines and sum(bit_count(w.bits)) = l.lines
       and l.lines = l.sequence_last - l.sequence_first + 1
),
unsound as materialized (
    select log_id from fact_log where completeness = 'sequence' and log_id not in (select log_id from sound)
),
-- sequence numbers; a fall below half starts again from the beginning (a restart of the node)
restart as (
    select log_id, event_at, sequence_no, evidence_id, line_no,
           case when sequence_no <= lag(sequence_no) over by_time / 2
                 and lag(sequence_no) over by_time - sequence_no > 100 then 1 else 0 end as restarts
    from line
    where sequence_no is not null and log_id in (select log_id from unsound)
    window by_time as (partition by log_id order by event_at, evidence_id, line_no)
),
numbered as (
    select log_id, event_at, sequence_no,
           sum(restarts) over (partition by log_id order by event_at, evidence_id, line_no rows unbounded preceding) as series
    from restart
),
step as (
    select log_id, series, event_at, sequence_no, lead(event_at) over by_number as next_at,
           lead(sequence_no) over by_number as next_no
    from numbered
    window by_number as (partition by log_id, series order by sequence_no, event_at)
),
series as (
    select log_id, series, min(event_at) as first_at, max(event_at) as last_at, min(sequence_no) as first_no,
           max(sequence_no) as last_no, count(*) - count(distinct sequence_no) as repeats
    from numbered
    group by all
),
silence as (
    select log_id, max(epoch(next_at) - epoch(event_at)) as longest_s
    from step
    where next_no = sequence_no + 1
    group by log_id
),
-- heartbeats
beat as (
    select n.log_id, n.event_at as since, lead(n.event_at) over (partition by n.log_id order by n.event_at) as until, b.heartbeat_s
    from line n
    join bounds b on b.log_id = n.log_id and b.completeness = 'heartbeat'
),
-- comparison, minute by minute
minute as (
    select n.log_id, date_trunc('minute', n.event_at) as minute, count(*) as lines
    from line n
    where n.log_id in (select log_id from fact_log where completeness = 'comparison'
                       union select compared_with from fact_log where completeness = 'comparison')
    group by all
),
-- unreadable lines, between the readable ones of the same file
rejected as (
    select evidence_id, line_no, count(*) as lines
    from rejected_line
    where not is_harmless
    group by all
),
around as (
    select evidence_id, line_no, lines,
           last_value(event_at ignore nulls) over (partition by evidence_id order by line_no
                                             rows between unbounded preceding and current row) as before_at,
           first_value(event_at ignore nulls) over (partition by evidence_id order by line_no
                                              rows between current row and unbounded following) as after_at
    from (select evidence_id, line_no, event_at, cast(null as bigint) as lines
          from line
          where evidence_id in (select evidence_id from rejected)
          union all
          select evidence_id, line_no, null, lines from rejected)
),
found as (
    select log_id, 'missing' as state, 'no_line' as cause, expected_from as since, expected_to as until,
           cast(null as bigint) as missing_lines, cast(null as varchar) as account
    from bounds where lines = 0
    union all
    select log_id, 'unproved', 'no_proof', expected_from, expected_to, null, null
    from bounds where lines > 0 and completeness = 'unproved'
    union all
    select log_id, 'unproved', 'lines_without_number', expected_from, expected_to, null, null
    from bounds where completeness = 'sequence' and numbered < lines
    union all
    select s.log_id, 'unproved', 'numbers_repeated', s.first_at, s.last_at, null, null
    from series s where s.repeats > 0
    union all
    select log_id, 'missing', 'sequence_hole', least(event_at, next_at), greatest(event_at, next_at), next_no - sequence_no - 1, null
    from step where next_no > sequence_no + 1
    union all
    select b.log_id, 'missing', 'before_first_line', b.expected_from, b.first_at,
           case when b.sequence_first is not null then s.first_no - b.sequence_first end, null
    from bounds b
    join series s on s.log_id = b.log_id and s.series = 0
    left join silence q on q.log_id = b.log_id
    where b.completeness = 'sequence' and b.first_at > b.expected_from
      and s.first_no > coalesce(b.sequence_first, 1)
      and (b.sequence_first is not null
           or epoch(b.first_at) - epoch(b.expected_from) > greatest(coalesce(q.longest_s, 0), b.heartbeat_s))
    union all
    select b.log_id, 'missing', 'after_last_line', b.last_at, b.expected_to,
           case when b.sequence_last is not null then b.sequence_last - s.last_no end, null
    from bounds b
    join (select log_id, arg_max(last_no, series) as last_no from series group by log_id) s on s.log_id = b.log_id
    left join silence q on q.log_id = b.log_id
    where b.completeness = 'sequence' and b.last_at < b.expected_to
      and case when b.sequence_last is not null then s.last_no < b.sequence_last
               else epoch(b.expected_to) - epoch(b.last_at) > greatest(coalesce(q.longest_s, 0), b.heartbeat_s) end
    union all
    select s.log_id, 'missing', 'restart', coalesce(p.last_at, b.expected_from), s.first_at, null, null
    from series s
    join bounds b on b.log_id = s.log_id
    left join series p on p.log_id = s.log_id and p.series = s.series - 1
    left join silence q on q.log_id = s.log_id
    where s.series > 0
      and (s.first_no > 1
           or epoch(s.first_at) - epoch(p.last_at) > greatest(coalesce(q.longest_s, 0), b.heartbeat_s))
    union all
    select log_id, 'missing', 'no_heartbeat', since, until, null, null
    from beat where epoch(until) - epoch(since) > 2 * heartbeat_s
    union all
    select log_id, 'missing', 'no_heartbeat', expected_from, first_at, null, null
    from bounds
    where completeness = 'heartbeat' and lines > 0 and epoch(first_at) - epoch(expected_from) > 2 * heartbeat_s
    union all
    select log_id, 'missing', 'no_heartbeat', last_at, expected_to, null, null
    from bounds
    where completeness = 'heartbeat' and lines > 0 and epoch(expected_to) - epoch(last_at) > 2 * heartbeat_s
    union all
    select l.log_id, 'missing', 'fewer_than_compared', o.minute, o.minute + interval 1 minute,
           o.lines - coalesce(m.lines, 0), null
    from fact_log l
    join minute o on o.log_id = l.compared_with
    left join minute m on m.log_id = l.log_id and m.minute = o.minute
    where l.completeness = 'comparison' and coalesce(m.lines, 0) < o.lines
    union all
    select b.log_id, 'unproved', 'outside_compared', b.expected_from, o.first_at, null, null
    from bounds b
    join fact_log l on l.log_id = b.log_id
    join (select log_id, min(minute) as first_at from minute group by log_id) o on o.log_id = l.compared_with
    where b.completeness = 'comparison' and o.first_at > b.expected_from + interval 1 hour
    union all
    select b.log_id, 'unproved', 'outside_compared', coalesce(o.last_at, b.expected_from), b.expected_to, null, null
    from bounds b
    join fact_log l on l.log_id = b.log_id
    left join (select log_id, max(minute) as last_at from minute group by log_id) o on o.log_id = l.compared_with
    where b.completeness = 'comparison'
      and coalesce(o.last_at, b.expected_from) < b.expected_to - interval 1 hour
    -- a file cut before its end: from its last line to the next line of the log
    union all
    select i.source, 'truncated', 'cut_file', t.last_at,
           coalesce((select min(n.event_at) from line n where n.log_id = i.source and n.event_at > t.last_at), b.expected_to),
           null, null
    from (select e.evidence_id, coalesce(max(n.event_at), any_value(b.expected_from)) as last_at
          from truncated_evidence e
          join fact_log_evidence i using (evidence_id)
          join bounds b on b.log_id = i.source
          left join line n on n.evidence_id = e.evidence_id
          group by e.evidence_id) t
    join fact_log_evidence i on i.evidence_id = t.evidence_id
    join bounds b on b.log_id = i.source
    -- a line that could not be read, where no number proves what it was
    union all
    select i.source, 'missing', 'rejected_line', coalesce(r.before_at, b.expected_from),
           coalesce(r.after_at, b.expected_to), r.lines, null
    from around r
    join fact_log_evidence i on i.evidence_id = r.evidence_id
    join bounds b on b.log_id = i.source
    where r.lines is not null and b.completeness <> 'sequence'
    union all
    -- a log that keeps silent above a ceiling

    select log_id, 'throttled', 'ceiling', event_at, event_at + to_seconds(throttle_silent_s), null,
           case when throttle_per = 'account' then account end
    from (select l.log_id, n.event_at, n.account, l.throttle_events, l.throttle_silent_s, l.throttle_per,
                 count(*) over (partition by l.log_id, case when l.throttle_per = 'account' then n.account end
                                order by n.event_at range between to_seconds(l.throttle_window_s) preceding and current row
                               ) as recent
          from fact_log l
          join line n on n.log_id = l.log_id
          where l.throttle_events is not null)
    where recent >= throttle_events
)
select l.portal, g.log_id, l.node, g.state, g.cause,
       greatest(g.since - to_microseconds(cast(c.uncertainty_s * 1000000 as bigint)), l.expected_from) as since,
       least(g.until + to_microseconds(cast(c.uncertainty_s * 1000000 as bigint)), l.expected_to) as until,
       g.missing_lines, g.account
from found g
join fact_log l on l.log_id = g.log_id
join clock_offset c on c.log_id = g.log_id
where g.since <= l.expected_to and g.until >= l.expected_from
order by all
