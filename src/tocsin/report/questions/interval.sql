-- interval: what the logs do not prove, on a grid of {steps} steps over the period examined, for the eye.
-- grain   one row per (log_id, first step, last step, state)
-- reads   log_coverage
with placed as (
    select log_id, state,
           greatest(0, floor((epoch(since) - {start}) / {length} * {steps}))        as first_step,
           least({steps}, ceil((epoch(until) - {start}) / {length} * {steps}))      as last_step
    from log_coverage
    where state <> 'complete' and epoch(until) > {start} and epoch(since) < {stop}
),
joined as (
    select *, sum(case when first_step <= reached then 0 else 1 end) over by_step as part
    from (select *, max(last_step) over (partition by log_id, state order by first_step, last_step
                                         rows between unbounded preceding and 1 preceding) as reached
          from placed)
    window by_step as (partition by log_id, state order by first_step, last_step rows unbounded preceding)
)
select log_id, state, min(first_step) / {steps} as since, max(last_step) / {steps} as until
from joined
group by log_id, state, part
order by 1, 3, 2
