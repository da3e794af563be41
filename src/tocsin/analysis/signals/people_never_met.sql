-- people_never_met: guests who read people whom the account never serves.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_guest
-- false   a move to other premises together with another software, which leaves the former patients; a locum who sees only new
--         patients, and is alone on its network
with pool as (
    select session_id, case when network_expected >= 1000 * {expected} then network_expected else account_expected end as expected,
           case when network_expected >= 1000 * {expected} then network_known else account_known end as known
    from session_guest
    where is_new_network or is_new_client
)
select session_id, cast(known as double) as value, {share} * expected / 1000 as threshold
from pool
where expected >= 1000 * {expected} and known < {share} * expected / 1000
