-- The run beside the truth.
--
-- run_category          grain: (register, record_id, controller, category, class)
-- wrongly_confirmed     grain: (register, record_id, controller, category)     confirmed, and never read
-- missed                the same grain                                         read, and of no class in the run
-- said                  grain: scope                                           the run's bounds, in insured persons

create or replace temp table true_category as
select distinct register, record_id, controller, category from true_exposure;

create or replace temp table run_category as
select distinct register, record_id, controller, unnest(confirmed) as category, 'confirmed' as class from run_exposure
union all
select distinct register, record_id, controller, unnest(deduced), 'deduced' from run_exposure
union all
select distinct register, record_id, controller, unnest(possible), 'possible' from run_exposure;

create or replace temp table established as
select distinct register, record_id, controller, category from run_category where class <> 'possible';

create or replace temp table wrongly_confirmed as
select concat_ws(' ', register, record_id, controller, category) as row
from (select * exclude (class) from run_category where class = 'confirmed' except select * from true_category);

create or replace temp table missed as
select concat_ws(' ', register, record_id, controller, category) as row
from (select * from true_category except select * exclude (class) from run_category);

create or replace temp view said as
select scope, max(lower)::bigint, max(working)::bigint, max(upper)::bigint
from run_figures where unit = 'persons' and population = 'insured' group by scope;

create or replace temp view counts as
select
    (select count(*) from true_category) as truth,
    (select count(*) from run_category where class = 'confirmed') as confirmed,
    (select count(*) from wrongly_confirmed) as wrongly_confirmed,
    (select count(*) from missed) as missed,
    (select count(*) from established) as established,
    (select count(*) from (select * from established intersect select * from true_category)) as rightly_established,
    (select count(distinct (register, record_id)) from run_category where class = 'possible'
        and (register, record_id) not in (select (register, record_id) from established))
    / greatest(1, (select count(*) from true_person))::double as possible_share;
