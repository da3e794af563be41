-- work_sharing: guests of several accounts who work at the same time, from one network with one client, and never share a person.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_guest, session_person
-- false   a locum agency whose members work the same hours: their patients are those of the accounts, and people_never_met says so
with gathered as (
    select network, user_agent, count(distinct hash(portal, account)) as accounts, sum(expected) as expected,
           sum(known) as known
    from session_guest where is_new_network group by all
    having count(distinct hash(portal, account)) >= {accounts}
),
list as (
    select g.network, g.user_agent, count(distinct p.household) as households,
           count(distinct hash(p.household, p.portal, p.account)) as dealt
    from session_guest g
    join session_person p using (session_id)
    where g.is_new_network
    group by all
),
crew as (
    select c.network, c.user_agent, c.accounts
    from gathered c
    join list l on l.network = c.network and l.user_agent is not distinct from c.user_agent
    where l.households >= {households} and l.households >= {apart} * l.dealt and c.known < {share} * c.expected / 1000
),
beside as (
    select g.session_id, g.network, g.user_agent, g.portal, g.account, g.first_at, g.last_at,
           max(g.last_at) over (partition by g.network, g.user_agent order by g.first_at, g.session_id
                                rows between unbounded preceding and 1 preceding) as others_until,
           lead(g.first_at) over (partition by g.network, g.user_agent order by g.first_at, g.session_id) as next_at
    from session_guest g
    join crew c on c.network = g.network and c.user_agent is not distinct from g.user_agent
    where g.is_new_network
)
select b.session_id, cast(c.accounts as double) as value, cast({accounts} as double) as threshold
from beside b
join crew c on c.network = b.network and c.user_agent is not distinct from b.user_agent
where b.others_until >= b.first_at - interval {minutes} minutes or b.next_at <= b.last_at + interval {minutes} minutes
