-- loose_node: the records proved to be read, in each unit that is counted, with their loose group.
-- grain   one row per (unit, record); a unit is a controller, or a scope whose people are linked
-- reads   person_exposure, identity
-- label   the first node of the group in the unit; anchored when one of its records holds a certified number, or an RPPS
with counted as (
    select distinct controller as unit, node as identity_node, group_loose from person_exposure where is_proved
    union
    select distinct scope, node, group_loose from person_exposure where is_proved
),
numbered as (
    select row_number() over (order by unit, identity_node) as node, unit, identity_node, group_loose from counted
),
known as (
    select n.node, n.unit, n.identity_node, n.group_loose, i.own_nir, i.rpps, i.shared_nir, i.birth_day, i.birth_year, i.sex, i.surname_key,
           i.first_name_key, i.contract,
           least(i.surname_key, i.first_name_key) || '|' || greatest(i.surname_key, i.first_name_key) as names,
           i.register, i.record_id, i.population
    from numbered n
    join identity i on i.node = n.identity_node
),
same as (
    select unit, group_loose, min(node) as label, bool_or(own_nir is not null or rpps is not null) as is_anchored,
           bool_or(own_nir is not null or shared_nir is not null) as is_numbered
    from known
    group by unit, group_loose
)
select k.*, s.label, s.is_anchored, s.is_numbered
from known k
join same s on s.unit = k.unit and s.group_loose = k.group_loose
order by k.node
