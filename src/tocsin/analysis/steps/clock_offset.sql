-- clock_offset: how far each log's clock runs ahead of true time.
-- grain   one row per log_id
-- reads   fact_clock, parsed_event, fact_log_evidence, fact_log
-- how     declared in case.toml, or the median difference between the times that this node and the trusted node
--         wrote for the same request; half the spread between the first and last tenth is added to the uncertainty
with written as (
    select l.log_id, l.node, e.request_id, e.event_at
    from parsed_event e
    join fact_log_evidence i on i.evidence_id = e.evidence_id
    join fact_log      l on l.log_id = i.source
    where e.request_id is not null
      and (l.log_id in (select log_id from fact_clock where trusted_node is not null)
           or l.node in (select trusted_node from fact_clock where trusted_node is not null))
),
measured as (
    select c.log_id, count(*) as pairs, median(epoch_us(a.event_at) - epoch_us(b.event_at)) / 1e6 as offset_s,
           (quantile_cont(epoch_us(a.event_at) - epoch_us(b.event_at), 0.9)
            - quantile_cont(epoch_us(a.event_at) - epoch_us(b.event_at), 0.1)) / 2e6 as spread_s
    from fact_clock c
    join written a on a.log_id = c.log_id
    join written b on b.node = c.trusted_node and b.request_id = a.request_id
    where c.offset_s is null
    group by c.log_id
)
select
    c.log_id,
    coalesce(c.offset_s, m.offset_s, 0.0)              as offset_s,
    c.uncertainty_s + coalesce(m.spread_s, 0.0)        as uncertainty_s,
    case when c.offset_s is not null     then 'declared'
         when m.pairs > 0                then 'measured'
         when c.trusted_node is not null then 'unmeasurable'
         else 'trusted' end                            as how,
    coalesce(m.pairs, 0)                               as pairs
from fact_clock c
left join measured m on m.log_id = c.log_id
order by c.log_id
