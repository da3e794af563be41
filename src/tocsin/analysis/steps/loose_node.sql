-- loose_node: the records proved to be read, in each unit that is counted, with their loose group.
-- grain   one row per (unit, record); a unit is a controller, or a scope whose people are linked
-- reads   person_exposure, proved_record
-- label   the first node of the group in the unit; anchored when one of its records holds a certified number, or an RPPS
with place as (
    select unit, row_number() over (order by unit) - 1 as unit_no, (select max(node) + 1 from proved_record) as span
    from (select controller as unit from person_exposure where is_proved union select scope from person_exposure where is_proved)
),
proved as (
    select distinct c.unit_no as controller_no, s.unit_no as scope_no, e.population, e.node as identity_node, e.group_loose
    from person_exposure e
    join place c on c.unit = e.controller
    join place s on s.unit = e.scope
    where e.is_proved
),
counted as (
    select controller_no as unit_no, population, identity_node, group_loose from proved
    union all
    select distinct scope_no, population, identity_node, group_loose from proved where scope_no <> controller_no
),
numbered as (
    select p.unit_no * p.span + c.identity_node as node, p.unit, p.unit_no, c.population, c.identity_node, c.group_loose,
           r.is_anchored, r.is_numbered
    from counted c
    join place p on p.unit_no = c.unit_no
    join proved_record r on r.node = c.identity_node
),
same as (
    select unit_no, group_loose, min(node) as label, bool_or(is_anchored) as is_anchored, bool_or(is_numbered) as is_numbered
    from numbered
    group by unit_no, group_loose
)
select n.node, n.unit, n.unit_no, n.population, n.identity_node, s.label, s.is_anchored, s.is_numbered
from numbered n
join same s on s.unit_no = n.unit_no and s.group_loose = n.group_loose
