-- What was really read. Filled by nation.py with the hostile lines of each node.
--
-- read_number    grain: one record read     operator, person, kind of record (0 first, 1 second), mask of categories
create or replace temp table asked_hostile as
select * from ({hostile});

create or replace temp table read_number as
with one as (
    select portal as operator, about as i, kind, mask from asked_hostile where action in (2, 4)
    union all
    -- a card and a search by member number show the household
    select portal, head(about) + unnest(range(household_size(about))), 0, mask from asked_hostile where action in (5, 7)
    union all
    select 0, i, kind, {sweep_mask} from swept
)
select operator, i, kind, bit_or(mask) as mask from one group by all;
drop table asked_hostile;
