-- IBAN (ISO 13616): mod 97 computed digit by digit, so that its length does not matter.

-- the rest of the division by 97 of the number that the letters and digits spell (A = 10 ... Z = 35)
create or replace temp macro iban_remainder(compact) as
    list_reduce(
        list_prepend(0, list_transform(string_split(substr(compact, 5) || left(compact, 4), ''), lambda c:
            coalesce(try_cast(c as int), ascii(c) - 55))),
        lambda total, n: case when n < 10 then (total * 10 + n) % 97 else (total * 100 + n) % 97 end);
create or replace temp macro iban_class(t) as
    case when identifier_is_missing(identifier_compact(t))                                   then 'missing'
         when not regexp_full_match(identifier_compact(t), '[A-Z]{2}\d{2}[A-Z0-9]{10,30}')   then 'malformed'
         when starts_with(identifier_compact(t), 'FR')
              and not regexp_full_match(identifier_compact(t), 'FR\d{2}\d{10}[A-Z0-9]{11}\d{2}') then 'malformed'
         when iban_remainder(identifier_compact(t)) <> 1                                     then 'wrong_key'
         when starts_with(identifier_compact(t), 'FR')                                       then 'iban_fr'
         else 'iban_foreign'
    end;
