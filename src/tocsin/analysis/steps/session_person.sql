-- session_person: the households whose records a session names, and whether its account ever reads them elsewhere.
-- grain   one row per (session_id, household)
-- reads   event, access_session, fact_portal_register, register_version
-- why     an establishment comes back to the people it serves; an intruder reads people whom the account never meets.
--         Households, since a pharmacy that served the mother knows the child.
with session as materialized (
    -- a session that has a token is what shares its five words; without token, time parts them
    select session_id, session_token is null as is_tokenless, portal, account, address, user_agent, first_at, last_at,
           case when session_token is null then hash(session_id)
                else hash(portal, account, session_token, address, user_agent) end as session_no
    from access_session
),
line as (
    select hash(portal, account, session_token, address, user_agent) as session_no, portal, record_ids
    from event
    where session_token is not null and len(record_ids) > 0
    union all
    select s.session_no, e.portal, e.record_ids
    from event e
    join session s
      on s.is_tokenless and s.portal = e.portal and s.account is not distinct from e.account
     and s.address is not distinct from e.address and s.user_agent is not distinct from e.user_agent
     and e.event_at between s.first_at and s.last_at
    where e.session_token is null and len(e.record_ids) > 0
),
named as (select distinct session_no, portal, unnest(record_ids) as record_id from line),
record as (
    select p.portal, v.record_id, min(hash(v.register, coalesce(v.household_id, v.contract_id, v.record_id))) as household,
           min(v.controller_code) as insurer
    from register_version v
    join fact_portal_register p on p.register = v.register
    where v.is_latest
    group by p.portal, v.record_id
),
met as (
    select n.session_no, coalesce(r.household, hash(n.record_id)) as household, min(r.insurer) as insurer
    from named n
    left join record r on r.portal = n.portal and r.record_id = n.record_id
    group by all
)
select s.session_id, s.portal, s.account, m.household, m.insurer
from met m
join session s on s.session_no = m.session_no
order by s.session_id, m.household
