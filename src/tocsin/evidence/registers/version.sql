-- register_version: what a register says of each record, and when it said it.
-- grain   one row per (register, record_id, valid_from)
-- reads   register_in_order (a row, the period during which it holds, what its repeated values mean, in the order of the result)
-- nir     the 13 characters whenever they are there: its class says what they may be used for
-- why     a number without its spaces is nearly always whole: what that leaves is written in some other way, or no number
with bare_row as (
    select *, case when contains(nir, ' ') then replace(nir, ' ', '') else nir end as nir_bare,
           case when contains(policyholder_nir, ' ') then replace(policyholder_nir, ' ', '') else policyholder_nir end as holder_bare
    from register_in_order
),
looked_at_row as (
    select *, is_nir_number(nir_bare) as is_number, is_nir_number(holder_bare) as is_holder_number from bare_row
),
compact_row as (
    select *, case when is_number then nir_bare else identifier_compact_quickly(nir) end as nir_compact from looked_at_row
),
numbered_row as (
    select *, case when is_number then nir_first_13(nir_bare) else nir_number_of(nir_compact) end as nir_13,
        case when is_holder_number then nir_first_13(holder_bare)
             else nir_number_of(identifier_compact_quickly(policyholder_nir)) end as holder_13
    from compact_row
),
valued_row as (
    select *, nir_value(nir_13) as nir_number from numbered_row
),
classified as (
    select *, nir_class_of_record(nir_class_of(nir_compact, nir_13, nir_number, nir_key),
                                  nir_owner_of(nir_13, nir_number, holder_13, read_sex, birth_year, birth_month)) as nir_said
    from valued_row
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
