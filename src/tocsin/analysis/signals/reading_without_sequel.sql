-- reading_without_sequel: one session about people to whom the account never comes back.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_guest
-- false   quotes of opticians that lead to nothing, a screening day in a school, the first day of a new clientele
-- how     as in people_never_met, for one session alone
select session_id, cast(known as double) as value, expected / 1000.0 as threshold
from session_guest
where 1000 * known < expected
  and expected / 1000.0 - known + known * ln(greatest(known, 1) / (expected / 1000.0)) > ln(1 / {chance})
