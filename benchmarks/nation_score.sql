-- A run beside the truth of its world, in joins of integers that hold at 37 million records.
--
-- answer   grain: one      records read, found, wrongly found; masks that differ; pairs of records of one person
create or replace temp table found as
select r.register, r.record_id, r.controller, hash(r.person_id) as person, r.class in ('confirmed', 'deduced') as is_proved,
       {mask} as mask, p.person as human
from (select *, list_concat(confirmed, deduced) as shown from read_parquet({run})) as r
left join read_parquet({person}) as p on p.register = r.register and p.record_id = r.record_id;

create or replace temp table beside as
select t.register is not null as was_read, f.register is not null as is_found, f.is_proved, f.person, f.human,
       t.mask as true_mask, f.mask
from found as f
full join read_parquet({truth}) as t
    on t.register = f.register and t.record_id = f.record_id and t.controller = f.controller;

create or replace temp table answer as
with whole as (
    select count(*) filter (was_read) as read, count(*) filter (was_read and is_proved) as proved,
           count(*) filter (is_proved and not was_read) as wrongly_proved,
           count(*) filter (was_read and not coalesce(is_found, false)) as missed,
           count(*) filter (was_read and is_proved and true_mask <> mask) as other_categories
    from beside
),
together as (
    select person, human, count(*) as n from beside where is_found and human >= 0 group by all
),
pairs as (
    select sum(n * (n - 1) / 2)::bigint as right_pairs,
           (select sum(m * (m - 1) / 2)::bigint from (select sum(n) as m from together group by person)) as made_pairs,
           (select sum(m * (m - 1) / 2)::bigint from (select sum(n) as m from together group by human)) as true_pairs
    from together
)
select * from whole, pairs;
