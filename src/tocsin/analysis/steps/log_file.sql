-- log_file: what the case declares of each file of a log.
-- grain   one row per evidence_id of a log
-- reads   fact_log_evidence, fact_log, clock_offset, fact_portal
select i.evidence_id, l.portal, l.log_id, l.node, l.counts,
       cast(round(c.offset_s * 1000000) as bigint) as offset_us, c.uncertainty_s, p.aborted_below
from fact_log_evidence i
join fact_log      l on l.log_id = i.source
join clock_offset  c on c.log_id = l.log_id
join fact_portal   p on p.portal = l.portal
order by i.evidence_id
