-- Instants as logs write them. A text becomes an epoch, or a wall clock with or without its shift from UTC.
-- Units: microseconds since 1970 (epoch), seconds (shift). NULL where a text is not of that kind.

-- t is trimmed
create or replace temp macro time_text(t) as
    case when t <> '' then case when contains(t, ',') then replace(t, ',', '.') else t end end;

-- 10, 13, 16 and 19 digits are seconds, milli-, micro- and nanoseconds until the year 2286; others go by magnitude
create or replace temp macro time_epoch_of(n) as
    try_cast(case when abs(n) < 100000000000       then n * 1000000
                  when abs(n) < 100000000000000    then n * 1000
                  when abs(n) < 100000000000000000 then n
                  else n / 1000 end as bigint);
-- an instant written whole, as 2024-01-22T08:00:00.123+01:00, is one too; NULL where it must be taken in pieces. No letter
-- stands before its shift: the engine would know the zones NZ and GMT+01:00, which are not ours
create or replace temp macro time_is_whole(w) as
    w[11] = 'T' and length(w) between 20 and 32 and not contains(w, 'T24:')
    and (right(w, 1) = 'Z' and substr(w, -2, 1) <= '9'
         or substr(w, -3, 1) = ':' and substr(w, -6, 1) in ('+', '-') and substr(w, -5, 2) <= '15' and substr(w, -2, 1) < '6'
            and substr(w, -7, 1) <= '9');
create or replace temp macro time_epoch(w) as
    case when length(w) = 13 and not contains(w, '.') and try_cast(w as bigint) between 100000000000 and 99999999999999
             then try_cast(w as bigint) * 1000  -- the commonest, without wider numbers
         when time_is_whole(w) then epoch_us(try_cast(w as timestamptz))
         when length(w) in (10, 13, 16, 19) and not contains(w, '.') and not contains(w, ':')
             then time_epoch_of(try_cast(w as bigint)::hugeint)
         when not contains(w, ':') and regexp_full_match(w, '-?\d{1,17}(\.\d+)?')
              and not regexp_full_match(w, '(19|20)\d{6}(\d{6})?')
             then time_epoch_of(try_cast(regexp_extract(w, '-?\d+(\.\d{1,6})?') as decimal(24, 6)))
    end;

-- how many last characters say the shift: Z, UTC, +01:00, +0100, +01
create or replace temp macro time_shift_length(w) as
    case when right(w, 1) = 'Z'                                                                      then 1
         when substr(w, -6, 1) in ('+', '-') and substr(w, -3, 1) = ':' and length(w) > 13            then 6
         when substr(w, -5, 1) in ('+', '-') and length(w) > 14                                      then 5
         when substr(w, -3, 1) in ('+', '-') and length(w) > 13                                      then 3
         when right(w, 1) = 'z'                                                                      then 1
         when right(w, 3) = 'UTC' or right(w, 3) = 'GMT'                                             then 3
         else 0 end;
create or replace temp macro time_shift_of(sign, hours, minutes) as
    case when try_cast(hours as integer) <= 18 and try_cast(minutes as integer) < 60
         then (try_cast(hours as integer) * 3600 + try_cast(minutes as integer) * 60) * case sign when '-' then -1 else 1 end
    end;
create or replace temp macro time_shift(w, size) as
    case when size = 0                                    then null
         when right(w, 1) in ('Z', 'z', 'C', 'T')         then 0
         when size = 6 then time_shift_of(substr(w, -6, 1), substr(w, -5, 2), right(w, 2))
         when size = 5 then time_shift_of(substr(w, -5, 1), substr(w, -4, 2), right(w, 2))
         when size = 3 then time_shift_of(substr(w, -3, 1), right(w, 2), '0')
    end;

create or replace temp macro time_is_day(t) as regexp_full_match(t, '(19|20)\d{2}[-/]?\d{2}[-/]?\d{2}');

-- the wall clock, without its shift
create or replace temp macro time_wall(t) as
    case when contains(t, ':')
             then case when not contains(t, '+') then try_cast(t as timestamp) end
         when regexp_full_match(t, '(19|20)\d{6}[T ]?\d{6}(\.\d+)?')
             then try_cast(regexp_replace(t, '^(\d{4})(\d\d)(\d\d)[T ]?(\d\d)(\d\d)(\d\d.*)$', '\1-\2-\3 \4:\5:\6')
                           as timestamp)
         when time_is_day(t)
             then try_cast(regexp_replace(t, '^(\d{4})[-/]?(\d\d)[-/]?(\d\d)$', '\1-\2-\3') as timestamp)
    end;

-- 24:00 is midnight of the next day for some, a mistake for others: nobody can say which instant was meant
create or replace temp macro time_is_24(w, wall) as
    epoch_us(wall) % 86400000000 = 0 and (contains(w, ' 24:') or contains(w, 'T24:'));
