-- identity: what is known of each record, to tell whether two records are one human being.
-- grain   one row per (scope, register, record_id); node numbers them
-- reads   register_version, holding, fact_register, fact_scope
-- scope   one controller, or `linked` for the controllers that instructed Tocsin in writing to link across them:
--         records of different scopes are never compared
-- own_nir a certified number that agrees with the record's own sex and birth date; anything else in that field (the
--         policyholder's number, a provisional or waiting one, one with a wrong key) proves nothing alone, and a fictitious
--         number must never link two people
with latest as (
    select *
    from register_version
    qualify row_number() over (partition by register, record_id
                               order by valid_from desc nulls last, evidence_id desc, line_no desc) = 1
),
member as (
    select distinct coalesce(s.scope, h.controller) as scope, h.register, h.record_id
    from holding h
    left join fact_scope s on s.controller = h.controller
)
select
    row_number() over (order by m.scope, m.register, m.record_id) as node,
    m.scope, f.population, m.register, m.record_id,
    case when v.nir_class = 'individual' then v.nir end                            as own_nir,
    case when v.nir_class = 'policyholder_shared' then v.nir
         else v.policyholder_nir end                                               as shared_nir,
    case when v.birth_precision = 'day'
         then lpad(cast(v.birth_year as varchar), 4, '0') || lpad(cast(v.birth_month as varchar), 2, '0')
              || lpad(cast(v.birth_day as varchar), 2, '0') end                    as birth_day,
    v.birth_year, v.birth_date, v.birth_rank, v.sex, v.surname_key, v.birth_surname_key, v.first_name_key,
    -- a surname and a first name typed in each other's place give the same pair
    least(v.surname_key, v.first_name_key) || '|' || greatest(v.surname_key, v.first_name_key) as names,
    coalesce(v.member_no, v.contract_id)                                           as contract,
    v.contract_id, v.household_id, v.rpps, v.adeli, v.finess, v.email, v.account
from member m
join fact_register f on f.register = m.register
join latest v on v.register = m.register and v.record_id = m.record_id
order by node
