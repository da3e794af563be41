-- person_exposure: each exposed record with its person, as its controller may see it.
-- grain   one row per (controller, record_no, held_for)
-- reads   exposure, person, register_version, fact_register, fact_scope, fact_portal_register, fact_agreement
-- why     a read of data held after the agreement ended is flagged: GDPR 28(3)(g) asked for their erasure
with told as (
    -- the agreement of the one for whom it was held, with an operator of a portal that shows the register
    select e.record_no, e.held_for, e.controller,
           bool_or(a.since <= coalesce(e.first_at, g.occurred_to)
                   and (a.until is null or a.until > coalesce(e.first_at, g.occurred_to)))
       and bool_or(a.since <= coalesce(e.last_at, g.occurred_to)
                   and (a.until is null or a.until > coalesce(e.last_at, g.occurred_to))) as is_running,
           bool_or(a.until <= coalesce(e.last_at, g.occurred_to)) as has_ended
    from exposure e
    cross join fact_case g
    join fact_portal_register r on r.register = e.register
    join fact_portal o on o.portal = r.portal
    join fact_agreement a on a.controller = e.held_for and a.processor = o.processor
    group by e.record_no, e.held_for, e.controller
)
select e.controller, e.held_for, f.population, e.record_no, e.register, e.record_id, v.contract_id, v.household_id,
       p.scope, p.node, p.person_no, p.person_strict, p.group_loose,
       e.confirmed, e.deduced, e.possible_attribution, e.possible_missing_evidence,
       e.confirmed | e.deduced <> 0 as is_proved, e.first_at, e.last_at, e.lines, e.causes,
       case when f.population = 'professional' then 'not_applicable'
            when t.is_running then 'running'
            when t.has_ended then 'ended'
            else 'none' end as agreement
from exposure e
join fact_register f on f.register = e.register
left join fact_scope s on s.controller = e.controller
join person p on p.scope = coalesce(s.scope, e.controller) and p.record_no = e.record_no
join register_version v on v.record_no = e.record_no and v.is_latest
left join told t on t.record_no = e.record_no and t.held_for = e.held_for and t.controller = e.controller
order by e.controller, e.record_no, e.held_for
