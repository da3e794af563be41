-- identity: what is known of each record, to tell whether two records are one human being.
-- grain   one row per (scope, record_no), what the latest version says; node numbers them
-- reads   register_version, holding, fact_register, fact_scope
-- scope   one controller, or `linked` for the controllers that instructed Tocsin in writing to link across them:
--         records of different scopes are never compared
-- own_nir a certified number that agrees with the record's own sex and birth date; anything else in that field (the
--         policyholder's number, a provisional or waiting one, one with a wrong key) proves nothing alone, and a fictitious
--         number must never link two people. A birth day of 1 January or 31 December stands for "unknown": its month
--         does not contradict a number that agrees with the year and the sex
-- birth_day 19800102, when the day is known
with member as (
    select distinct coalesce(s.scope, h.controller) as scope, h.record_no
    from holding h
    left join fact_scope s on s.controller = h.controller
),
numbered as (
    select row_number() over (order by scope, record_no) as node, scope, record_no from member
)
select
    m.node, m.scope, f.population, v.record_no, v.register, v.record_id,
    case when v.nir_class = 'individual'
              or v.nir_class = 'inconsistent' and v.birth_precision = 'day'
                 and (v.birth_month = 1 and v.birth_day = 1 or v.birth_month = 12 and v.birth_day = 31)
                 and v.birth_year % 100 = try_cast(substr(v.nir, 2, 2) as int) and v.sex = left(v.nir, 1)
         then v.nir end                                                            as own_nir,
    case when v.nir_class = 'policyholder_shared' then v.nir
         else v.policyholder_nir end                                               as shared_nir,
    case when v.birth_precision = 'day'
         then cast(v.birth_year as integer) * 10000 + v.birth_month * 100 + v.birth_day end as birth_day,
    v.birth_year, v.birth_date, v.birth_rank, v.sex, v.surname_key, v.birth_surname_key, v.first_name_key,
    coalesce(v.member_no, v.contract_id)                                           as contract,
    v.contract_id, v.rpps, v.adeli, v.finess
from numbered m
join register_version v on v.record_no = m.record_no and v.is_latest
join fact_register f on f.register = v.register
order by m.node
