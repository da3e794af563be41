-- The registers, as their holders export them.
--
-- register_a     grain: (record, change)     journal of op-a: one line for each insertion, update or deletion, in UTC
-- register_b     grain: (record, period)     op-b, French column names, days written 31/12/2023, local times
-- professional   grain: (portal, account)    both registers of professionals

create or replace temp table register_a as
with change as (
    select v.*, case when v.state = 0 then 'insert' else 'update' end as operation, v.vf as changed_at
    from version as v where v.operator = 0
    union all
    select v.*, 'delete', v.vt from version as v join record_number as r using (rid)
    where v.operator = 0 and r.change = 4
)
select
    row_number() over (order by changed_at, c.rid, c.state) as n,
    record_id, k.code as controller, contract_id, household_id, member_no,
    left(nir, 1) || ' ' || substr(nir, 2, 2) || ' ' || substr(nir, 4, 2) || ' ' || substr(nir, 6, 2) || ' '
        || substr(nir, 8, 3) || ' ' || right(nir, 3) as nir,
    lpad((97 - replace(replace(nir, '2A', '19'), '2B', '18')::bigint % 97)::varchar, 2, '0') as nir_key,
    policyholder_nir, left(birth8, 4) || '-' || substr(birth8, 5, 2) || '-' || right(birth8, 2) as birth_date,
    twin_rank::varchar as birth_rank, sex::varchar as sex, surname, birth_surname, first_name,
    ['ADH', 'CJT', 'ENF'][role + 1] as role, first_day_text as rights_from, last_day_text as rights_to,
    strftime(epoch_ms(changed_at), '%Y-%m-%dT%H:%M:%S') || 'Z' as changed_at, operation
from change as c join controller_number as k using (controller);

create or replace temp table register_b as
select
    row_number() over (order by v.rid, v.state) as n,
    record_id as reference, k.code as numero_amc, contract_id as contrat, household_id as foyer, member_no as adherent,
    nir as nir, policyholder_nir as nir_ouvrant,
    right(birth8, 2) || '/' || substr(birth8, 5, 2) || '/' || left(birth8, 4) as ne_le,
    twin_rank::varchar as rang, sex::varchar as sexe, surname as nom, birth_surname as nom_naissance,
    first_name as prenom, ['ASSURE', 'CONJOINT', 'ENFANT'][role + 1] as qualite,
    strftime(first_day_text::date, '%d/%m/%Y') as droits_du, strftime(last_day_text::date, '%d/%m/%Y') as droits_au,
    strftime(epoch_ms(local_ms(vf)), '%Y-%m-%d %H:%M:%S') as valable_du,
    case when vt < 253370764800000 then strftime(epoch_ms(local_ms(vt)), '%Y-%m-%d %H:%M:%S') end as valable_au
from version as v join controller_number as k using (controller)
where v.operator = 1;

create or replace temp table professional as
select portal, record_id, account, surname, first_name, role, nullif(rpps, '') as rpps, adeli, finess, iban, email
from professional_text;
