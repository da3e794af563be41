-- answered_label: strict_label after what persons answered.
-- grain   one row per node of a cluster of several, or once in one
-- reads   answered_group, near_pair, agreement, merge_pair, strict_label
-- why     `same` joins two clusters whatever a comparison says of them: a person looked. A third cluster that comes with
--         them and is refused by one of them was not looked at: then none of these answers joins. A cluster that holds two
--         records said to be different falls back into its records
create or replace temp table strict_label as
with said as (
    select p.answer, coalesce(a.label, p.node) as before, coalesce(b.label, p.other) as other_before
    from merge_pair p
    left join strict_label a on a.node = p.node
    left join strict_label b on b.node = p.other
),
seen as (
    select least(before, other_before) as a, greatest(before, other_before) as b from said where answer = 'same'
),
torn as (select distinct before from said where answer = 'different' and before = other_before),
apart as (
    select least(before, other_before) as a, greatest(before, other_before) as b from said where answer = 'different'
),
refused as (
    select distinct p.label
    from near_pair p
    join agreement g on g.node = p.node and g.other = p.other
    left join seen s on s.a = least(p.before, p.other_before) and s.b = greatest(p.before, p.other_before)
    left join apart d on d.a = least(p.before, p.other_before) and d.b = greatest(p.before, p.other_before)
    where g.refused is not null and s.a is null or d.a is not null
),
kept as (
    select g.node, case when r.label is null then g.label else coalesce(l.label, g.node) end as label,
           coalesce(l.label, g.node) as before
    from answered_group g
    left join refused r on r.label = g.label
    left join strict_label l on l.node = g.node
)
select node, case when before in (select before from torn) then node else label end as label from kept
