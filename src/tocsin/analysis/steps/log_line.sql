-- log_line: one event of a log, placed in time and space.
-- grain   one row per (evidence_id, line_no, item_no)
-- reads   parsed_event, log_file
-- account '' when the line names none: what anybody could do without signing in
select e.* replace (e.event_at - to_microseconds(f.offset_us) as event_at, coalesce(e.account, '') as account),
       e.time_doubt_s + f.uncertainty_s as doubt_s, f.portal, f.log_id, f.node, f.counts, f.aborted_below
from parsed_event e
join log_file f on f.evidence_id = e.evidence_id
