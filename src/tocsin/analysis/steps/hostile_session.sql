-- hostile_session: sessions that are, or may be, the intruder's, and why.
-- grain   one row per session_id of grade A, B or U, and of grade C when a person or case.unjudged_sessions says so
-- reads   access_session, indicator_address, fact_indicator, fact_verdict, fact_denial, fact_compromised, fact_case,
--         session_signal
-- grade   a person's verdict decides: hostile A, suspect B, honest C. Otherwise by links of different kinds
--         (account, network, client, behaviour, denial): two kinds A, one kind B; the account and nothing else U.
-- denial  the holder of the account said that the session was not theirs
-- signals a behaviour signal is a link only beside something else: a signal of another aspect, an indicator, a denial, a
--         compromised account. Volume does not count as that first behaviour, and a signal on the network, the client or the
--         account counts only beside a behaviour that is a link: a busy day or a new address alone give nothing.
-- account that an account was the intruder's, as declared or since another of its sessions is graded A, says nothing of
--         one session: declared, it is a link beside another; alone it finds nothing. What such a session read stays
--         possible until a person has judged (U), as case.unjudged_sessions says.
with verdict_match as (
    select s.session_id, v.n, v.verdict, v.who
    from access_session s
    join fact_verdict v on v.account = s.account and (v.portal is null or v.portal = s.portal)
     and (v.session_token is null or v.session_token = s.session_token)
     and (v.address is null or v.address = s.address)
     and (v.user_agent is null or v.user_agent = s.user_agent)
     and (v.since is null or v.since <= s.last_at) and (v.until is null or v.until >= s.first_at)
    union all
    select s.session_id, v.n, v.verdict, v.who
    from access_session s
    join fact_verdict v on v.account is null and (v.portal is null or v.portal = s.portal)
     and (v.session_token is null or v.session_token = s.session_token)
     and (v.address is null or v.address = s.address)
     and (v.user_agent is null or v.user_agent = s.user_agent)
     and (v.since is null or v.since <= s.last_at) and (v.until is null or v.until >= s.first_at)
),
judged as (
    select session_id, max(n) as verdict_n, arg_max(verdict, n) as verdict, arg_max(who, n) as judged_by
    from verdict_match
    group by session_id
),
-- few names for many sessions: a pattern is tried once on each
named as (
    select i.kind, i.n, t.name, i.since, i.until
    from (select distinct 'account' as kind, account as name from access_session
          union all select distinct 'user_agent', user_agent from access_session) t
    join fact_indicator i on i.kind = t.kind
    where regexp_full_match(t.name, i.pattern)
),
indicator_match as (
    select s.session_id, 'account' as link, i.n, false as points_here
    from access_session s
    join named i on i.kind = 'account' and i.name = s.account
     and (i.since is null or i.since <= s.last_at) and (i.until is null or i.until >= s.first_at)
    union all
    select s.session_id, 'account', i.n, true
    from access_session s
    join fact_indicator i on i.kind = 'session_token' and i.value = s.session_token
    union all
    select s.session_id, 'network', i.n, true
    from access_session s
    join indicator_address a on a.address = s.address
    join fact_indicator i on i.n = a.n
     and (i.since is null or i.since <= s.last_at) and (i.until is null or i.until >= s.first_at)
    union all
    select s.session_id, 'client', i.n, true
    from access_session s
    join named i on i.kind = 'user_agent' and i.name = s.user_agent
     and (i.since is null or i.since <= s.last_at) and (i.until is null or i.until >= s.first_at)
),
indicated as (
    select session_id, list_sort(list(distinct link)) as links, list_sort(list(distinct n)) as indicators,
           bool_or(points_here) as points_here
    from indicator_match
    group by session_id
),
denied as (
    select s.session_id, arg_max(d.said_by, d.n) as denied_by
    from access_session s
    join fact_denial d on d.account = s.account and (d.portal is null or d.portal = s.portal)
     and (d.session_token is null or d.session_token = s.session_token)
     and (d.address is null or d.address = s.address)
     and (d.user_agent is null or d.user_agent = s.user_agent)
     and (d.since is null or d.since <= s.last_at) and (d.until is null or d.until >= s.first_at)
    group by s.session_id
),
compromised as (
    select distinct s.session_id
    from access_session s
    join fact_compromised c on c.portal = s.portal and c.account = s.account
     and (c.since is null or c.since <= s.last_at) and (c.until is null or c.until >= s.first_at)
),
signalled as (
    select session_id, list_sort(list(distinct kind)) as kinds,
           count(distinct aspect) as aspects, count(*) filter (kind = 'behaviour' and aspect <> 'volume') as behaviours
    from session_signal
    group by session_id
),
behaving as (
    select g.session_id, g.kinds
    from signalled g
    left join indicated i using (session_id)
    left join compromised c using (session_id)
    left join denied d using (session_id)
    where g.behaviours > 0
      and (g.aspects >= 2 or i.session_id is not null or c.session_id is not null or d.session_id is not null)
),
linked as (
    select s.session_id, j.verdict, j.verdict_n, j.judged_by, i.indicators, d.denied_by,
           c.session_id is not null as is_compromised,
           coalesce(i.points_here, false) as points_here, i.session_id is not null as is_named,
           list_sort(list_distinct(list_concat(coalesce(i.links, []), coalesce(b.kinds, []),
                                               case when c.session_id is not null then ['account'] else [] end,
                                               case when d.session_id is not null then ['denial'] else [] end))) as links
    from access_session s
    left join judged j using (session_id)
    left join indicated i using (session_id)
    left join compromised c using (session_id)
    left join denied d using (session_id)
    left join behaving b using (session_id)
    where j.session_id is not null or i.session_id is not null or c.session_id is not null or d.session_id is not null
       or b.session_id is not null
),
graded as (
    select *,
           case when verdict = 'hostile' then 'A'
                when verdict = 'suspect' then 'B'
                when verdict = 'honest'  then 'C'
                when len(links) >= 2     then 'A'
                when points_here or denied_by is not null or 'behaviour' in links then 'B' end as grade
    from linked
),
intruder_account as (
    select s.portal, s.account, bool_or(g.verdict is not distinct from 'hostile') as is_judged
    from graded g
    join access_session s using (session_id)
    where g.grade = 'A' and s.account <> ''
    group by s.portal, s.account
)
select s.session_id,
       coalesce(g.grade, case when g.is_named or f.unjudged = 'possible'
                                or (f.unjudged = 'auto' and not coalesce(a.is_judged, false)) then 'U' else 'C' end) as grade,
       coalesce(g.links, []) as links, coalesce(g.indicators, []) as indicators,
       coalesce(g.is_compromised, false) as is_compromised, g.verdict, g.verdict_n, g.judged_by, g.denied_by,
       s.portal, s.account, s.session_token, s.address, s.user_agent, s.first_at, s.last_at, s.lines
from access_session s
cross join fact_case f
left join graded g using (session_id)
left join intruder_account a on a.portal = s.portal and a.account = s.account
where g.session_id is not null or a.account is not null
order by s.portal, s.first_at, s.session_id
