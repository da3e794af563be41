-- reading_without_sequel: one session about people to whom the account never comes back.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_guest
-- false   quotes of opticians that lead to nothing, a screening day in a school, the first day of a new clientele
select session_id, cast(known as double) as value, {share} * expected / 1000 as threshold
from session_guest
where expected >= 1000 * {expected} and known < {share} * expected / 1000
