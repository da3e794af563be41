-- held: between which instants accounts of a portal were, or may have been, the intruder's.
-- grain   one row per portal
-- reads   compromised_account
select portal, min(since) as since, max(until) as until, count(*) as accounts
from compromised_account
group by portal
order by portal
