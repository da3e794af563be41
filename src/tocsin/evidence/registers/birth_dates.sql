-- register_birth_date: each birth date written in the register, read once (a few tens of thousands for millions of rows).
-- grain   one row per written birth_date
create or replace temp table register_birth_date as
    select birth_date, birth_date_read(birth_date) as parts
    from (select distinct birth_date from register_row where birth_date is not null);
