-- unresolved: record numbers that a hostile line names and that no register of its action holds.
-- grain   one row per (portal, record_id)
-- reads   named_read, register_record
-- why     the line proves that somebody was read; each such number counts as one more person in the upper figure
select n.portal, n.record_id, min(n.grade) as grade, min(n.event_at) as first_at, max(n.event_at) as last_at,
       count(distinct (n.evidence_id, n.line_no, n.item_no)) as lines
from named_read n
left join register_record r on r.register = n.register and r.record_id = n.record_id
group by n.portal, n.record_id
having count(r.record_id) = 0
order by n.portal, n.record_id
