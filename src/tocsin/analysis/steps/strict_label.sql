-- strict_label: exact clusters joined by links. A whole that holds two records refused by direct comparison falls back
-- into its exact clusters: which of the links is wrong cannot be told.
-- grain   one row per node of a cluster of several; label is its smallest node
-- reads   linked_group, near_pair, agreement, exact_person
create or replace temp table strict_label as
with refused as (
    select distinct p.label
    from near_pair p join agreement a on a.node = p.node and a.other = p.other
    where a.refused is not null
)
select g.node, case when r.label is null then g.label else coalesce(e.label, g.node) end as label
from linked_group g
left join refused r on r.label = g.label
left join exact_person e on e.node = g.node
