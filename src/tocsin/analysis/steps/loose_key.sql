-- loose_key: keys that may join one human being's records in spite of an error, for the lower bound only.
-- reads   identity
-- why     a certified number that changed for a known cause (sex marker, birth date corrected, birth place of
--         Algeria coded again, one part mistyped) is still one person when the names agree; any other conflict never merges
select node, 'own nir|' || scope || '|' || own_nir as key
from identity where own_nir is not null
union all
select node, 'other sex|' || concat_ws('|', scope, substr(own_nir, 2), names)
from identity where own_nir is not null and names is not null
union all
select node, 'other birth|' || concat_ws('|', scope, left(own_nir, 1), substr(own_nir, 6), names)
from identity where own_nir is not null and names is not null
union all
select node, 'other place|' || concat_ws('|', scope, left(own_nir, 5), right(own_nir, 3), names)
from identity where own_nir is not null and names is not null
union all
select node, 'other order|' || concat_ws('|', scope, left(own_nir, 10), names)
from identity where own_nir is not null and names is not null
union all
select node, 'names|' || concat_ws('|', scope, names, birth_day)
from identity where own_nir is null and names is not null and birth_day is not null
union all
select node, 'contract|' || concat_ws('|', scope, register, contract, first_name_key)
from identity where own_nir is null and contract is not null and first_name_key is not null
union all
select node, 'adeli|' || concat_ws('|', scope, adeli)
from identity where population = 'professional' and adeli is not null
union all
select node, 'professional|' || concat_ws('|', scope, names)
from identity where population = 'professional' and names is not null
