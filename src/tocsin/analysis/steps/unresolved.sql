-- unresolved: record numbers that a hostile line names and that no register holds, or that several hold.
-- grain   one row per (portal, record_id)
-- reads   hostile_event, fact_portal_register, register_record
with named as (
    select portal, unnest(record_ids) as record_id, event_at, grade
    from hostile_event
    where meaning <> 'nothing' and len(record_ids) > 0
),
known as (
    select n.portal, n.record_id, count(distinct r.register) as registers, min(n.event_at) as first_at, max(n.event_at) as last_at,
           min(n.grade) as grade, count(*) as lines
    from (select portal, record_id, min(event_at) as event_at, min(grade) as grade from named group by portal, record_id
          union all
          select portal, record_id, max(event_at), min(grade) from named group by portal, record_id) n
    left join fact_portal_register p on p.portal = n.portal
    left join register_record r on r.register = p.register and r.record_id = n.record_id
    group by n.portal, n.record_id
)
select portal, record_id, registers, grade, first_at, last_at
from known
where registers = 0
order by portal, record_id
