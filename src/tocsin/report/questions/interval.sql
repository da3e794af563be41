-- interval: what the logs do not prove, on a grid of {steps} steps over the period examined, for the eye.
-- grain   one row per run of steps of one log that lack as much
-- reads   log_coverage
-- level   quarters of the step that are not proved, rounded up: a thousand gaps of a second are thin, never hidden
with gap as (
    select log_id, greatest(epoch_us(since), {start_us}) - {start_us} as since_us, epoch_us(until) - {start_us} as until_us
    from log_coverage
    where state <> 'complete' and epoch_us(until) > {start_us} and epoch_us(since) < {start_us} + {steps}::bigint * {step_us}
),
cell as (
    select log_id, since_us, until_us,
           unnest(range(since_us // {step_us}, least({steps}::bigint, (until_us - 1) // {step_us} + 1))) as step
    from gap
),
lack as (
    select log_id, step,
           sum(least(until_us, (step + 1) * {step_us}::bigint) - greatest(since_us, step * {step_us}::bigint)) as lack_us
    from cell
    group by log_id, step
),
graded as (
    select log_id, step, cast(least(4, (4 * lack_us + {step_us} - 1) // {step_us}) as bigint) as level
    from lack
    where lack_us > 0
),
grouped as (select *, step - row_number() over (partition by log_id, level order by step) as part from graded)
select log_id, min(step) / {steps} as since, (max(step) + 1) / {steps} as until, level
from grouped
group by log_id, level, part
order by 1, 2, 3
