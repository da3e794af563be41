-- unresolved: record numbers that a hostile line names and that no register of its action holds.
-- grain   one row per (portal, record_id)
-- reads   named_read, holding
-- why     the line proves that somebody was read; each such number counts as one more person in the upper figure
with asked as (select distinct portal, register, record_id from named_read),
known as (
    select distinct a.portal, a.record_id
    from asked a
    semi join holding h on h.register = a.register and h.record_id = a.record_id
),
nobody as (
    select distinct a.portal, a.record_id
    from asked a
    anti join known k on k.portal = a.portal and k.record_id = a.record_id
)
select n.portal, n.record_id, min(n.grade) as grade, min(n.event_at) as first_at, max(n.event_at) as last_at,
       count(distinct (n.evidence_id, n.line_no, n.item_no)) as lines
from named_read n
join nobody s on s.portal = n.portal and s.record_id = n.record_id
group by n.portal, n.record_id
order by n.portal, n.record_id
