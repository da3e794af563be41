-- hour: lines of hostile sessions that sent something, hour by hour.
-- grain   one row per (portal, hour, grade); hour in seconds since 1970
-- reads   hostile_event
select portal, cast(epoch(date_trunc('hour', event_at)) as bigint) as hour, grade, count(*) as lines
from hostile_event
where meaning <> 'nothing'
group by all
order by 1, 2, 3
