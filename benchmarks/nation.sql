-- A country written by arithmetic: who somebody is, which records are about them and what each log line says are
-- functions of a number, so that a world of any size streams to disk and its truth is known by construction.
--
-- Ten people make a block of four households, of 1, 2, 3 and 4 people: 0 | 1 2 | 3 4 5 | 6 7 8 9. Households of 2 and 4
-- are in the register of op-a, those of 1 and 3 in that of op-b; in one block of eight, everybody has a second record
-- with the other operator, under another insurer, with the errors of those who type.
--
-- Variables, set by nation.py: people, start_ms and span_ms. Tables, made by it: surname_slot, first_name_slot,
-- controller_slot (names and controllers as often as a rehearsal draws them).

create or replace macro draw(i, k) as (hash(i, k) % 1000003)::bigint;
create or replace macro pick(places, n) as list_extract(places, (n + 1)::integer);

create or replace macro member(i) as pick([0, 0, 1, 0, 1, 2, 0, 1, 2, 3], i % 10);
create or replace macro head(i) as i - member(i);
create or replace macro household(i) as (i // 10) * 4 + pick([0, 1, 1, 2, 2, 2, 3, 3, 3, 3], i % 10);
create or replace macro household_size(i) as pick([1, 2, 2, 3, 3, 3, 4, 4, 4, 4], i % 10);
-- of twins, the second was born as the first
create or replace macro born_as(i) as case when i % 10 = 9 and (i // 10) % 25 = 0 then i - 1 else i end;
create or replace macro sex(i) as case when member(i) = 1 then 2 - draw(head(i), 1) % 2 else 1 + draw(i, 1) % 2 end;
create or replace macro head_year(j) as
    case when j % 10 <= 1 then 1935 + draw(j, 2) % 65 else 1968 + draw(j, 2) % 27 end;
create or replace macro year_of(i) as
    case member(i) when 0 then head_year(i) when 1 then head_year(head(i)) + draw(i, 2) % 7 - 3
                   else least(2023, head_year(head(i)) + 25 + draw(born_as(i), 2) % 10) end;
create or replace macro month_of(i) as 1 + draw(born_as(i), 3) % 12;
create or replace macro day_of(i) as 1 + draw(born_as(i), 4) % 28;
create or replace macro padded(n, size) as lpad(n::varchar, size, '0');
-- place and order number are those of nobody else; department 20 is written 2A and 2B, hence left aside
create or replace macro nir(i) as concat(
    sex(i), padded(year_of(i) % 100, 2), padded(month_of(i), 2),
    padded(case when i % 94 + 1 >= 20 then i % 94 + 2 else i % 94 + 1 end, 2), padded(1 + (i // 94) % 575, 3),
    padded(i // 54050 + 1, 3));
create or replace macro record_id(operator, rid) as concat(
    case when operator = 0 then 'A' else 'B-' end, padded((rid * 7654321 + 1234567) % 1000000000, 9));
create or replace macro contract_no(i, kind) as household(i) * 2 + kind;

-- the n-th first record of each operator, and the n-th second one
create or replace macro first_on(operator, n) as
    case when operator = 0 then (n // 6) * 10 + pick([1, 2, 6, 7, 8, 9], n % 6) else (n // 4) * 10 + pick([0, 3, 4, 5], n % 4) end;
create or replace macro second_on(operator, n) as
    case when operator = 0 then (n // 4) * 80 + pick([0, 3, 4, 5], n % 4)
         else (n // 6) * 80 + pick([1, 2, 6, 7, 8, 9], n % 6) end;

create or replace view person as
select i, member(i) as member, sex(i) as sex, year_of(i) as year, month_of(i) as month, day_of(i) as day,
       case when born_as(i) <> i then 2 else 1 end as birth_rank, nir(i) as own_nir, nir(head(i)) as holder_nir,
       family.name as surname,
       case when member(i) = 1 and sex(i) = 2 then own.name else family.name end as birth_surname,
       given.name as first_name
from (select range as i from range(getvariable('people')))
join surname_slot as family on family.slot = draw(head(i), 5) % 1000000
join surname_slot as own on own.slot = draw(i, 5) % 1000000
join first_name_slot as given
    on given.slot = (sex(i) * 12 + least(11, greatest(0, (year_of(i) - 1901) // 10))) * 16384 + draw(i, 6) % 16384;

-- grain: one record. Errors fall on second records only.
create or replace view record as
with held as (
    select *, 0 as kind, i as rid, case when household(i) % 2 = 1 then 0 else 1 end as operator, 0 as error from person
    union all
    select *, 1, getvariable('people') + i, case when household(i) % 2 = 1 then 1 else 0 end, draw(i, 11) % 1000
    from person where i // 10 % 8 = 0
),
numbered as (
    select *,
        case when member >= 2 and year > 2007 then case when operator = 0 then holder_nir end else own_nir end as usual_nir
    from held
),
mistaken as (
    select * exclude (first_name, surname, day, month),
        case when error between 650 and 709 then null when error between 710 and 724 then holder_nir
             else usual_nir end as nir,
        case when error between 725 and 739 then surname when error between 740 and 764 then left(first_name, 1)
             when error between 765 and 784 then left(first_name, 2) || substr(first_name, 4) else first_name end
            as first_name,
        case when error between 725 and 739 then first_name when error between 785 and 814 then birth_surname
             when error between 815 and 844 then strip_accents(upper(surname))
             when error between 845 and 874 then left(surname, 2) || substr(surname, 4) else surname end as surname,
        case when error between 875 and 904 then day % 28 + 1 when error between 905 and 924 then 1 else day end as day,
        case when error between 905 and 924 then 1 else month end as month
    from numbered
)
select m.*, record_id(m.operator, rid) as record_id, c.code as code, c.answers,
       draw(rid, 12) % 100 = 0 as changes,
       getvariable('start_ms') + (draw(rid, 13) % (getvariable('span_ms') // 1000)) * 1000 as changed_at_ms
from mistaken as m
join controller_slot as c on c.operator = m.operator and c.slot = draw(household(i), 7 + kind) % 4096;

create or replace view register_a as
with state as (
    select *, '2019-01-01'::timestamp + to_seconds(rid % 100000000) as changed_at, 'insert' as operation,
           '2018-01-01' as rights_from from record where operator = 0
    union all
    select *, epoch_ms(changed_at_ms), 'update', '2018-02-01' from record where operator = 0 and changes
)
select record_id, code as controller, concat('C', contract_no(i, kind)) as contract_id,
       concat('F', contract_no(i, kind)) as household_id, padded(contract_no(i, kind), 10) as member_no,
       concat(left(nir, 1), ' ', substr(nir, 2, 2), ' ', substr(nir, 4, 2), ' ', substr(nir, 6, 2), ' ',
              substr(nir, 8, 3), ' ', right(nir, 3)) as nir,
       case when nir is not null then padded(97 - nir::bigint % 97, 2) end as nir_key,
       holder_nir as policyholder_nir, concat(year, '-', padded(month, 2), '-', padded(day, 2)) as birth_date,
       birth_rank::varchar as birth_rank, sex::varchar as sex, upper(surname) as surname,
       upper(birth_surname) as birth_surname, first_name, pick(['ADH', 'CJT', 'ENF', 'ENF'], member) as role,
       rights_from, null::varchar as rights_to, strftime(changed_at, '%Y-%m-%dT%H:%M:%SZ') as changed_at, operation
from state;

create or replace view register_b as
with state as (
    select *, '01/01/2018' as since, '2019-01-01 00:00:00' as valable_du,
           case when changes then strftime(epoch_ms(changed_at_ms), '%Y-%m-%d %H:%M:%S') end as valable_au
    from record where operator = 1
    union all
    select *, '01/02/2018', strftime(epoch_ms(changed_at_ms), '%Y-%m-%d %H:%M:%S'), null
    from record where operator = 1 and changes
)
select record_id as reference, code as numero_amc, concat('C', contract_no(i, kind)) as contrat,
       concat('F', contract_no(i, kind)) as foyer, padded(contract_no(i, kind), 10) as adherent, nir,
       holder_nir as nir_ouvrant, concat(padded(day, 2), '/', padded(month, 2), '/', year) as ne_le,
       birth_rank::varchar as rang, sex::varchar as sexe, surname as nom, birth_surname as nom_naissance,
       first_name as prenom, pick(['ASSURE', 'CONJOINT', 'ENFANT', 'ENFANT'], member) as qualite, since as droits_du,
       null::varchar as droits_au, valable_du, valable_au
from state;
