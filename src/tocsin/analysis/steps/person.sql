-- person: the records of the people who were, or may have been, read: those exposed, and the others of the same person.
-- grain   one row per (scope, record_no)
-- reads   person_exposure, identity, cluster
-- why     nothing is said of people whom no exposure names
with read_person as (select distinct person_no, person_strict from person_exposure)
select i.node, i.record_no, i.scope, i.population, i.register, i.record_id,
       r.person_no, r.person_strict, coalesce(c.group_loose, i.node) as group_loose
from identity i
left join cluster c on c.node = i.node
join read_person r on r.person_no = coalesce(c.person_no, i.node)
order by i.node
