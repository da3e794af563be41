-- loose_person: each record proved to be read with its loose person, in each unit that is counted.
-- grain   one row per (unit, record)
-- reads   loose_node, joined_label
select n.unit, n.population, n.register, n.record_id, j.label as person_loose
from loose_node n join joined_label j on j.node = n.node
order by n.node
