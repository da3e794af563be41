-- compared: the records as Splink compares them.
-- grain   one row per node
-- reads   identity, exact_person
-- residue only records without a certified number of their own are looked up by name, and nobody is compared with a
--         record that an exact key already joined to theirs
-- keys    a block of more than {most} records is not compared: a number that so many hold is nobody's family, a name and
--         a day that so many share tell nobody apart. `oversized` counts what this leaves out
create or replace temp table keyed as
select
    i.node, coalesce(s.label, i.node) as exact, i.scope, i.own_nir, i.shared_nir, i.birth_day, i.birth_year, i.birth_rank,
    is_insured, i.sex, i.surname_key as surname, i.birth_surname_key as birth_surname, i.first_name_key as first_name,
    i.rpps, i.adeli, i.finess,
    case when i.own_nir is not null then hash(i.scope, i.own_nir) end       as own_key,
    case when i.shared_nir is not null then hash(i.scope, i.shared_nir) end as shared_key,
    case when is_insured and i.contract is not null then hash(i.scope, i.register, i.contract) end as card_key,
    case when is_insured and i.birth_day is not null and i.surname_key is not null
         then hash(i.scope, i.birth_day, i.surname_key) end                 as surname_day,
    case when is_insured and i.birth_day is not null and i.first_name_key is not null
         then hash(i.scope, i.birth_day, i.first_name_key) end              as first_name_day,
    case when is_insured and i.birth_year is not null and i.surname_key is not null and i.first_name_key is not null
         then hash(i.scope, i.birth_year, least(i.surname_key, i.first_name_key),
                   greatest(i.surname_key, i.first_name_key)) end           as names_year,
    case when not is_insured and i.adeli is not null then hash(i.scope, i.adeli) end as adeli_key,
    case when not is_insured and i.finess is not null and i.surname_key is not null
         then hash(i.scope, i.finess, i.surname_key) end                    as place_key,
    case when not is_insured and i.surname_key is not null and i.first_name_key is not null
         then hash(i.scope, least(i.surname_key, i.first_name_key), greatest(i.surname_key, i.first_name_key)) end as names_key
from (select *, population = 'insured' as is_insured from identity) i
left join exact_person s on s.node = i.node;

create or replace temp table oversized as
select 'own_key' as kind, own_key as key, count(*) as records from keyed where own_key is not null group by own_key having count(*) > {most}
union all
select 'shared_key' as kind, shared_key as key, count(*) as records from keyed where shared_key is not null group by shared_key having count(*) > {most}
union all
select 'card_key' as kind, card_key as key, count(*) as records from keyed where card_key is not null group by card_key having count(*) > {most}
union all
select 'surname_day' as kind, surname_day as key, count(*) as records from keyed where surname_day is not null group by surname_day having count(*) > {most}
union all
select 'first_name_day' as kind, first_name_day as key, count(*) as records from keyed where first_name_day is not null group by first_name_day having count(*) > {most}
union all
select 'names_year' as kind, names_year as key, count(*) as records from keyed where names_year is not null group by names_year having count(*) > {most}
union all
select 'adeli_key' as kind, adeli_key as key, count(*) as records from keyed where adeli_key is not null group by adeli_key having count(*) > {most}
union all
select 'place_key' as kind, place_key as key, count(*) as records from keyed where place_key is not null group by place_key having count(*) > {most}
union all
select 'names_key' as kind, names_key as key, count(*) as records from keyed where names_key is not null group by names_key having count(*) > {most};

create or replace temp table compared as
select * replace (
    case when own_key not in (select key from oversized where kind = 'own_key') then own_key end as own_key,
    case when shared_key not in (select key from oversized where kind = 'shared_key') then shared_key end as shared_key,
    case when card_key not in (select key from oversized where kind = 'card_key') then card_key end as card_key,
    case when surname_day not in (select key from oversized where kind = 'surname_day') then surname_day end as surname_day,
    case when first_name_day not in (select key from oversized where kind = 'first_name_day') then first_name_day end as first_name_day,
    case when names_year not in (select key from oversized where kind = 'names_year') then names_year end as names_year,
    case when adeli_key not in (select key from oversized where kind = 'adeli_key') then adeli_key end as adeli_key,
    case when place_key not in (select key from oversized where kind = 'place_key') then place_key end as place_key,
    case when names_key not in (select key from oversized where kind = 'names_key') then names_key end as names_key)
from keyed;
drop table keyed
