-- account_day: what each account did on each day, and how long it had been away.
-- grain   one row per (portal, account, day)
-- reads   session_feature
-- away    days since the last day on which this account did anything; empty on its first day
select portal, account, day, count(*) as sessions, sum(questions) as questions, sum(subjects) as subjects,
       bit_count(bit_or(hours)) as hours,
       day - lag(day) over (partition by portal, account order by day) as away
from session_feature
where account <> ''
group by portal, account, day
order by portal, account, day
