-- register_once_instant: the instant at which what is dated by it begins; a day alone is its local midnight.
-- grain   one row per instant or day as written
-- reads   register_written
create or replace temp table register_once_instant as
    select written, register_instant(iso, getvariable('zone')) as starts,
           try_cast(left(iso, 19) as timestamp) is null as is_unreadable
    from (select written, register_time_iso(written) as iso from register_written);
