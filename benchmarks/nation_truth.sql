-- What was really read.
--
-- true_record    grain: one record read     register, record_id, controller that answers, mask of categories, person
-- true_session   grain: one session that the analyst judged
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
