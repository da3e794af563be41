-- a value without the blanks around it, NULL when nothing is left
create or replace temp macro register_text(t) as
    nullif(trim(t, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(65279)), '');

-- Instants and days as registers write them, read in the register's time zone, given in UTC without zone.

-- what follows the day: ' hh:mm:ss.ffffff+hh:mm', '' when there is nothing, NULL when unreadable
create or replace temp macro register_clock(t) as
    case
        when t = '' then ''
        when regexp_full_match(t, '[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)? ?(Z|UTC|[+-]\d{2}(:?\d{2})?)?')
            then ' ' || substr(t, 2, 5)
                 || coalesce(nullif(regexp_extract(t, '^[T ]\d{2}:\d{2}(:\d{2})', 1), ''), ':00')
                 || regexp_replace(regexp_extract(t, '[.,]\d{1,6}'), ',', '.')
                 || case when regexp_matches(t, '(Z|UTC)$') then '+00:00'
                         when regexp_matches(t, '[+-]\d{2}$') then regexp_extract(t, '[+-]\d{2}$') || ':00'
                         when regexp_matches(t, '[+-]\d{2}:?\d{2}$')
                             then regexp_replace(regexp_extract(t, '[+-]\d{2}:?\d{2}$'), '^(...):?(..)$', '\1:\2')
                         else '' end
    end;

create or replace temp macro register_time_parts(t) as
    case
        when regexp_full_match(t, '\d{4}[-/.]\d{2}[-/.]\d{2}([T ].*)?')
            then {'day': substr(t, 1, 4) || '-' || substr(t, 6, 2) || '-' || substr(t, 9, 2), 'clock': substr(t, 11)}
        when regexp_full_match(t, '\d{2}[-/.]\d{2}[-/.]\d{4}([T ].*)?')
            then {'day': substr(t, 7, 4) || '-' || substr(t, 4, 2) || '-' || substr(t, 1, 2), 'clock': substr(t, 11)}
        when regexp_full_match(t, '\d{8}([T ].*)?')
            then {'day': substr(t, 1, 4) || '-' || substr(t, 5, 2) || '-' || substr(t, 7, 2), 'clock': substr(t, 9)}
        when regexp_full_match(t, '\d{14}')
            then {'day': substr(t, 1, 4) || '-' || substr(t, 5, 2) || '-' || substr(t, 7, 2),
                  'clock': ' ' || substr(t, 9, 2) || ':' || substr(t, 11, 2) || ':' || substr(t, 13, 2)}
    end;

-- a day in one of four forms, with an optional time and offset -> 'yyyy-mm-dd hh:mm:ss.ffffff+hh:mm'; NULL when
-- unreadable. The two commonest forms come first and need no pattern: whether they are dates is seen when they are cast
create or replace temp macro register_time_iso(t) as
    case
        when length(t) = 10 and substr(t, 5, 1) = '-' and substr(t, 8, 1) = '-' then t
        when length(t) = 19 and substr(t, 5, 1) = '-' and substr(t, 14, 1) = ':' and substr(t, 17, 1) = ':'
             and substr(t, 11, 1) in ('T', ' ')
            then left(t, 10) || ' ' || substr(t, 12)
        else list_transform([register_time_parts(t)], lambda parts: parts.day || register_clock(parts.clock))[1]
    end;

-- the macros below take that form, computed once

create or replace temp macro local_midnight(day, zone) as try(timezone('UTC', timezone(zone, day::timestamp)));

-- a day without time is its local midnight
create or replace temp macro register_instant(iso, zone) as
    case when length(iso) > 19 and substr(iso, -6, 1) in ('+', '-')
             then try(timezone('UTC', try_cast(iso as timestamptz)))
         else try(timezone('UTC', timezone(zone, try_cast(iso as timestamp)))) end;

-- years 9999 and 2999 mean "until further notice"
create or replace temp macro is_open_end(iso) as coalesce(left(iso, 4) in ('9999', '2999'), false);
create or replace temp macro register_end(iso, zone) as
    case when not is_open_end(iso) then register_instant(iso, zone) end;

-- a last day -> the local midnight that ends it; midnight or the last minute of a day are ways to write that day
create or replace temp macro register_last_day(iso, zone) as
    case when is_open_end(iso) then null::timestamp
         when length(iso) = 10 or length(iso) >= 19 and substr(iso, -6, 1) not in ('+', '-')
                                  and (substr(iso, 12) = '00:00:00' or substr(iso, 12, 5) = '23:59')
             then local_midnight(try_cast(left(iso, 10) as date) + 1, zone)
         else register_instant(iso, zone) end;

create or replace temp macro is_readable_time(t) as try_cast(left(register_time_iso(t), 19) as timestamp) is not null;
