-- What intruders open next, from the rows just shown: a share of them, drawn by their numbers.
with drawn as (
    select s.*, (s.ask_id * 7919 + s.rid * 104729) % 100 as lot from shown as s where s.action in (2, 3, 7, 8)
),
opened as (
    select d.*, case when lot < $detail then 4 else 5 end as next_action from drawn as d
    where lot < $detail or (operator = 0 and lot < $detail + $family)
)
select
    o.operator as portal, o.asked_at + $step * row_number() over (partition by o.ask_id order by o.place) as "at",
    a.session, o.next_action as action, o.rid as about
from opened as o join asked as a using (ask_id)
order by o.ask_id, o.place
