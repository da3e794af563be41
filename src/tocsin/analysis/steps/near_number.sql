-- near_number: records of which another, with the same names, holds a certified number that may be theirs, changed.
-- grain   one row per node
-- reads   identity
-- why     a number that changed for a known cause (loose_key.sql) keeps its birth place and order, or its sex, year and
--         month: the few records that share one of these and their names with another number are looked at more closely
with numbered as (
    select node, scope, own_nir, least(surname_key, first_name_key) as one, greatest(surname_key, first_name_key) as another
    from identity
    where own_nir is not null and coalesce(surname_key, first_name_key) is not null
),
part as (
    select node, hash(own_nir) as number, hash(scope, one, another, substr(own_nir, 6)) as h from numbered
    union all
    select node, hash(own_nir), hash(left(own_nir, 5), another, one, scope) from numbered
)
select distinct p.node
from part p
semi join (select h from part group by h having min(number) <> max(number)) s on s.h = p.h
