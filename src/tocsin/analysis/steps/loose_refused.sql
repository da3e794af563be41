-- loose_refused: members of one loose group that a direct comparison refuses, even loosely.
-- grain   one row per (member, other); a member is a strict cluster, or several that hold one certified number
-- reads   loose_label, strict_label, identity, merge_pair
-- refused two certified numbers that no known cause turns into each other under the same names; two RPPS numbers; two
--         records of which a person said that they are different
create or replace temp table torn_group as
select l.label
from loose_label l
join (select node, case when own_nir is not null then hash(own_nir) end as own_nir,
             case when rpps is not null then hash(rpps) end as rpps
      from identity where own_nir is not null or rpps is not null) i on i.node = l.node
group by l.label
having min(i.own_nir) <> max(i.own_nir) or min(i.rpps) <> max(i.rpps)
union
select a.label
from merge_pair p join loose_label a on a.node = p.node join loose_label b on b.node = p.other and b.label = a.label
where p.answer = 'different';

create or replace temp table loose_member as
with inside as (
    select l.node, l.label, coalesce(s.label, l.node) as strict, i.own_nir, i.rpps
    from loose_label l semi join torn_group t on t.label = l.label
    join identity i on i.node = l.node
    left join strict_label s on s.node = l.node
),
looked_at as (
    select distinct a.label
    from merge_pair p join loose_label a on a.node = p.node join loose_label b on b.node = p.other and b.label = a.label
    where p.answer = 'different'
),
numbered as (
    -- what a person parted is not put together again by a number
    select i.label, i.strict, case when any_value(l.label) is null then coalesce(max(i.own_nir), max(i.rpps)) end as number
    from inside i left join looked_at l on l.label = i.label
    group by i.label, i.strict
),
called as (
    select label, strict, min(strict) over (partition by label, coalesce(number, strict::varchar)) as member
    from numbered
)
select i.node, i.label, c.member
from inside i join called c on c.label = i.label and c.strict = i.strict;

create or replace temp table loose_refused as
with told as (
    select m.label, m.member, i.own_nir, i.rpps,
           least(i.surname_key, i.first_name_key) || '|' || greatest(i.surname_key, i.first_name_key) as names
    from loose_member m join identity i on i.node = m.node
    where i.own_nir is not null or i.rpps is not null
),
conflict as (
    select a.member, b.member as other,
           bool_or(coalesce(a.names = b.names and (
               substr(a.own_nir, 2) = substr(b.own_nir, 2)
               or left(a.own_nir, 1) || substr(a.own_nir, 6) = left(b.own_nir, 1) || substr(b.own_nir, 6)
               or left(a.own_nir, 5) || right(a.own_nir, 3) = left(b.own_nir, 5) || right(b.own_nir, 3)
               or left(a.own_nir, 10) = left(b.own_nir, 10)), false)) as has_known_cause
    from told a join told b on b.label = a.label and a.member < b.member
    where a.own_nir <> b.own_nir or a.rpps <> b.rpps
    group by a.member, b.member
)
select member, other from conflict where not has_known_cause
union
select least(a.member, b.member), greatest(a.member, b.member)
from merge_pair p
join loose_member a on a.node = p.node
join loose_member b on b.node = p.other and b.label = a.label
where p.answer = 'different' and a.member <> b.member
