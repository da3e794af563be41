-- proved_record: what is known of each record proved to be read.
-- grain   one row per node
-- reads   person_exposure, identity
select i.node, i.scope, i.own_nir, i.shared_nir, i.birth_day, i.birth_year, i.sex, i.surname_key, i.first_name_key, i.contract,
       least(i.surname_key, i.first_name_key) || '|' || greatest(i.surname_key, i.first_name_key) as names,
       i.own_nir is not null or i.rpps is not null as is_anchored,
       i.own_nir is not null or i.shared_nir is not null as is_numbered
from identity i
semi join (select node from person_exposure where is_proved) e on e.node = i.node
