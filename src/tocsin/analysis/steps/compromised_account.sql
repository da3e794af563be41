-- compromised_account: accounts whose credential the intruder held, and between which instants.
-- grain   one row per (portal, account)
-- reads   fact_compromised, hostile_session, fact_case, fact_portal, fact_log
-- default from the start to the end of the period examined; never narrower than its hostile sessions.
--         A portal that has no log and no known account: any account ('*') may have been held.
with seen as (
    select portal, account, min(first_at) as since, max(last_at) as until, false as is_declared
    from hostile_session
    where grade in ('A', 'B', 'U') and account is not null
    group by portal, account
),
named as (
    select c.portal, c.account, coalesce(c.since, f.occurred_from) as since, coalesce(c.until, f.occurred_to) as until,
           true as is_declared
    from fact_compromised c cross join fact_case f
    union all
    select s.portal, s.account, s.since, s.until, false from seen s
    union all
    select s.portal, s.account, f.occurred_from, f.occurred_to, false
    from seen s cross join fact_case f
    where not exists (select 1 from fact_compromised c where c.portal = s.portal and c.account = s.account)
    union all
    select p.portal, '*', f.occurred_from, f.occurred_to, false
    from fact_portal p cross join fact_case f
    where not exists (select 1 from fact_compromised c where c.portal = p.portal)
      and not exists (select 1 from fact_log l where l.portal = p.portal and l.counts)
)
select portal, account, min(since) as since, max(until) as until, bool_or(is_declared) as is_declared
from named
group by portal, account
order by portal, account
