-- account_habit: how each account usually works, so that a session is compared with its own history and its peers.
-- grain   one row per (portal, account)
-- reads   session_feature, session_person, account_day, account_role
-- home    the network and the client of most of its sessions (the earliest at equal numbers)
-- usual   medians over all its sessions that ask something: an intruder's few sessions do not move them
-- known   of a thousand households read at home, how many it reads in another session at home too: the chance that the
--         next one is known already (Good and Turing); empty while fewer than ten were read: a new establishment has no
--         habits yet. doubt: the standard error of that number, since an account seen little is known badly
with place as (
    select portal, account, network, count(*) as n, min(first_at) as since
    from session_feature where account <> '' group by all
),
home as (
    select portal, account, sum(n) as sessions, arg_max(network, (n, -epoch_us(since), network)) as network,
           max(n) as at_network
    from place
    group by all
),
client as (
    select portal, account, user_agent, count(*) as n, min(first_at) as since
    from session_feature where account <> '' group by all
),
tool as (
    select portal, account, arg_max(user_agent, (n, -epoch_us(since), user_agent)) as user_agent, max(n) as with_agent
    from client
    group by all
),
work as (
    select portal, account, quantile_cont(subjects, 0.5) as subjects,
           sum(unknown) / sum(questions) as unknown_share, sum(top_function) / sum(questions) as top_share,
           count(*) as asking
    from session_feature
    where account <> '' and questions > 0
    group by all
),
of_day as (
    select portal, account, count(*) as days, quantile_cont(hours, 0.5) as hours
    from account_day group by all
),
at_home as (
    select s.session_id, s.portal, s.account
    from session_feature s
    join home h on h.portal = s.portal and h.account = s.account and h.network is not distinct from s.network
    join tool t on t.portal = s.portal and t.account = s.account and t.user_agent is not distinct from s.user_agent
),
seen as (
    select h.portal, h.account, p.household, count(*) as times
    from session_person p
    join at_home h on h.session_id = p.session_id
    group by all
),
known as (
    select portal, account, cast(sum(times) as bigint) as households,
           cast(1000 * coalesce(sum(times) filter (times > 1), 0) // sum(times) as bigint) as known,
           cast(ceil(1000 * sqrt(count(*) filter (times = 1)) / sum(times)) as bigint) as doubt
    from seen
    group by all
)
select h.portal, h.account, coalesce(r.role, '') as role, h.sessions, d.days, h.network, h.at_network,
       t.user_agent, t.with_agent, w.asking, w.subjects, w.unknown_share, w.top_share, d.hours,
       coalesce(k.households, 0) as households, case when k.households >= 10 then k.known end as known,
       coalesce(k.doubt, 0) as doubt
from home h
join tool t using (portal, account)
join of_day d using (portal, account)
left join work w using (portal, account)
left join known k using (portal, account)
left join account_role r using (portal, account)
order by h.portal, h.account
