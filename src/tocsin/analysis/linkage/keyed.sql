-- keyed: by what each record may meet another, as numbers: nothing else travels until a pair is found.
-- grain   one row per node
-- reads   identity, exact_person
create or replace temp table keyed as
select
    i.node, coalesce(s.label, i.node) as exact, i.own_nir is null as lacks_nir, i.rpps is null as lacks_rpps, i.birth_year,
    case when i.surname_key is not null then hash(i.surname_key) end        as surname,
    case when i.first_name_key is not null then hash(i.first_name_key) end  as first_name,
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
left join exact_person s on s.node = i.node
