-- session_guest: how far each session is at home in its account, and whether its account knows the people it reads.
-- grain   one row per session_id of an account whose habits are known (five sessions or more)
-- reads   session_feature, session_person, account_habit
-- guest   away from the network, or without the client, with which the account works most
-- people  expected: of the households read, how many (in thousandths) the account would know by its own practice;
--         known: how many it does know, from its sessions at home; doubt: the standard error of what is expected
with guest as (
    select s.session_id, s.portal, s.account, s.network, s.user_agent, s.first_at, s.last_at, s.subjects,
           s.network is not null and s.network is distinct from h.network as is_new_network,
           s.user_agent is not null and s.user_agent is distinct from h.user_agent as is_new_client, h.known as habit, h.doubt
    from session_feature s
    join account_habit h on h.portal = s.portal and h.account = s.account and h.sessions >= 5
),
at_home as (
    select p.portal, p.account, p.household, count(*) as n
    from session_person p
    join guest g on g.session_id = p.session_id and not g.is_new_network and not g.is_new_client
    group by all
),
read as (
    select g.session_id, count(*) as households, count(*) * any_value(g.habit) as expected,
           count(*) * any_value(g.doubt) as doubt,
           count(*) filter (a.n > case when g.is_new_network or g.is_new_client then 0 else 1 end) as known
    from guest g
    join session_person p on p.session_id = g.session_id
    left join at_home a on a.portal = p.portal and a.account = p.account and a.household = p.household
    where g.habit is not null
    group by g.session_id
)
select g.* exclude (doubt), coalesce(r.households, 0) as households, coalesce(r.expected, 0) as expected, coalesce(r.doubt, 0) as doubt,
       coalesce(r.known, 0) as known
from guest g
left join read r using (session_id)
order by g.session_id
