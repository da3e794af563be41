-- register_version: what a register says of each record, and when it said it.
-- grain   one row per (register, record_id, valid_from)
-- reads   register_held (a row and the period during which it holds), and the tables of read_once.sql
-- nir     the 13 characters whenever they are there: its class says what they may be used for
with compact_row as (
    select register_held.*, parts, sex_code(sex) as sex_read,
           identifier_compact(nir) as nir_compact, identifier_compact(policyholder_nir) as holder_compact,
           names.key as surname_key, birth_names.key as birth_surname_key, first_names.key as first_name_key,
           case when length(visible_from) > 10 then register_time_iso(visible_from) end as visible_iso,
           case when length(rights_from) > 10 then register_time_iso(rights_from) end as first_iso,
           case when length(rights_to) > 10 then register_time_iso(rights_to) end as last_iso,
           visible_day.starts as visible_day, first_day.starts as first_day, last_day.ends as last_day
    from register_held
    left join register_birth_date using (birth_date)
    left join register_name as names on names.name = surname
    left join register_name as birth_names on birth_names.name = birth_surname
    left join register_name as first_names on first_names.name = first_name
    left join register_day as visible_day on visible_day.written = visible_from
    left join register_day as first_day on first_day.written = rights_from
    left join register_day as last_day on last_day.written = rights_to
),
numbered_row as (
    select *, nir_number_of(nir_compact) as nir_13, nir_number_of(holder_compact) as holder_13 from compact_row
),
classified as (
    select *, nir_class_of_record(nir_class_of(nir_compact, nir_13, nir_key),
                                  nir_owner(nir_13, holder_13, sex_read, parts.year, parts.month)) as nir_said
    from numbered_row
)
select
    getvariable('register')                                                  as register,
    record_id,
    evidence_id,
    line_no,
    starts                                                                   as valid_from,
    ends                                                                     as valid_to,
    coalesce(visible_day, register_instant(visible_iso, getvariable('zone'))) as visible_from,
    coalesce(first_day, register_instant(first_iso, getvariable('zone')))    as rights_from,
    coalesce(last_day, register_last_day(last_iso, getvariable('zone')))     as rights_to,
    controller                                                               as controller_code,
    contract_id, household_id, member_no, account,
    nir_13                                                                   as nir,
    nir_said                                                                 as nir_class,
    case when nir_13 is null then nir end                                    as nir_written,
    coalesce(holder_13, case when nir_said = 'policyholder_shared' then nir_13 end) as policyholder_nir,
    birth_date,
    parts.year                                                               as birth_year,
    parts.month                                                              as birth_month,
    parts.day                                                                as birth_day,
    coalesce(parts.precision, 'none')                                        as birth_precision,
    birth_rank_number(birth_rank)                                            as birth_rank,
    sex_read                                                                 as sex,
    surname, birth_surname, first_name, birth_place, role, rpps, adeli, finess, iban, email,
    surname_key, birth_surname_key, first_name_key,
    is_minor_on(getvariable('base_date'), parts.year, parts.month, parts.day, coalesce(parts.precision, 'none')) as minor,
    special_category /* extra columns */
from classified
order by record_id, valid_from nulls first, evidence_id, line_no
