-- guest_group: the guests of an account who look alike, and what they, or their network, say by themselves.
-- grain   one row per (portal, account, network, user_agent) among guests
-- reads   session_guest
-- speaks  'network': its guests, over all accounts, read enough people (a locum's agency answers for its locums); else
--         'group': these sessions did; else empty: they are taken together with others (guest_pool)
-- enough  five people expected to be known: if none is, chance explains it less than once in a hundred times
-- doubt   what is expected of accounts seen little is known badly: one standard error is taken off. Errors of one account add
--         up; those of several are independent, and their squares do
-- strange the accounts know so few of them that chance explains it less than once in a hundred times (Chernoff's bound on a
--         Poisson tail)
with alike as (
    select portal, account, network, user_agent, bool_or(is_new_network) as is_new_network, count(*) as sessions,
           cast(sum(expected) as bigint) as expected, cast(sum(doubt) as bigint) as doubt,
           cast(sum(known) as bigint) as known
    from session_guest
    where is_new_network or is_new_client
    group by portal, account, network, user_agent
),
visit as (
    select network, portal, account, cast(sum(expected) as bigint) as expected, cast(sum(doubt) as bigint) as doubt,
           cast(sum(known) as bigint) as known
    from alike where is_new_network
    group by network, portal, account
),
by_network as (
    select network, count(*) as accounts, cast(floor(sum(expected) - sqrt(sum(doubt * doubt))) as bigint) as expected,
           cast(sum(known) as bigint) as known
    from visit
    group by network
),
told as (
    select a.*, n.accounts as network_accounts, n.expected as network_expected, n.known as network_known,
           case when n.expected >= 5000 then 'network' when a.expected - a.doubt >= 5000 then 'group' end as speaks
    from alike a
    left join by_network n on a.is_new_network and n.network = a.network
),
heard as (
    select *, case when speaks = 'network' then network_expected when speaks = 'group' then expected - doubt end / 1000.0 as m,
           case when speaks = 'network' then network_known when speaks = 'group' then known end as k
    from told
)
select row_number() over (order by portal, account, network, user_agent) as group_no, * exclude (m, k),
       coalesce(k < m and m - k + k * ln(greatest(k, 1) / m) > ln(100), false) as is_strange
from heard
order by group_no
