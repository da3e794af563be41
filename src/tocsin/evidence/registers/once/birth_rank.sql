-- register_once_birth_rank: the number of each birth rank.
-- grain   one row per birth rank as written
-- reads   register_written
create or replace temp table register_once_birth_rank as
    select written, birth_rank_number(written) as number from register_written;
