-- session_person: the households whose records a session names, and whether its account ever reads them elsewhere.
-- grain   one row per (session_id, household)
-- reads   event, access_session, fact_portal_register, register_version
-- why     an establishment comes back to the people it serves; an intruder reads people whom the account never meets.
--         Households, since a pharmacy that served the mother knows the child.
with named as (
    select distinct s.session_id, s.portal, s.account, unnest(e.record_ids) as record_id
    from event e
    join access_session s
      on s.portal = e.portal and s.account is not distinct from e.account
     and s.session_token is not distinct from e.session_token
     and s.address is not distinct from e.address and s.user_agent is not distinct from e.user_agent
     and e.event_at between s.first_at and s.last_at
    where len(e.record_ids) > 0
),
record as (
    select p.portal, v.record_id, min(hash(v.register, coalesce(v.household_id, v.contract_id, v.record_id))) as household,
           min(v.controller_code) as insurer
    from register_version v
    join fact_portal_register p on p.register = v.register
    where v.is_latest
    group by p.portal, v.record_id
)
select n.session_id, n.portal, n.account, coalesce(r.household, hash(n.record_id)) as household,
       min(r.insurer) as insurer
from named n
left join record r on r.portal = n.portal and r.record_id = n.record_id
group by all
order by n.session_id, household
