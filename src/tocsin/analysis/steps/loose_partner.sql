-- loose_partner: for each group of records without a certified number, one group that may be the same human being.
-- grain   one row per group (label) that has such a partner
-- reads   identity, loose_group
-- why     the lower bound must stand even where an error hides that two records are one person; each group joins one
--         partner only, so that homonyms are not joined to each other through a third record
with node as (
    select i.*, g.label, g.is_anchored
    from identity i
    join loose_group g on g.node = i.node
),
free as (select * from node where not is_anchored),
same_day as (
    select f.label, n.label as partner
    from free f
    join node n on n.scope = f.scope and n.population = f.population and n.birth_day = f.birth_day and n.label <> f.label
    where (n.sex is null or f.sex is null or n.sex = f.sex or n.names = f.names)
      and (n.first_name_key is null or f.first_name_key is null
           or starts_with(n.first_name_key, f.first_name_key) or starts_with(f.first_name_key, n.first_name_key)
           or len(split_part(n.first_name_key, ' ', 1)) = 1 and left(n.first_name_key, 1) = left(f.first_name_key, 1)
           or len(split_part(f.first_name_key, ' ', 1)) = 1 and left(n.first_name_key, 1) = left(f.first_name_key, 1)
           or n.surname_key = f.first_name_key or n.first_name_key = f.surname_key
           or jaro_winkler_similarity(n.first_name_key, f.first_name_key) >= 0.85)
),
same_names as (
    select f.label, n.label as partner
    from free f
    join node n on n.scope = f.scope and n.population = f.population and n.names = f.names and n.label <> f.label
    where n.birth_year is null or f.birth_year is null or abs(n.birth_year - f.birth_year) <= 1
       or n.contract = f.contract
),
same_number as (
    select f.label, n.label as partner
    from free f
    join node n on n.scope = f.scope and n.label <> f.label and coalesce(n.own_nir, n.shared_nir) = f.shared_nir
    where n.first_name_key = f.first_name_key
       or (n.birth_year = f.birth_year and jaro_winkler_similarity(n.first_name_key, f.first_name_key) >= 0.85)
)
select label, min(partner) as partner
from (select * from same_day union all select * from same_names union all select * from same_number)
group by label
order by label
