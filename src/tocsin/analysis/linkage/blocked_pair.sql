-- blocked_pair: which pairs of records are compared at all, and by which model.
-- grain   one row per (model, node, other), node < other
-- reads   keyed
-- residue only records without a certified number of their own are looked up by name, and nobody is compared with a
--         record that an exact key already joined to theirs: on one side of nearly every pair stands one of the few
create or replace temp macro may_be_one(l, r) as
    l.birth_year = r.birth_year or l.birth_year is null or r.birth_year is null or l.first_name = r.first_name
    or l.first_name = r.surname or l.surname = r.first_name;
create or replace temp macro is_untied(l, r) as
    coalesce(l.shared_key <> r.shared_key, true) and coalesce(l.own_key <> r.shared_key, true)
    and coalesce(l.shared_key <> r.own_key, true) and coalesce(l.card_key <> r.card_key, true);

create or replace temp table blocked_pair as
with open_record as materialized (select * from keyed where lacks_nir),
number as (
    select l.node as one, r.node as another
    from keyed l join keyed r on l.own_key = r.own_key and l.exact <> r.exact and l.node < r.node
    union all
    select l.node, r.node
    from open_record l join keyed r on l.shared_key = r.own_key and l.exact <> r.exact and may_be_one(l, r)
    union all
    select l.node, r.node
    from open_record l join keyed r on l.shared_key = r.shared_key and l.exact <> r.exact and may_be_one(l, r)
    union all
    select l.node, r.node
    from open_record l join keyed r on l.card_key = r.card_key and l.exact <> r.exact and may_be_one(l, r)
),
names as (
    select l.node as one, r.node as another
    from open_record l join keyed r on l.surname_day = r.surname_day and l.exact <> r.exact and is_untied(l, r)
    union all
    select l.node, r.node
    from open_record l join keyed r on l.first_name_day = r.first_name_day and l.exact <> r.exact and is_untied(l, r)
    union all
    select l.node, r.node
    from open_record l join keyed r on l.names_year = r.names_year and l.exact <> r.exact and is_untied(l, r)
),
professional as (
    select l.node as one, r.node as another
    from keyed l join keyed r on l.adeli_key = r.adeli_key and l.exact <> r.exact and (l.lacks_rpps or r.lacks_rpps)
    union all
    select l.node, r.node
    from keyed l join keyed r on l.place_key = r.place_key and l.exact <> r.exact and (l.lacks_rpps or r.lacks_rpps)
    union all
    select l.node, r.node
    from keyed l join keyed r on l.names_key = r.names_key and l.exact <> r.exact and (l.lacks_rpps or r.lacks_rpps)
)
select distinct model, least(one, another) as node, greatest(one, another) as other
from (select 'number' as model, * from number union all select 'names', * from names
      union all select 'professional', * from professional)
