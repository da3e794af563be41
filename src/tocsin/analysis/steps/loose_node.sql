-- loose_node: the records proved to be read, in each unit that is counted, with their loose group.
-- grain   one row per (unit, record); a unit is a controller, or a scope whose people are linked
-- reads   person_exposure, proved_record
-- label   the first node of the group in the unit; anchored when one of its records holds a certified number, or an RPPS
with proved as (
    select distinct controller, scope, population, node as identity_node, group_loose from person_exposure where is_proved
),
counted as (
    select controller as unit, population, identity_node, group_loose from proved
    union
    select scope, population, identity_node, group_loose from proved
),
place as (
    select unit, row_number() over (order by unit) - 1 as unit_no, (select max(identity_node) + 1 from proved) as span
    from (select distinct unit from counted)
),
numbered as (
    select p.unit_no * p.span + c.identity_node as node, c.unit, p.unit_no, c.population, c.identity_node, c.group_loose,
           r.is_anchored, r.is_numbered
    from counted c
    join place p on p.unit = c.unit
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
