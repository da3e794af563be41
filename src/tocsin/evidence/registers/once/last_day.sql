-- register_once_last_day: the instant at which rights end whose last day is written.
-- grain   one row per day or instant as written
-- reads   register_written
create or replace temp table register_once_last_day as
    select written, register_last_day(iso, getvariable('zone')) as ends,
           not is_open_end(iso) and try_cast(left(iso, 19) as timestamp) is null as is_unreadable
    from (select written, register_time_iso(written) as iso from register_written);
