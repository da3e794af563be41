-- register_once_birth_date: what each birth date says, and whether it is a child's.
-- grain   one row per birth date as written
-- reads   register_written
create or replace temp table register_once_birth_date as
    select written, parts.year as year, parts.month as month, parts.day as day, parts.precision as precision,
           is_minor_on(getvariable('base_date'), parts.year, parts.month, parts.day, parts.precision) as minor,
           parts.precision = 'none' as is_unreadable
    from (select written, birth_date_read(written) as parts from register_written);
