-- redelivered_line: lines that an earlier file of the same node already delivered.
-- grain   one row per (evidence_id, line_no, item_no)
-- reads   log_line
-- why     the same request twice in one file is two requests; the same line in two files is one line delivered twice.
--         The n-th occurrence in the later file answers to the n-th in the earlier one, only where the files overlap.
with span as (
    select evidence_id, portal, node, min(event_at) as first_at, max(event_at) as last_at
    from log_line
    group by all
),
overlap as (
    select a.evidence_id, max(least(a.last_at, b.last_at)) as until, min(greatest(a.first_at, b.first_at)) as since
    from span a
    join span b on a.portal = b.portal and a.node = b.node and a.evidence_id <> b.evidence_id
               and a.first_at <= b.last_at and b.first_at <= a.last_at
    group by a.evidence_id
),
line as (
    select e.evidence_id, e.line_no, e.item_no, e.portal, e.node, e.event_at, e.line_hash, e.sequence_no,
           row_number() over (partition by e.evidence_id, e.event_at, e.sequence_no, e.line_hash, e.item_no
                              order by e.line_no) as nth
    from log_line e
    join overlap o on o.evidence_id = e.evidence_id and e.event_at between o.since and o.until
),
ranked as (
    select evidence_id, line_no, item_no,
           first_value(evidence_id) over same as first_evidence_id,
           row_number() over same as delivery
    from line
    window same as (partition by portal, node, event_at, coalesce(sequence_no, 0),
                                 case when sequence_no is null then line_hash end, item_no, nth
                    order by evidence_id, line_no)
)
select evidence_id, line_no, item_no, first_evidence_id
from ranked
where delivery > 1 and evidence_id <> first_evidence_id
order by evidence_id, line_no, item_no
