-- agreement: two records of one scope side by side, field by field, and whether comparing them directly refuses.
-- grain   one row per pair of {pairs} (node, other)
-- reads   identity
-- refused why these two are not told as one person, whatever else agrees:
--         'number'   each holds a certified number, or an RPPS, and they differ
--         'likely number'   so do they when a number that stands as the policyholder's, but fits the record's own sex, year
--                    and month, is taken for its own
--         'birth'    they were born on two days (a slip of one part is let through beside one certified number)
--         'sex', 'rank'   of another sex; two birth ranks, as twins have
--         'card'     two beneficiaries of one contract of one register: only one certified number says that they are one
--                    (twins of one first name and one birth rank were seen)
with paired_record as materialized (
    select * from identity where node in (select node from {pairs} union select other from {pairs})
),
side as (
    select
        p.node, p.other, a.scope, a.population,
        a.own_nir as own_a, b.own_nir as own_b, a.rpps as rpps_a, b.rpps as rpps_b,
        case when a.population = 'insured'
             then nullif(number_tie(a.own_nir, a.shared_nir, b.own_nir, b.shared_nir),
                         case when a.register = b.register and a.contract = b.contract then '' else 'card' end)
        end as number_tie,
        birth_agreement(a.birth_day, a.birth_year, b.birth_day, b.birth_year) as birth,
        first_name_agreement(a.first_name_key, a.surname_key, b.first_name_key, b.surname_key) as first_name,
        surname_agreement(a.surname_key, a.birth_surname_key, a.first_name_key,
                          b.surname_key, b.birth_surname_key, b.first_name_key) as surname,
        a.sex <> b.sex as is_other_sex, a.birth_rank <> b.birth_rank as is_other_rank,
        a.register = b.register and a.contract_id = b.contract_id as is_one_card,
        likely_own(a.own_nir, a.shared_nir, a.sex, a.birth_year, a.birth_day) as likely_a,
        likely_own(b.own_nir, b.shared_nir, b.sex, b.birth_year, b.birth_day) as likely_b,
        a.adeli = b.adeli as is_one_adeli, a.finess = b.finess as is_one_place
    from {pairs} p
    join paired_record a on a.node = p.node
    join paired_record b on b.node = p.other
)
select
    node, other, scope, population, number_tie, birth, first_name, surname, is_other_sex, is_other_rank,
    is_one_adeli, is_one_place,
    case when own_a <> own_b or rpps_a <> rpps_b then 'number'
         when likely_a <> likely_b then 'likely number'
         when birth = 'differ' or birth = 'near' and not coalesce(own_a = own_b, false) then 'birth'
         when is_other_sex then 'sex'
         when is_other_rank then 'rank'
         when is_one_card and not coalesce(own_a = own_b, false) and coalesce(number_tie, 'card') <> 'holder'
             then 'card' end as refused
from side
