-- Rank among people born the same day. See birth_rank.py for its two meanings.
create or replace temp macro birth_rank_number(t) as
    case when regexp_full_match(trim(t), '0*[1-9]') then right(trim(t), 1) else nullif(trim(t), '') end;
create or replace temp macro birth_rank_class(t) as
    case when nullif(trim(t), '') is null or regexp_full_match(trim(t), '0+') then 'missing'
         when not regexp_full_match(trim(t), '0*[1-9]')                        then 'malformed'
         when right(trim(t), 1) = '1'                                          then 'first'
         else 'later'
    end;
