-- zone_changes: when the zone {zone} changed its shift from UTC, to the quarter of an hour.
-- grain   one row per change: its instant in UTC, the shifts before and after it, in seconds
with day as (
    select d, epoch(timezone({zone}, timezone('UTC', d)) - d) as shift
    from range(timestamp '{first}-01-01', timestamp '{last}-01-03', interval 1 day) r(d)
),
changed as (
    select d from day qualify shift <> lead(shift) over (order by d)
),
quarter as (
    select d + to_minutes(15 * k::integer) as q from changed, range(0, 97) s(k)
),
shifted as (
    select distinct q, epoch(timezone({zone}, timezone('UTC', q)) - q)::bigint as shift from quarter
)
select strftime(q, '%Y-%m-%d %H:%M:%S') as at, before::bigint as before, shift as after
from (select q, shift, lag(shift) over (order by q) as before from shifted)
where before <> shift
order by q
