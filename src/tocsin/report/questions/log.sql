-- log: each log with the share of its expected period that is proved complete.
-- grain   one row per log_id
-- reads   log_coverage
select portal, log_id, node, min(epoch(since)) as first_s, max(epoch(until)) as last_s,
       coalesce(sum(epoch_us(until) - epoch_us(since)) filter (state = 'complete'), 0)
           / sum(epoch_us(until) - epoch_us(since)) as share
from log_coverage
group by all
order by portal, log_id
