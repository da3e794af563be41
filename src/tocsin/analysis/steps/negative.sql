-- negative: which data categories no hostile line returned, and on what that statement rests.
-- grain   one row per (portal, category)
-- reads   hostile_event, fact_disclosure, fact_category, fact_portal, coverage_share
-- status  returned | not_returned | not_known; not_known when the map was never tested, or does not describe an action
--         that answered
with told as (
    select e.portal, bit_or(d.mask) as mask
    from (select distinct portal, action, meaning, event_at from hostile_event where meaning <> 'nothing') e
    join fact_disclosure d on d.portal = e.portal and d.action = e.action and d.answer = e.meaning
     and (d.since is null or d.since <= e.event_at) and (d.until is null or e.event_at < d.until)
    group by e.portal
),
undescribed as (
    select e.portal, count(*) as lines, list_sort(list(distinct e.action)) as actions
    from hostile_event e
    where e.meaning <> 'nothing' and e.kind not in ('sign_in', 'heartbeat', 'other')
      and not exists (select 1 from fact_disclosure d
                      where d.portal = e.portal and d.action = e.action and d.answer = e.meaning
                        and (d.since is null or d.since <= e.event_at) and (d.until is null or e.event_at < d.until))
    group by e.portal
),
map as (
    select portal, bool_and(tested) as is_tested, max(tested_on) as tested_on,
           string_agg(distinct tested_by, ', ' order by tested_by) as tested_by
    from fact_disclosure
    group by portal
)
select p.portal, c.category,
       case when coalesce(t.mask, 0) & c.mask <> 0 then 'returned'
            when not coalesce(m.is_tested, false) or u.lines is not null then 'not_known'
            when coalesce(s.share, 0) = 0 then 'not_known'
            else 'not_returned' end as status,
       s.share as coverage, m.tested_on, m.tested_by, coalesce(u.lines, 0) as undescribed_lines,
       coalesce(u.actions, []) as undescribed_actions
from fact_portal p
cross join fact_category c
left join told t on t.portal = p.portal
left join undescribed u on u.portal = p.portal
left join map m on m.portal = p.portal
left join coverage_share s on s.portal = p.portal
order by p.portal, c.category
