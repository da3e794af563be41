-- gap: the gaps of each log by cause; those of single accounts count apart.
-- grain   one row per (log_id, cause, of_account)
-- reads   coverage_gap
select portal, log_id, node, cause, account is not null as of_account, count(*) as gaps,
       min(epoch(since)) as first_s, max(epoch(until)) as last_s,
       sum(epoch_us(until) - epoch_us(since)) // 1000000 as seconds,
       case when bool_or(missing_lines is null) then null else cast(sum(missing_lines) as bigint) end as missing_lines,
       count(distinct account) as accounts
from coverage_gap
group by all
order by portal, log_id, first_s, cause
