-- one_function: one function of the portal called again and again, where the account uses several.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_feature, account_habit
-- false   a form of rights checks in series, once in a while; software that calls the look-up only
select s.session_id, 100.0 * s.top_function / s.questions as value, cast({percent} as double) as threshold
from session_feature s
join account_habit h on h.portal = s.portal and h.account = s.account and h.asking >= {history}
where s.questions >= {least} and 100.0 * s.top_function / s.questions > {percent} and 100 * h.top_share < {usual}
