-- strict_key: two records of one scope that share one of these keys are the same human being, beyond doubt.
-- grain   (node, kind, scope, number, birth, name): records agree when the last five do
-- reads   identity
-- why     merging wrongly denies someone a notice: keys hold the birth date and the first name (its initial beside
--         one's own certified number), so that twins, siblings under the policyholder's number, and father and son
--         stay apart; beside the policyholder's number the surname too, since two children whose names were typed in each
--         other's place share a "first name". An initial is not a first name: twins share it. A professional's RPPS is
--         lifelong and enough; an ADELI number belongs to one professional in one department, and needs the names beside it
select node, 'own nir' as kind, scope, own_nir as number, birth_date as birth, left(first_name_key, 1) as name
from identity where own_nir is not null and birth_date is not null and first_name_key is not null
union all
select node, 'shared nir', scope, shared_nir, concat_ws('|', birth_day, coalesce(sex, ''), coalesce(birth_rank, '')),
       surname_key || '|' || first_name_key
from identity
where shared_nir is not null and birth_day is not null and surname_key is not null
      and length(split_part(first_name_key, ' ', 1)) > 1
union all
select node, 'rpps', scope, rpps, null, null
from identity where population = 'professional' and rpps is not null
union all
select node, 'adeli', scope, adeli, surname_key, first_name_key
from identity
where population = 'professional' and adeli is not null and surname_key is not null
      and length(split_part(first_name_key, ' ', 1)) > 1
