-- register_once_end: the instant at which a period of validity ends.
-- grain   one row per instant or day as written
-- reads   register_written
create or replace temp table register_once_end as
    select written, register_end(iso, getvariable('zone')) as ends, is_open_end(iso) as is_open
    from (select written, register_time_iso(written) as iso from register_written);
