-- category_figure: how many records and people, for each data category and class.
-- grain   one row per (scope, population, category, class); scope is a controller, or `total`
-- reads   person_exposure, fact_category
-- persons strict; in `total` NULL unless every controller instructed the linkage across controllers
-- how     masks are put together for each record and each person, counted, and only then told category by category:
--         masks are few, whatever the number of people
with is_linked as (select population, count(distinct scope) = 1 as whole from person_exposure group by population),
known as (
    select controller as scope, population, 'records' as unit, record_no as number,
           confirmed, deduced, possible_attribution, possible_missing_evidence
    from person_exposure
    union all
    select controller, population, 'persons', person_no,
           confirmed, deduced, possible_attribution, possible_missing_evidence
    from person_exposure
    union all
    select 'total', population, 'records', record_no,
           confirmed, deduced, possible_attribution, possible_missing_evidence
    from person_exposure
    union all
    select 'total', population, 'persons', person_no,
           confirmed, deduced, possible_attribution, possible_missing_evidence
    from person_exposure
    where population in (select population from is_linked where whole)
),
gathered as (
    select scope, population, unit, number, bit_or(confirmed) as confirmed, bit_or(deduced) as deduced,
           bit_or(possible_attribution) as possible_attribution,
           bit_or(possible_missing_evidence) as possible_missing_evidence
    from known
    group by scope, population, unit, number
),
alike as (
    select scope, population, unit, confirmed, deduced, possible_attribution, possible_missing_evidence, count(*) as n
    from gathered
    group by all
),
told as (
    select scope, population, unit, n, unnest(
        [{'class': 'confirmed', 'mask': confirmed}, {'class': 'deduced', 'mask': deduced},
         {'class': 'possible_attribution', 'mask': possible_attribution},
         {'class': 'possible_missing_evidence', 'mask': possible_missing_evidence}]) as said
    from alike
)
select t.scope, t.population, c.category, t.said.class as class,
       cast(sum(n) filter (unit = 'records') as bigint) as records,
       cast(sum(n) filter (unit = 'persons') as bigint) as persons
from told t
join fact_category c on t.said.mask & c.mask <> 0
group by all
order by 1, 2, 3, 4
