-- named_read: records that a hostile line names, with what the answer showed of them.
-- grain   one row per (register, record_id, portal, at, grade, mask)
-- reads   hostile_event, fact_action_register, fact_portal_register, fact_disclosure, fact_everything,
--         register_account, shared_number
-- why     the line itself is the proof: grade A makes `confirmed`. An action that the map does not describe showed
--         an unknown part of the record: every category is possible. So is a number that two registers hold.
with named as (
    select e.portal, e.action, e.kind, e.meaning, e.grade, e.event_at, e.doubt_s, e.evidence_id, e.line_no, e.item_no,
           unnest(e.record_ids) as record_id
    from hostile_event e
    where e.meaning <> 'nothing' and len(e.record_ids) > 0
    union all
    select e.portal, e.action, e.kind, e.meaning, e.grade, e.event_at, e.doubt_s, e.evidence_id, e.line_no, e.item_no,
           -- an account that its register does not know is still somebody
           coalesce(a.record_id, e.account)
    from hostile_event e
    join fact_portal p on p.portal = e.portal
    left join register_account a on a.register = p.professionals and a.account = e.account
    where e.kind = 'own_account' and e.meaning <> 'nothing' and len(e.record_ids) = 0
),
described as (
    select n.*, d.mask
    from named n
    left join (select distinct portal, action, answer, since, until, mask from fact_disclosure) d
           on d.portal = n.portal and d.action = n.action and d.answer = n.meaning
          and (d.since is null or d.since <= n.event_at) and (d.until is null or n.event_at < d.until)
),
placed as (
    select d.*, r.register
    from described d
    join fact_action_register r on r.portal = d.portal and r.action = d.action
    union all
    select d.*, r.register
    from described d
    join fact_portal_register r on r.portal = d.portal
    where d.kind = 'undeclared'
)
select portal, register, record_id, event_at, doubt_s, grade, evidence_id, line_no, item_no,
       coalesce(mask, (select mask from fact_everything)) as mask,
       mask is not null and s.record_id is null as is_described,
       case when mask is null then 'undescribed_action' when s.record_id is not null then 'ambiguous_record' end as cause
from placed
left join shared_number s using (portal, register, record_id)
-- signing in, or an action declared as showing nobody, shows somebody only if the map says so
where mask is not null or kind not in ('sign_in', 'heartbeat', 'other')
