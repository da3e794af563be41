-- people_never_met: guests who read people whom the account never serves.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_guest, guest_pool
-- false   a move to other premises together with another software, which leaves the former patients; a locum who sees only new
--         patients, and is alone on its network; one visit from elsewhere in an account whose other guests are the intruder
-- how     the chance that an account would know so few, were the guests its own (Chernoff's bound on a Poisson tail)
select s.session_id, cast(p.known as double) as value, p.expected / 1000.0 as threshold
from session_guest s
join guest_pool p
  on p.portal = s.portal and p.account = s.account
 and p.network is not distinct from s.network and p.user_agent is not distinct from s.user_agent
where (s.is_new_network or s.is_new_client) and 1000 * p.known < p.expected
  and p.expected / 1000.0 - p.known + p.known * ln(greatest(p.known, 1) / (p.expected / 1000.0)) > ln(1 / {chance})
