-- category_figure: how many records and people, for each data category and class.
-- grain   one row per (scope, population, category, class); scope is a controller, or `total`
-- reads   person_exposure, fact_category
-- persons strict; in `total` NULL unless every controller instructed the linkage across controllers
with bit as (
    select e.controller, e.population, e.record_no, e.person_no, c.category,
           case when e.confirmed & c.mask <> 0            then 'confirmed'
                when e.deduced & c.mask <> 0              then 'deduced'
                when e.possible_attribution & c.mask <> 0 then 'possible_attribution'
                else 'possible_missing_evidence' end as class
    from person_exposure e
    join fact_category c
      on (e.confirmed | e.deduced | e.possible_attribution | e.possible_missing_evidence) & c.mask <> 0
),
is_linked as (select population, count(distinct scope) = 1 as whole from person_exposure group by population)
select controller as scope, population, category, class, count(distinct record_no) as records,
       count(distinct person_no) as persons
from bit
group by all
union all
select 'total', b.population, category, class, count(distinct record_no),
       case when any_value(l.whole) then count(distinct person_no) end
from bit b
join is_linked l on l.population = b.population
group by b.population, category, class
order by 1, 2, 3, 4
