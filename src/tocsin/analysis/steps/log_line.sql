-- log_line: one event of a log, placed in time and space.
-- grain   one row per (evidence_id, line_no, item_no)
-- reads   the files of one log (files), and what log_file says of them. The pipeline puts one such part together for
--         each log: joining each line with a table of a few rows costs more than reading the line
-- account '' when the line names none: what anybody could do without signing in
select e.* exclude ("at") replace (coalesce(e.account, '') as account), {event_at} as event_at,
       e.time_doubt_s + {uncertainty_s} as doubt_s, {portal} as portal, {log_id} as log_id, {node} as node,
       {counts} as counts, {aborted_below} as aborted_below
from {files} e
