-- identity: what is known of each record, to tell whether two records are one human being.
-- grain   one row per (scope, record_no), what the latest version says
-- node    numbers them in the order of scope, register and record, with holes: nothing is sorted for it
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
scope_place as (
    select scope, row_number() over (order by scope) - 1 as scope_no from (select distinct scope from member)
),
register_place as (
    -- the records of all registers in one row, without the holes that numbering leaves between registers
    select register, cast(sum(length) over (order by register) as bigint) - length - first_no as shift,
           cast(sum(length) over () as bigint) as whole
    from (select register, min(record_no) as first_no, max(record_no) - min(record_no) + 1 as length
          from holding group by register)
)
select
    p.scope_no * r.whole + r.shift + m.record_no as node, m.scope, f.population, v.record_no, v.register, v.record_id,
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
    v.contract_id, v.household_id, v.rpps, v.adeli, v.finess
from member m
join scope_place p on p.scope = m.scope
join register_version v on v.record_no = m.record_no and v.is_latest
join register_place r on r.register = v.register
join fact_register f on f.register = v.register
