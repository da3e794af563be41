-- replayed_read: the records that replayed answers held.
-- grain   one row per (event_no, register, record_id, mask)
-- reads   replay_rows, replay_event, replay_check, fact_disclosure, fact_everything
select e.event_no, e.evidence_id, e.line_no, e.item_no, e.portal, r.register, r.record_id, e.event_at, e.doubt_s, e.grade,
       r.is_certain and d.mask is not null as is_certain,
       coalesce(d.mask, (select mask from fact_everything)) as mask,
       case when d.mask is null then 'undescribed_action' when not r.is_certain then
            case when c.result = 'certified' then 'tie_across_pages' else c.cause end end as cause
from replay_rows r
join replay_event e on e.event_no = r.event_no
join replay_check c on c.event_no = r.event_no
left join (select distinct portal, action, answer, since, until, mask from fact_disclosure) d
       on d.portal = e.portal and d.action = e.action and d.answer = e.meaning
      and (d.since is null or d.since <= e.read_at) and (d.until is null or e.read_at < d.until)
where not list_contains(e.record_ids, r.record_id) or not r.is_certain
order by e.event_no, r.register, r.record_id, mask
