-- ADELI: 9 characters, the department first (2A, 2B in Corsica; 9A to 9F overseas); directories write it after a 0.
create or replace temp macro adeli_number(t) as
    nullif(regexp_extract(identifier_compact(t), '^0?((?:\d\d|2[AB]|9[A-F])\d{7})$', 1), '');
create or replace temp macro adeli_class(t) as
    case when identifier_is_missing(identifier_compact(t))            then 'missing'
         when adeli_number(t) is not null                             then 'adeli'
         when regexp_full_match(identifier_compact(t), '[1-9]\d{7}')  then 'leading_zero_lost'
         else 'malformed'
    end;
