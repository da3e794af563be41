-- person: each record with the human being it is about.
-- grain   one row per (scope, record_no)
-- reads   identity, strict_label, loose_label
-- person_strict is made of the key of the smallest record of the cluster; person_no means nothing outside of the run
with head as (
    select i.node, 'p-' || left(md5(concat_ws('|', i.scope, i.register, i.record_id)), 16) as person_strict
    from identity i
    left join strict_label s on s.node = i.node
    where s.label is null or s.label = i.node
)
select i.node, i.record_no, i.scope, i.population, i.register, i.record_id,
       h.node as person_no, h.person_strict, coalesce(l.label, i.node) as group_loose
from identity i
left join strict_label s on s.node = i.node
left join loose_label l on l.node = i.node
join head h on h.node = coalesce(s.label, i.node)
order by i.node
