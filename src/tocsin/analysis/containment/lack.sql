-- lack: where the evidence of a portal lacks, and between which instants.
-- grain   one row per (portal, log_id, cause)
-- reads   coverage_gap
select portal, log_id, node, cause, min(since) as since, max(until) as until
from coverage_gap
group by all
order by portal, log_id, since, cause
