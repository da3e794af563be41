-- log_coverage: the expected period of each log, cut into intervals proved complete or not.
-- grain   one row per (log_id, since)
-- reads   coverage_gap, fact_log
-- state   complete, or that of the gap that starts first in the interval; gaps of one account do not cut the node
with gap as (
    select log_id, since, until, state, cause,
           max(until) over (partition by log_id order by since, until rows between unbounded preceding and 1 preceding)
               as covered
    from coverage_gap
    where account is null
),
island as (
    select *, sum(case when covered is null or since > covered then 1 else 0 end)
                  over (partition by log_id order by since, until rows unbounded preceding) as nth
    from gap
),
missing as (
    select log_id, nth, min(since) as since, max(until) as until, arg_min(state, since) as state,
           list_sort(list(distinct cause)) as causes
    from island
    group by all
),
cut as (
    select log_id, since, until, state, causes from missing
    union all
    select log_id, until, coalesce(lead(since) over (partition by log_id order by since), null), 'complete', []
    from missing
    union all
    select l.log_id, l.expected_from, (select min(m.since) from missing m where m.log_id = l.log_id), 'complete', []
    from fact_log l
    where l.counts
)
select l.portal, c.log_id, l.node, c.since, coalesce(c.until, l.expected_to) as until, c.state, c.causes
from cut c
join fact_log l on l.log_id = c.log_id
where c.since < coalesce(c.until, l.expected_to)
order by l.portal, c.log_id, c.since, until
