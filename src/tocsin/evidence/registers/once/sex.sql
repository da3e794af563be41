-- register_once_sex: the sex that each way of writing it says.
-- grain   one row per sex as written
-- reads   register_written
create or replace temp table register_once_sex as
    select written, sex_code(written) as code, sex_code(written) is null as is_unreadable from register_written;
