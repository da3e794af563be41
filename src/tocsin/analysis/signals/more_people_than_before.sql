-- more_people_than_before: a session about far more people than its account's own sessions.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_feature, account_habit
-- false   renewals of January, a campaign of vaccination, a migration that reads the whole patient file again, a new clerk who
--         keeps one session open all day: volume, which never counts without another behaviour
select s.session_id, cast(s.subjects as double) as value, greatest({least}, {factor} * h.subjects) as threshold
from session_feature s
join account_habit h on h.portal = s.portal and h.account = s.account
where h.asking >= {history} and s.subjects > greatest({least}, {factor} * h.subjects)
