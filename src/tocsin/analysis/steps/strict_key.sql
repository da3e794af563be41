-- strict_key: two records of one scope that share one of these keys are the same human being, beyond doubt.
-- reads   identity
-- why     merging wrongly denies someone a notice: keys hold the birth date and the first name (its initial beside
--         one's own certified number), so that twins, siblings under the policyholder's number, and father and son
--         stay apart; a professional's RPPS is lifelong and enough
select node, 'own nir|' || scope || '|' || own_nir || '|' || birth_date || '|' || left(first_name_key, 1) as key
from identity where own_nir is not null and birth_date is not null and first_name_key is not null
union all
select node, 'shared nir|' || concat_ws('|', scope, shared_nir, birth_day, sex, coalesce(birth_rank, ''), first_name_key)
from identity where shared_nir is not null and birth_day is not null and first_name_key is not null
union all
select node, 'rpps|' || scope || '|' || rpps
from identity where population = 'professional' and rpps is not null
