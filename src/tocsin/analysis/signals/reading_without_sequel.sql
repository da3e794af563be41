-- reading_without_sequel: one session about people to whom the account never comes back.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_guest
-- false   quotes of opticians that lead to nothing, a screening day in a school, the first day of a new clientele
-- how     as in people_never_met, for one session alone
select session_id, cast(known as double) as value, m as threshold
from (select session_id, known, (expected - doubt) / 1000.0 as m from session_guest)
where known < m and m - known + known * ln(greatest(known, 1) / m) > ln(1 / {chance})
