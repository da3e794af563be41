-- access_event: one event of a log, with what its answer sent.
-- grain   one row per (evidence_id, line_no, item_no)
-- reads   log_line, fact_status, fact_outcome
-- meaning what the answer sent: content, membership (it only confirms that the person is or was covered), nothing
select
    e.* exclude (aborted_below, time_doubt_s),
    case when o.meaning is not null                               then o.meaning
         when s.sends is not null and not s.sends                 then 'nothing'
         when e.returned = 0 or (e.returned is null and e.total = 0) then 'nothing'
         when e.bytes < e.aborted_below                           then 'nothing'
         else 'content' end as meaning
from log_line e
left join fact_status  s on s.portal = e.portal and s.status = e.status
left join fact_outcome o on o.portal = e.portal and o.outcome = lower(e.outcome)
