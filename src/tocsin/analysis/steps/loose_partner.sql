-- loose_partner: for each group of records without a certified number, one group that may be the same human being.
-- grain   one row per group (its first node) that has such a partner in the same unit
-- reads   loose_node
-- why     the lower bound must stand even where errors hide that two records are one person: a group that could be
--         somebody already counted is not counted again. It joins one partner only, so that homonyms are not joined to
--         each other through a third record. A record with no number at all is told by two of: surname, first name, birth.
with free as (select * from loose_node where not is_anchored),
-- a day is shared by more people the more there are: within it, only names of one first letter, or equal ones, are
-- laid side by side. Records of one surname and day are compared by the linkage, whatever their first name
same_day_and_letter as (
    select f.label, n.label as partner
    from free f
    join loose_node n on n.unit = f.unit and n.birth_day = f.birth_day
                     and left(n.first_name_key, 1) = left(f.first_name_key, 1) and n.label <> f.label
    where (n.sex is null or f.sex is null or n.sex = f.sex or n.names = f.names)
      and may_be_one_name(n.first_name_key, f.first_name_key)
),
same_day_without_first_name as (
    select f.label, n.label as partner
    from (select * from free where first_name_key is null) f
    join loose_node n on n.unit = f.unit and n.birth_day = f.birth_day and n.label <> f.label
    where n.sex is null or f.sex is null or n.sex = f.sex
    union all
    select f.label, n.label
    from free f
    join (select * from loose_node where first_name_key is null) n
      on n.unit = f.unit and n.birth_day = f.birth_day and n.label <> f.label
    where n.sex is null or f.sex is null or n.sex = f.sex
),
same_day_swapped as (
    select f.label, n.label as partner
    from free f
    join loose_node n on n.unit = f.unit and n.birth_day = f.birth_day and n.surname_key = f.first_name_key
                     and n.label <> f.label
    where n.sex is null or f.sex is null or n.sex = f.sex or n.names = f.names
    union all
    select f.label, n.label
    from free f
    join loose_node n on n.unit = f.unit and n.birth_day = f.birth_day and n.first_name_key = f.surname_key
                     and n.label <> f.label
    where n.sex is null or f.sex is null or n.sex = f.sex or n.names = f.names
),
same_day_without_number as (
    select f.label, n.label as partner
    from (select * from free where not is_numbered) f
    join loose_node n on n.unit = f.unit and n.birth_day = f.birth_day and n.label <> f.label
    where (n.sex is null or f.sex is null or n.sex = f.sex or n.names = f.names)
      and (may_be_one_name(n.first_name_key, f.first_name_key) or may_be_one_name(n.surname_key, f.surname_key))
),
same_day as (
    select * from same_day_and_letter union all select * from same_day_without_first_name
    union all select * from same_day_swapped union all select * from same_day_without_number
),
same_names as (
    select f.label, n.label as partner
    from free f
    join loose_node n on n.unit = f.unit and n.names = f.names and n.label <> f.label
    where not f.is_numbered or n.birth_year is null or f.birth_year is null or abs(n.birth_year - f.birth_year) <= 1
       or n.contract = f.contract
),
same_number as (
    select f.label, n.label as partner
    from free f
    join loose_node n on n.unit = f.unit and n.label <> f.label and coalesce(n.own_nir, n.shared_nir) = f.shared_nir
    where n.first_name_key = f.first_name_key
       or (n.birth_year = f.birth_year and may_be_one_name(n.first_name_key, f.first_name_key))
),
same_surname as (
    select f.label, n.label as partner
    from free f
    join loose_node n on n.unit = f.unit and n.surname_key = f.surname_key and n.label <> f.label
    where not f.is_numbered
      and (may_be_one_name(n.first_name_key, f.first_name_key) or n.birth_year = f.birth_year
           or n.first_name_key is null or f.first_name_key is null)
),
same_first_name as (
    select f.label, n.label as partner
    from free f
    join loose_node n on n.unit = f.unit and n.first_name_key = f.first_name_key and n.label <> f.label
    where not f.is_numbered
      and (n.birth_year = f.birth_year or may_be_one_name(n.surname_key, f.surname_key)
           or n.surname_key is null or f.surname_key is null)
)
select label, min(partner) as partner
from (select * from same_day union all select * from same_names union all select * from same_number
      union all select * from same_surname union all select * from same_first_name)
group by label
order by label
