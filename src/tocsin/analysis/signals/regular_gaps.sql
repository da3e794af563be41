-- regular_gaps: questions at the pace of a machine, by an account that works at the pace of people.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_feature, account_habit
-- false   software that checks rights before opening, once installed in an establishment that had none; scripts of a billing
--         office; an account whose usual sessions are as regular is left alone
with paced as (
    select session_id, portal, account, (gap_high - gap_low) / greatest(gap_median, 1) as spread
    from session_feature
    where gaps >= {least}
),
usual as (
    select portal, account, count(*) filter (spread < {spread}) as regular, count(*) as n from paced group by all
)
select p.session_id, p.spread as value, cast({spread} as double) as threshold
from paced p
join account_habit h on h.portal = p.portal and h.account = p.account
join usual u on u.portal = p.portal and u.account = p.account
where p.spread < {spread} and 5 * u.regular < h.asking
