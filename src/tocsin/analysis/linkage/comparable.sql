-- comparable: the records as Splink compares them.
-- grain   one row per node
-- reads   identity
create or replace temp view comparable as
select node, scope, population = 'insured' as is_insured, own_nir, shared_nir, birth_day, birth_year, birth_rank, sex,
       surname_key as surname, birth_surname_key as birth_surname, first_name_key as first_name, rpps, adeli, finess
from identity;

-- in a scope of n records, the chance that two are one human being falls with n
create or replace temp table scope_size as
select scope, is_insured, count(*) as records from comparable group by all;

-- how common a name is among all records, as Splink weighs it, whatever the few that are compared
create or replace temp table frequency_of_surname as
select surname, count(*) / (select count(surname) from comparable)::double as tf_surname
from comparable where surname is not null group by surname;
create or replace temp table frequency_of_first_name as
select first_name, count(*) / (select count(first_name) from comparable)::double as tf_first_name
from comparable where first_name is not null group by first_name
