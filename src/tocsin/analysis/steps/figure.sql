-- figure: how many, between which bounds, in units that are never mixed.
-- grain   one row per (scope, population, unit); scope is a controller, or `total`
-- reads   person_exposure, loose_person, hostile_event, coverage_gap, unresolved, fact_portal_register, fact_register
-- lower   proved reads (confirmed, deduced), loose people;   working  the same, strict people
-- upper   every class, strict people, and each unresolved record as one more person, of one more contract and household
-- total   across controllers people are linked only under their instruction; otherwise the total is bounded: at least
--         the greatest lower figure, at most the sum of the upper ones, and no working figure
with stray as (
    select f.population, u.portal, r.register, count(*) as records
    from unresolved u
    join fact_portal_register r on r.portal = u.portal
    join fact_register f on f.register = r.register
    group by all
),
stray_total as (
    select population, sum(records) as records
    from (select population, portal, max(records) as records from stray group by all)
    group by population
),
stray_at as (
    select h.controller, s.population, sum(s.records) as records
    from (select distinct controller, register from holding) h
    join stray s on s.register = h.register
    group by all
),
counted as (
    select controller, population,
           count(distinct record_no) filter (is_proved)                 as records_low,
           count(distinct record_no)                                    as records_up,
           count(distinct (register, contract_id)) filter (is_proved and contract_id is not null) as contracts_low,
           count(distinct (register, contract_id)) filter (contract_id is not null) as contracts_up,
           count(distinct (register, household_id)) filter (is_proved and household_id is not null) as households_low,
           count(distinct (register, household_id)) filter (household_id is not null) as households_up,
           coalesce((select count(*) from loose_person l
                     where l.unit = e.controller and l.population = e.population), 0) as persons_low,
           count(distinct person_no) filter (is_proved)                         as persons_work,
           count(distinct person_no)                                            as persons_up
    from person_exposure e
    group by controller, population
    union all
    -- only unresolved numbers: nobody is proved, somebody is possible
    select controller, population, 0, 0, 0, 0, 0, 0, 0, 0, 0
    from stray_at s
    where not exists (select 1 from person_exposure e where e.controller = s.controller and e.population = s.population)
),
part as (
    select scope, population,
           coalesce((select count(*) from loose_person l
                     where l.unit = e.scope and l.population = e.population), 0) as low,
           count(distinct person_no) filter (is_proved) as work, count(distinct person_no) as up
    from person_exposure e
    group by scope, population
    union all
    select '', population, 0, 0, 0
    from stray_total s
    where not exists (select 1 from person_exposure e where e.population = s.population)
),
whole as (
    select population,
           count(distinct record_no) filter (is_proved)                 as records_low,
           count(distinct record_no)                                    as records_up,
           count(distinct (register, contract_id)) filter (is_proved and contract_id is not null) as contracts_low,
           count(distinct (register, contract_id)) filter (contract_id is not null) as contracts_up,
           count(distinct (register, household_id)) filter (is_proved and household_id is not null) as households_low,
           count(distinct (register, household_id)) filter (household_id is not null) as households_up
    from person_exposure
    group by population
    union all
    select population, 0, 0, 0, 0, 0, 0
    from stray_total s
    where not exists (select 1 from person_exposure e where e.population = s.population)
),
line as (
    select count(*) filter (grade = 'A') as low, count(*) as up
    from hostile_event
    where meaning <> 'nothing'
),
lost as (
    select sum(missing_lines) as lines, bool_or(missing_lines is null) as is_unknown from coverage_gap
),
held as (
    select c.*, coalesce(s.records, 0) as strays from counted c left join stray_at s using (controller, population)
),
all_held as (
    select w.*, coalesce(s.records, 0) as strays from whole w left join stray_total s using (population)
),
figure as (
    select controller as scope, population, 'records' as unit, records_low as lower, records_low as working,
           records_up + strays as upper
    from held
    union all
    select controller, population, 'contracts', contracts_low, contracts_low, contracts_up + strays from held
    union all
    select controller, population, 'households', households_low, households_low, households_up + strays from held
    union all
    select controller, population, 'persons', persons_low, persons_work, persons_up + strays from held
    union all
    select 'total', population, 'records', records_low, records_low, records_up + strays from all_held
    union all
    select 'total', population, 'contracts', contracts_low, contracts_low, contracts_up + strays from all_held
    union all
    select 'total', population, 'households', households_low, households_low, households_up + strays from all_held
    union all
    select 'total', population, 'persons', max(low), case when count(*) = 1 then max(work) end,
           sum(up) + coalesce((select records from stray_total s where s.population = p.population), 0)
    from part p
    group by population
    union all
    select 'total', 'all', 'lines', low, low,
           case when (select is_unknown from lost) then null else up + coalesce((select lines from lost), 0) end
    from line
)
select scope, population, unit, cast(lower as bigint) as lower, cast(working as bigint) as working,
       cast(upper as bigint) as upper
from figure
order by scope, population, unit
