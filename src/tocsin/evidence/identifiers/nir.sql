-- NIR: number of the national register of natural persons. See nir.py for the rules and their sources.

-- '253072B07300470' (compact) -> '253072B073004': the 13 characters, letters of Corsica kept; NULL when not there
create or replace temp macro is_nir_number(compact) as
    regexp_full_match(compact, '[1-8]\d{4}(?:\d{2}|2A|2B)\d{6}(?:\d{2})?');
create or replace temp macro nir_first_13(compact) as case when length(compact) = 13 then compact else left(compact, 13) end;
create or replace temp macro nir_number_of(compact) as case when is_nir_number(compact) then nir_first_13(compact) end;
create or replace temp macro nir_number(t) as nir_number_of(identifier_compact(t));

-- its 13 characters as a number, 2A read 19 and 2B read 18; the letters are looked for only where digits alone do not make
-- one. Arithmetic on it costs a tenth of looking at pieces of text
create or replace temp macro nir_value(number) as
    coalesce(try_cast(number as bigint), try_cast(replace(replace(number, '2A', '19'), '2B', '18') as bigint));
create or replace temp macro nir_year_of(value) as value // 10000000000 % 100;
create or replace temp macro nir_month_of(value) as value // 100000000 % 100;

-- the key that they call for: 97 less the rest of the division by 97
create or replace temp macro nir_key_of(value) as lpad((97 - value % 97)::varchar, 2, '0');
create or replace temp macro nir_key(number) as nir_key_of(nir_value(number));

create or replace temp macro nir_month_is_possible(value) as
    nir_month_of(value) between 1 and 12 or nir_month_of(value) between 20 and 42 or nir_month_of(value) >= 50;

-- from the compact text, its 13 characters, their value and the key of another column, each computed once; a key may have
-- lost its leading zero; a key of letters or of the wrong length is a wrong key, not an absent one
create or replace temp macro nir_class_of(compact, number, value, key_apart) as
    case
        when number is null then case when identifier_is_missing(compact) then 'missing' else 'malformed' end
        when value >= 3000000000000 then
            case when starts_with(number, '555555')        then 'provisional_msa'
                 when left(number, 1) in ('7', '8')        then 'provisional'
                 when left(number, 1) in ('5', '6')        then 'provisional_migrant'
                 else 'waiting' end
        when value // 1000000 % 1000000 = 555555                                  then 'fictitious'
        when not nir_month_is_possible(value)                                     then 'malformed'
        when length(compact) = 15 and right(compact, 2) <> nir_key_of(value)      then 'wrong_key'
        when key_apart = nir_key_of(value)                                        then 'individual'
        when trim(key_apart) <> '' and lpad(trim(key_apart), 2, '0') || substr(trim(key_apart), 3) <> nir_key_of(value)
                                                                                  then 'wrong_key'
        else 'individual'
    end;
create or replace temp macro nir_class(t, key_apart) as
    list_transform([identifier_compact(t)], lambda compact:
        list_transform([nir_number_of(compact)], lambda number:
            nir_class_of(compact, number, nir_value(number), key_apart))[1])[1];

-- Whose number is it? Compared with the sex ('1', '2') and the birth year and month of the record; NULL = not known.
--   'own'           nothing contradicts, and something agrees
--   'shared'        another birth year, or the policyholder's number on a record with no birth year to confirm it
--   'contradicted'  same year, but another sex or month: a typing error, a corrected civil status, or somebody else
--   'unknown'       nothing to compare with
create or replace temp macro nir_owner_of(number, value, policyholder_number, sex, birth_year, birth_month) as
    case
        when number is null                                                      then null
        when birth_year % 100 <> nir_year_of(value)                              then 'shared'
        when birth_year is null and number = policyholder_number                 then 'shared'
        when sex <> left(number, 1)                                              then 'contradicted'
        when nir_month_of(value) between 1 and 12
             and birth_month <> nir_month_of(value)                              then 'contradicted'
        when birth_year is null and sex is null                                  then 'unknown'
        else 'own'
    end;
create or replace temp macro nir_owner(number, policyholder_number, sex, birth_year, birth_month) as
    nir_owner_of(number, nir_value(number), policyholder_number, sex, birth_year, birth_month);

-- The class of the NIR of a record: nir_class, then for 'individual' what nir_owner adds
create or replace temp macro nir_class_of_record(class, owner) as
    case when class <> 'individual'    then class
         when owner = 'shared'         then 'policyholder_shared'
         when owner = 'contradicted'   then 'inconsistent'
         else class
    end;

-- 'mainland', 'corsica', 'overseas', 'abroad'; 91 to 96 are departments today and were Algeria, Morocco and Tunisia
create or replace temp macro nir_birth_place_kind(number) as
    case when substr(number, 6, 2) = '99'                   then 'abroad'
         when substr(number, 6, 2) in ('97', '98')          then 'overseas'
         when substr(number, 6, 2) in ('20', '2A', '2B')    then 'corsica'
         when substr(number, 6, 2) between '91' and '96'    then 'mainland_or_north_africa'
         when number is not null                            then 'mainland'
    end;

create or replace temp macro nir_class_without_key(t) as nir_class(t, null);
