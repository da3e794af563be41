-- Values that repeat, read once each instead of once a row: a few million names and days for tens of millions of rows.

-- register_birth_date: grain one row per birth date as written
create or replace temp table register_birth_date as
    select birth_date, birth_date_read(birth_date) as parts
    from (select distinct birth_date from register_row where birth_date is not null);

-- register_name: grain one row per name as written
create or replace temp table register_name as
    select name, normalise_name(name) as key
    from (select distinct surname as name from register_row where surname is not null
          union select distinct birth_surname from register_row where birth_surname is not null
          union select distinct first_name from register_row where first_name is not null);

-- register_day: grain one row per day without time as written; instants with a time are too many to be worth a table
create or replace temp table register_day as
    select written, register_instant(iso, getvariable('zone')) as starts, register_last_day(iso, getvariable('zone')) as ends
    from (select written, register_time_iso(written) as iso
          from (select distinct visible_from as written from register_row where length(visible_from) <= 10
                union select distinct rights_from from register_row where length(rights_from) <= 10
                union select distinct rights_to from register_row where length(rights_to) <= 10));
