-- cluster: records with the human being they are about, where these are several.
-- grain   one row per node of a cluster of several, strict or loose; any other record is a person by itself
-- reads   strict_label, loose_label
-- person_no the smallest node of the strict cluster; group_loose that of the loose one
select coalesce(l.node, s.node) as node, coalesce(s.label, l.node) as person_no,
       coalesce(l.label, s.node) as group_loose
from loose_label l
full join strict_label s on s.node = l.node
order by node
