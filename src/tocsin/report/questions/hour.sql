-- hour: lines of hostile sessions that sent something, hour by hour.
-- grain   one row per (portal, hour, grade); hour in seconds since 1970
-- reads   hostile_event
-- grade   A, or B: what sessions of grade U read is possible as well
select portal, cast(epoch(date_trunc('hour', event_at)) as bigint) as hour,
       case when grade = 'A' then 'A' else 'B' end as grade, count(*) as lines
from hostile_event
where meaning <> 'nothing'
group by all
order by 1, 2, 3
