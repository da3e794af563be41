-- register_once_name: what a portal's search compares of each name.
-- grain   one row per name as written
-- reads   register_written
create or replace temp table register_once_name as select written, normalise_name(written) as key from register_written;
