-- loose_node: the records proved to be read, in each unit that is counted, with their loose group.
-- grain   one row per (unit, register, record_id); a unit is a controller, or a scope whose people are linked
-- reads   person_exposure, identity, person
-- label   the first node of the group in the unit; anchored when one of its records holds a certified number
with counted as (
    select distinct controller as unit, scope, register, record_id from person_exposure where is_proved
    union
    select distinct scope, scope, register, record_id from person_exposure where is_proved
),
numbered as (
    select row_number() over (order by c.unit, i.node) as node, c.unit, p.group_loose, i.own_nir, i.shared_nir,
           i.birth_day, i.birth_year, i.sex, i.surname_key, i.first_name_key, i.names, i.contract, i.scope, i.register,
           i.record_id, i.population
    from counted c
    join identity i on i.scope = c.scope and i.register = c.register and i.record_id = c.record_id
    join person   p on p.scope = c.scope and p.register = c.register and p.record_id = c.record_id
)
select *, min(node) over same as label, bool_or(own_nir is not null) over same as is_anchored,
       bool_or(own_nir is not null or shared_nir is not null) over same as is_numbered
from numbered
window same as (partition by unit, population, group_loose)
order by node
