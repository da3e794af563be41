-- session_count: how many sessions of each grade, in how many accounts; by whom judged.
-- grain   one row per (grade, is_judged)
-- reads   hostile_session
select grade, verdict is not null as is_judged, count(*) as sessions, count(distinct (portal, account)) as accounts
from hostile_session
group by all
order by 1, 2
