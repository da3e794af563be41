-- loose_person: the loose people among the records proved to be read, in each unit that is counted.
-- grain   one row per (unit, population, person_loose)
-- reads   loose_node, joined_label (groups that were joined to another)
select distinct n.unit, n.population, coalesce(j.label, n.label) as person_loose
from loose_node n left join joined_label j on j.node = n.label
order by all
