-- access_event: one event of a log, with what the case declares of its portal.
-- grain   one row per (evidence_id, line_no, item_no)
-- reads   parsed_event, fact_evidence, fact_log, fact_portal, fact_status, fact_outcome, clock_offset
-- account '' when the line names none: what anybody could do without signing in
-- meaning what the answer sent: content, membership (it only confirms that the person is or was covered), nothing
select
    e.evidence_id, e.line_no, e.item_no, e.byte_offset,
    e.event_at - to_microseconds(cast(round(c.offset_s * 1000000) as bigint)) as event_at,
    e.at_written,
    e.time_doubt_s + c.uncertainty_s as doubt_s,
    l.portal, l.log_id, l.node, l.counts,
    coalesce(e.account, '') as account, e.session_token, e.address, e.user_agent, e.action, e.outcome, e.status, e.bytes,
    e.record_ids, e.criteria, e.page, e.page_size, e.row_offset, e.returned, e.total,
    e.sequence_no, e.request_id, e.line_hash,
    case when o.meaning is not null                               then o.meaning
         when s.sends is not null and not s.sends                 then 'nothing'
         when e.returned = 0 or (e.returned is null and e.total = 0) then 'nothing'
         when e.bytes < p.aborted_below                           then 'nothing'
         else 'content' end as meaning
from parsed_event e
join fact_evidence i on i.evidence_id = e.evidence_id
join fact_log      l on l.log_id = i.source
join clock_offset  c on c.log_id = l.log_id
join fact_portal   p on p.portal = l.portal
left join fact_status  s on s.portal = l.portal and s.status = e.status
left join fact_outcome o on o.portal = l.portal and o.outcome = lower(e.outcome)
