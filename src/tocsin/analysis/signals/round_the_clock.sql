-- round_the_clock: a day of work without a night, for an account that has nights.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_feature, account_day, account_habit
-- false   a hospital desk that takes over the nights, an emergency week, a clock of a node that jumps
select s.session_id, cast(d.hours as double) as value, greatest({hours}, {factor} * h.hours) as threshold
from account_day d
join account_habit h on h.portal = d.portal and h.account = d.account and h.days >= {history}
join session_feature s on s.portal = d.portal and s.account = d.account and s.day = d.day
where d.hours > greatest({hours}, {factor} * h.hours)
