-- shared_number: record numbers that several registers of one action hold: a line that names one cannot tell which.
-- grain   one row per (portal, register, record_id)
-- reads   holding, fact_action_register
with several as (
    select portal, action
    from fact_action_register
    group by portal, action
    having count(distinct register) > 1
),
shown as (
    select distinct f.portal, f.register
    from fact_action_register f
    join several s on s.portal = f.portal and s.action = f.action
),
candidate as (
    select distinct s.portal, h.register, h.record_id
    from holding h
    join shown s on s.register = h.register
)
select portal, register, record_id
from candidate
qualify count(*) over (partition by portal, record_id) > 1
