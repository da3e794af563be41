-- hostile_event: the lines of the sessions of grade A, B or U.
-- grain   one row per (evidence_id, line_no, item_no)
-- reads   event, hostile_session, fact_action
-- how     lines of other accounts are left aside before the rest of them is read
with mine as (select * from event where account in (select account from hostile_session where grade in ('A', 'B', 'U')))
select e.evidence_id, e.line_no, e.item_no, e.byte_offset, h.session_id, h.grade,
       e.event_at, e.at_written, e.doubt_s, e.portal, e.log_id, e.node, e.account, e.session_token,
       e.action, coalesce(a.kind, 'undeclared') as kind, e.meaning, e.outcome, e.status, e.bytes,
       e.record_ids, e.criteria, e.page, e.page_size, e.row_offset, e.returned, e.total
from mine e
join hostile_session h
  on h.grade in ('A', 'B', 'U') and h.portal = e.portal
 and h.account = e.account  -- '' where the line names none
 and h.session_token is not distinct from e.session_token
 and h.address is not distinct from e.address
 and h.user_agent is not distinct from e.user_agent
 and e.event_at between h.first_at and h.last_at
left join fact_action a on a.portal = e.portal and a.action = e.action
order by e.evidence_id, e.line_no, e.item_no
