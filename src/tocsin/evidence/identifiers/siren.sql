-- SIREN (9 digits) and SIRET (14): Luhn keys, except the establishments of La Poste.
create or replace temp macro siren_class(t) as
    case when identifier_is_missing(identifier_compact(t))              then 'missing'
         when not regexp_full_match(identifier_compact(t), '\d{9}')     then 'malformed'
         when luhn_remainder(identifier_compact(t)) <> 0                then 'wrong_key'
         else 'siren'
    end;
create or replace temp macro sum_of_digits(digits) as
    list_sum(list_transform(string_split(digits, ''), lambda d: try_cast(d as int)));
create or replace temp macro siret_class(t) as
    case when identifier_is_missing(identifier_compact(t))              then 'missing'
         when not regexp_full_match(identifier_compact(t), '\d{14}')    then 'malformed'
         when luhn_remainder(left(identifier_compact(t), 9)) <> 0       then 'wrong_key'
         when luhn_remainder(identifier_compact(t)) = 0                 then 'siret'
         when starts_with(identifier_compact(t), '356000000')
              and sum_of_digits(identifier_compact(t)) % 5 = 0          then 'la_poste'
         else 'wrong_key'
    end;
