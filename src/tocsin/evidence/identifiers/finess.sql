-- FINESS: 9 characters; the key of those made of digits is a Luhn key. See finess.py for those with a letter.
create or replace temp macro finess_number(t) as
    nullif(regexp_extract(identifier_compact(t), '^((?:\d\d|2[AB]|9[A-F])\d{7})$', 1), '');
create or replace temp macro finess_class(t) as
    case when identifier_is_missing(identifier_compact(t))               then 'missing'
         when regexp_full_match(identifier_compact(t), '[1-9]\d{7}')
              and luhn_remainder('0' || identifier_compact(t)) = 0       then 'leading_zero_lost'
         when finess_number(t) is null                                   then 'malformed'
         when luhn_remainder(finess_number(t)) is null                   then 'unchecked'
         when luhn_remainder(finess_number(t)) <> 0                      then 'wrong_key'
         else 'finess'
    end;
