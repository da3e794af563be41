-- person_exposure: each exposed record with its person, as its controller may see it.
-- grain   one row per (controller, record_no, held_for)
-- reads   exposure, identity, cluster, fact_register, fact_scope, fact_portal_register, fact_agreement
-- person_strict is made of the key of the smallest record of the cluster; person_no means nothing outside of the run
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
),
known as (
    select e.controller, e.held_for, i.population, i.record_no, i.register, i.record_id, i.contract_id, i.household_id,
           i.scope, i.node, coalesce(c.person_no, i.node) as person_no, coalesce(c.group_loose, i.node) as group_loose,
           e.confirmed, e.deduced, e.possible_attribution, e.possible_missing_evidence, e.first_at, e.last_at, e.lines, e.causes
    from exposure e
    left join fact_scope s on s.controller = e.controller
    join identity i on i.record_no = e.record_no and i.scope = coalesce(s.scope, e.controller)
    left join cluster c on c.node = i.node
),
head as (
    select i.node as person_no, 'p-' || left(md5(concat_ws('|', i.scope, i.register, i.record_id)), 16) as person_strict
    from identity i
    semi join known k on k.person_no = i.node
)
select e.controller, e.held_for, e.population, e.record_no, e.register, e.record_id, e.contract_id, e.household_id,
       e.scope, e.node, e.person_no, h.person_strict, e.group_loose,
       e.confirmed, e.deduced, e.possible_attribution, e.possible_missing_evidence,
       e.confirmed | e.deduced <> 0 as is_proved, e.first_at, e.last_at, e.lines, e.causes,
       case when e.population = 'professional' then 'not_applicable'
            when t.is_running then 'running'
            when t.has_ended then 'ended'
            else 'none' end as agreement
from known e
join head h on h.person_no = e.person_no
left join told t on t.record_no = e.record_no and t.held_for = e.held_for and t.controller = e.controller
order by e.controller, e.record_no, e.held_for
