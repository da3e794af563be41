-- held_window: between which instants at least one account of the portal was, or may have been, the intruder's.
-- grain   one row per portal
-- reads   compromised_account
select portal, min(epoch(since)) as first_s, max(epoch(until)) as last_s, count(*) filter (account <> '*') as accounts
from compromised_account
group by portal
order by 1
