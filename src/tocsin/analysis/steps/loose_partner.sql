-- loose_partner: for each group of records without a certified number, one group that may be the same human being.
-- grain   one row per group (its first node) that has such a partner in the same unit
-- reads   loose_node, proved_record
-- how     records are laid side by side once, whatever the units in which they are counted; groups are told afterwards
-- why     the lower bound must stand even where errors hide that two records are one person: a group that could be
--         somebody already counted is not counted again. It joins one partner only, so that homonyms are not joined to
--         each other through a third record. A record with no number at all is told by two of: surname, first name, birth.
with free as (
    select * from proved_record
    where node in (select identity_node from loose_node where not is_anchored)
),
-- a day is shared by more people the more there are: within it, only names of one first letter, or equal ones, are
-- laid side by side. Records of one surname and day are compared by the linkage, whatever their first name
same_day_and_letter as (
    select f.node, n.node as partner
    from free f
    join proved_record n on n.scope = f.scope and n.birth_day = f.birth_day
                     and left(n.first_name_key, 1) = left(f.first_name_key, 1) and n.node <> f.node
    where (n.sex is null or f.sex is null or n.sex = f.sex or n.names = f.names)
      and may_be_one_name(n.first_name_key, f.first_name_key)
),
same_day_without_first_name as (
    select f.node, n.node as partner
    from (select * from free where first_name_key is null) f
    join proved_record n on n.scope = f.scope and n.birth_day = f.birth_day and n.node <> f.node
    where n.sex is null or f.sex is null or n.sex = f.sex
    union all
    select f.node, n.node
    from free f
    join (select * from proved_record where first_name_key is null) n
      on n.scope = f.scope and n.birth_day = f.birth_day and n.node <> f.node
    where n.sex is null or f.sex is null or n.sex = f.sex
),
same_day_swapped as (
    select f.node, n.node as partner
    from free f
    join proved_record n on n.scope = f.scope and n.birth_day = f.birth_day and n.surname_key = f.first_name_key
                     and n.node <> f.node
    where n.sex is null or f.sex is null or n.sex = f.sex or n.names = f.names
    union all
    select f.node, n.node
    from free f
    join proved_record n on n.scope = f.scope and n.birth_day = f.birth_day and n.first_name_key = f.surname_key
                     and n.node <> f.node
    where n.sex is null or f.sex is null or n.sex = f.sex or n.names = f.names
),
same_day_without_number as (
    select f.node, n.node as partner
    from (select * from free where not is_numbered) f
    join proved_record n on n.scope = f.scope and n.birth_day = f.birth_day and n.node <> f.node
    where (n.sex is null or f.sex is null or n.sex = f.sex or n.names = f.names)
      and (may_be_one_name(n.first_name_key, f.first_name_key) or may_be_one_name(n.surname_key, f.surname_key))
),
same_day as (
    select * from same_day_and_letter union all select * from same_day_without_first_name
    union all select * from same_day_swapped
),
same_names as (
    select f.node, n.node as partner,
           not coalesce(n.birth_year is null or f.birth_year is null or abs(n.birth_year - f.birth_year) <= 1
                        or n.contract = f.contract, false) as is_weak
    from free f
    join proved_record n on n.scope = f.scope and n.names = f.names and n.node <> f.node
),
same_number as (
    select f.node, n.node as partner
    from free f
    join proved_record n on n.scope = f.scope and n.node <> f.node and coalesce(n.own_nir, n.shared_nir) = f.shared_nir
    where n.first_name_key = f.first_name_key
       or (n.birth_year = f.birth_year and may_be_one_name(n.first_name_key, f.first_name_key))
),
same_surname as (
    select f.node, n.node as partner
    from (select * from free where not is_numbered) f
    join proved_record n on n.scope = f.scope and n.surname_key = f.surname_key and n.node <> f.node
    where (may_be_one_name(n.first_name_key, f.first_name_key) or n.birth_year = f.birth_year
           or n.first_name_key is null or f.first_name_key is null)
),
same_first_name as (
    select f.node, n.node as partner
    from (select * from free where not is_numbered) f
    join proved_record n on n.scope = f.scope and n.first_name_key = f.first_name_key and n.node <> f.node
    where (n.birth_year = f.birth_year or may_be_one_name(n.surname_key, f.surname_key)
           or n.surname_key is null or f.surname_key is null)
),
-- what tells only records without any number
told as (
    select node, partner, false as is_weak from same_day
    union all
    select node, partner, is_weak from same_names
    union all
    select node, partner, false from same_number
    union all
    select node, partner, true from same_day_without_number
    union all
    select node, partner, true from same_surname
    union all
    select node, partner, true from same_first_name
),
-- materialized: the two sides of a pair must never meet by their unit first, where everybody meets everybody
asked as materialized (
    select t.partner, a.unit_no, a.label
    from told t
    join loose_node a on a.identity_node = t.node and not a.is_anchored
    where not t.is_weak or not a.is_numbered
)
select a.label, min(b.label) as partner
from asked a
join loose_node b on b.identity_node = a.partner and b.unit_no = a.unit_no and b.label <> a.label
group by a.label
