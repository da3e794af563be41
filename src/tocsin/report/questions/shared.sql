-- shared: people who are under several controllers among those that instructed the linkage.
-- grain   one row per (population, set of controllers)
-- reads   exposure
-- law     only the controllers of {linked} instructed it (GDPR 28(3)(a)); the others are never compared
with person as (
    select population, person_id, list_sort(list(distinct controller)) as controllers
    from exposure
    where controller in (select unnest({linked}))
    group by population, person_id
)
select population, controllers, count(*) as persons
from person
group by all
order by persons desc, population, controllers
