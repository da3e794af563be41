-- shared_tool: a program that no account uses at home, and with which several were visited.
-- grain   one row per session: session_id, value, threshold
-- link    client
-- reads   session_guest, account_habit
-- false   a new version of business software, on its first days
with tool as (
    select g.user_agent, count(distinct hash(g.portal, g.account)) as accounts
    from session_guest g
    where g.is_new_client and not exists (select 1 from account_habit h where h.user_agent = g.user_agent)
    group by g.user_agent
)
select g.session_id, cast(t.accounts as double) as value, cast({accounts} as double) as threshold
from session_guest g
join tool t on t.user_agent = g.user_agent
where g.is_new_client and t.accounts >= {accounts}
