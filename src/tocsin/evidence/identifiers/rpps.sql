-- RPPS: 11 digits, the last a Luhn key; directories write it after an 8.
create or replace temp macro rpps_number(t) as
    nullif(regexp_extract(identifier_compact(t), '^8?(\d{11})$', 1), '');
create or replace temp macro rpps_class(t) as
    case when identifier_is_missing(identifier_compact(t)) then 'missing'
         when rpps_number(t) is null                       then 'malformed'
         when luhn_remainder(rpps_number(t)) <> 0          then 'wrong_key'
         else 'rpps'
    end;
