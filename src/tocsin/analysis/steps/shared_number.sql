-- shared_number: record numbers that several registers of one action hold: a line that names one cannot tell which.
-- grain   one row per (portal, register, record_id)
-- reads   register_record, fact_action_register
with several as (
    select portal, action
    from fact_action_register
    group by portal, action
    having count(distinct register) > 1
),
candidate as (
    select distinct f.portal, r.register, r.record_id
    from register_record r
    join fact_action_register f on f.register = r.register
    join several s on s.portal = f.portal and s.action = f.action
)
select portal, register, record_id
from candidate
qualify count(*) over (partition by portal, record_id) > 1
