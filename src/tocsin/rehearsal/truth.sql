-- What was really read.
--
-- truth_exposure           grain: (portal, register, record_id, controller, category)
-- truth_person             grain: (register, record_id)     the human behind each record, of both populations
-- truth_hostile_session    grain: (portal, account, session_token)
-- truth_figures            grain: scope                     persons and records read, by controller and in all

create or replace temp macro insured_register(operator) as case when operator = 0 then 'register-a' else 'register-b' end;
create or replace temp macro pro_register(portal) as case when portal = 0 then 'professionals-a' else 'professionals-b' end;
create or replace temp macro portal_name(portal) as case when portal = 0 then 'portal-a' else 'portal-b' end;

create or replace temp table truth_exposure as
select distinct
    portal_name(s.operator) as portal, insured_register(s.operator) as register, v.record_id,
    h.id as controller, d.category
from shown as s
join version as v on v.rid = s.rid and v.state = s.state
join controller_number as k on k.controller = s.controller
join controller_number as h on h.controller = k.successor
join disclosure_line as d on d.portal = s.operator and d.action = s.action and d.answer = s.answer
    and s.asked_at >= d.since and s.asked_at < d.until
union all
select distinct
    portal_name(a.portal), pro_register(a.portal), c.professional_record,
    case when a.portal = 0 then 'op-a' else 'op-b' end, d.category
from asked as a
join reply as r using (ask_id)
join account_number as c using (account)
join disclosure_line as d on d.portal = a.portal and d.action = a.action
where a.action = 1 and a.hostile and r.is_delivered;

create or replace temp table truth_person as
select insured_register(operator) as register, record_id, 'h' || person as person_id from first_state
union all
select pro_register(portal), professional_record, 'p' || professional from account_number;

create or replace temp table truth_hostile_session as
select distinct portal_name(a.portal) as portal, a.account_name as account, session_token(a.portal, s.salt) as session_token
from session_number as s join account_number as a using (account)
where s.hostile;

create or replace temp table truth_figures as
with population as (
    select case when starts_with(register, 'register') then 'insured' else 'professional' end as population, e.*, p.person_id
    from truth_exposure as e join truth_person as p using (register, record_id)
)
select population || '/' || controller as scope, count(distinct person_id) as persons,
       count(distinct (register, record_id)) as records
from population group by all
union all
select population || '/total', count(distinct person_id), count(distinct (register, record_id))
from population group by all;
