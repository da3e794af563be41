-- dormant_awakened: an account that wakes after weeks without any use.
-- grain   one row per session: session_id, value, threshold
-- link    account
-- reads   session_feature, account_day
-- false   holidays, sick leave, a seasonal establishment
select s.session_id, cast(d.away as double) as value, cast({days} as double) as threshold
from account_day d
join session_feature s on s.portal = d.portal and s.account = d.account and s.day between d.day and d.day + {after}
where d.away > {days}
