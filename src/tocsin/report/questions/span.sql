-- span: from the first to the last line of a hostile session that sent something, and how many there are.
-- grain   one row
-- reads   hostile_event
select min(epoch(event_at)) as first_s, max(epoch(event_at)) as last_s, count(*) as lines,
       count(*) filter (meaning <> 'nothing') as sent, count(*) filter (meaning <> 'nothing' and grade = 'A') as sent_a
from hostile_event
