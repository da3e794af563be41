-- loose_key: keys that may join one human being's records in spite of an error, for the lower bound only.
-- grain   (node, kind, scope, number, birth, name): records agree when the last five do
-- reads   identity, near_number
-- why     a certified number that changed for a known cause (sex marker, birth date corrected, birth place of
--         Algeria coded again, one part mistyped) is still one person when the names agree; any other conflict never merges
with named as not materialized (
    -- a surname and a first name typed in each other's place give the same pair
    select *, least(surname_key, first_name_key) || '|' || greatest(surname_key, first_name_key) as names from identity
),
near as (select i.* from named i semi join near_number n on n.node = i.node)
select node, 'own nir' as kind, scope, own_nir as number, null as birth, null as name
from named where own_nir is not null
union all
select node, 'other sex', scope, substr(own_nir, 2), null, names
from near
union all
select node, 'other birth', scope, left(own_nir, 1) || substr(own_nir, 6), null, names
from near
union all
select node, 'other place', scope, left(own_nir, 5) || right(own_nir, 3), null, names
from near
union all
select node, 'other order', scope, left(own_nir, 10), null, names
from near
union all
select node, 'names', scope, null, birth_day, names
from named where own_nir is null and names is not null and birth_day is not null
union all
select node, 'contract', scope, register || '|' || contract, null, first_name_key
from named where own_nir is null and contract is not null and first_name_key is not null
union all
select node, 'adeli', scope, adeli, null, null
from named where population = 'professional' and adeli is not null
union all
select node, 'professional', scope, null, null, names
from named where population = 'professional' and names is not null
