-- person_exposure: each exposed record with its person, as its controller may see it.
-- grain   one row per (controller, register, record_id, held_for)
-- reads   exposure, person, fact_register, fact_scope, fact_portal_register, fact_agreement
-- why     a read of data held after the agreement ended is flagged: GDPR 28(3)(g) asked for their erasure
select e.controller, e.held_for, f.population, e.register, e.record_id, p.contract_id, p.household_id,
       p.scope, p.person_strict, p.person_loose,
       e.confirmed, e.deduced, e.possible_attribution, e.possible_missing_evidence,
       e.confirmed | e.deduced <> 0 as is_proved, e.first_at, e.last_at, e.lines, e.causes,
       case when f.population = 'professional' then 'not_applicable'
            when bool_or(a.since <= coalesce(e.first_at, g.occurred_to)
                         and (a.until is null or a.until > coalesce(e.last_at, g.occurred_to))) then 'running'
            when bool_or(a.controller is not null) then 'ended'
            else 'none' end as agreement
from exposure e
join fact_register f on f.register = e.register
left join fact_scope s on s.controller = e.controller
join person p on p.scope = coalesce(s.scope, e.controller) and p.register = e.register and p.record_id = e.record_id
cross join fact_case g
left join fact_portal_register pr on pr.register = e.register
left join fact_portal o on o.portal = pr.portal
left join fact_agreement a on a.controller = e.held_for and a.processor = o.processor
group by all
order by e.controller, e.register, e.record_id, e.held_for
