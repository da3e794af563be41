-- register_version: what a register says of each record, and when it said it.
-- grain   one row per (register, record_id, valid_from)
-- reads   register_read (a row, the period during which it holds, and what its repeated values mean)
-- nir     the 13 characters whenever they are there: its class says what they may be used for
with compact_row as (
    select *, identifier_compact_quickly(nir) as nir_compact, identifier_compact_quickly(policyholder_nir) as holder_compact
    from register_read
),
numbered_row as (
    select *, nir_number_of(nir_compact) as nir_13, nir_number_of(holder_compact) as holder_13 from compact_row
),
classified as (
    select *, nir_class_of_record(nir_class_of(nir_compact, nir_13, nir_key),
                                  nir_owner(nir_13, holder_13, read_sex, birth_year, birth_month)) as nir_said
    from numbered_row
)
select
    getvariable('register')                                                  as register,
    record_id,
    evidence_id,
    line_no,
    starts                                                                   as valid_from,
    ends                                                                     as valid_to,
    read_visible_from                                                        as visible_from,
    read_rights_from                                                         as rights_from,
    read_rights_to                                                           as rights_to,
    controller                                                               as controller_code,
    contract_id, household_id, member_no, account,
    nir_13                                                                   as nir,
    nir_said                                                                 as nir_class,
    case when nir_13 is null then nir end                                    as nir_written,
    coalesce(holder_13, case when nir_said = 'policyholder_shared' then nir_13 end) as policyholder_nir,
    birth_date, birth_year, birth_month, birth_day,
    coalesce(birth_precision, 'none')                                        as birth_precision,
    read_birth_rank                                                          as birth_rank,
    read_sex                                                                 as sex,
    surname, birth_surname, first_name, birth_place, role, rpps, adeli, finess, iban, email,
    surname_key, birth_surname_key, first_name_key,
    coalesce(minor, 'unknown')                                               as minor,
    special_category /* extra columns */
from classified
order by record_id, valid_from nulls first, evidence_id, line_no
