-- spread_over_insurers: people of insurers whom the account never meets otherwise.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_person, session_feature, account_habit
-- false   tourists at the seaside, a company that changes its insurer, a merger of insurers that changes their codes
with met as (
    select portal, account, insurer, count(distinct session_id) as sessions
    from session_person where insurer is not null group by all
)
select p.session_id, cast(count(*) filter (m.sessions = 1) as double) as value,
       greatest({least}, {share} * count(*)) as threshold
from session_person p
join met m on m.portal = p.portal and m.account = p.account and m.insurer = p.insurer
join account_habit h on h.portal = p.portal and h.account = p.account and h.asking >= {history} and h.households >= {households}
group by p.session_id
having count(*) filter (m.sessions = 1) > greatest({least}, {share} * count(*))
