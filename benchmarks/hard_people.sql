-- Registers full of errors that the linkage was not written for, and the truth beside them.
--
-- This file knows nothing of src/tocsin/analysis: it says how registers go wrong, not how records are compared.
-- hard_record    grain: one record    reads human, record_number, contract_number, controller_number (tocsin.rehearsal)
-- errors (bits)  1 swapped names, 2 initial, 4 another surname, 8 letters of the surname, 16 letters of the first name,
--                32 own number missing, 64 own number in the policyholder's field, 128 first of January, 256 another day,
--                512 no birth rank, 1024 the policyholder's number in the own field, 2048 birth date missing,
--                4096 son of his father's name, 8192 twin, 16384 second record at one operator
create or replace temp macro chance(n, salt) as (hash(n * 1000 + salt) >> 11) / 9007199254740992.0;

-- two children of one household never bear one first name, as drawing names by chance would have it now and then
create or replace temp table child as
with placed as (
    select h.*, p.household,
           row_number() over (partition by p.household, h.first_name order by h.person) as nth,
           lag(h.first_name) over (partition by h.sex order by hash(h.person)) as another_name
    from human h join person_number p using (person)
)
select * exclude (household, nth, another_name)
       replace (case when role = 2 and nth > 1 then another_name else first_name end as first_name)
from placed;

create or replace temp table family as
-- a boy in a hundred bears his father's first name
with father as (
    select household, arg_min(first_name, person) as father_name, arg_min(usage_name, person) as father_surname
    from (select p.household, h.person, h.first_name, h.surname as usage_name
          from child h join person_number p using (person) where h.role < 2 and h.sex = 1)
    group by household
)
select h.* replace (case when h.role = 2 and h.sex = 1 and chance(h.person, 1) < 0.01 and f.father_name is not null
                         then f.father_name else h.first_name end as first_name),
       h.role = 2 and h.sex = 1 and chance(h.person, 1) < 0.01 and f.father_name is not null as is_junior,
       p.household,
       count(*) over (partition by p.household, h.sex, h.year, h.month, h.day) > 1 and h.role = 2 as is_twin
from child h
join person_number p using (person)
left join father f on f.household = p.household;

create or replace temp table doubled as
select rid, person, contract, operator, 0 as copy from record_number
union all
select rid, person, contract, operator, 1 from record_number where chance(rid, 2) < 0.03;

create or replace temp table hard_record as
with wrong as (
    -- the first record of a human goes wrong half as often as the others
    select d.*, row_number() over (order by d.rid, d.copy) as n,
           case when row_number() over (partition by d.person order by d.rid, d.copy) = 1 then 2 else 1 end as luck
    from doubled d
),
drawn as (
    select w.*, f.* exclude (person), o.nir as holder_nir, o.person = w.person as is_holder,
           k.member_no, k.contract_id, c.code,
           (chance(n, 11) * luck < 0.02)::int
         + (chance(n, 12) * luck < 0.03)::int * 2
         + (chance(n, 13) * luck < 0.04)::int * 4
         + (chance(n, 14) * luck < 0.03)::int * 8
         + (chance(n, 15) * luck < 0.03)::int * 16
         + (chance(n, 16) * luck < 0.05)::int * 32
         + (chance(n, 17) * luck < 0.03)::int * 64
         + (chance(n, 18) * luck < 0.03)::int * 128
         + (chance(n, 19) * luck < 0.01)::int * 256
         + (chance(n, 20) < 0.6)::int * 512
         + (f.role > 0 and (f.role = 2 and f.year > 2007 and w.operator = 0 or chance(n, 21) < 0.03))::int * 1024
         + (chance(n, 22) * luck < 0.01)::int * 2048
         + is_junior::int * 4096 + is_twin::int * 8192 + (w.copy = 1)::int * 16384 as errors
    from wrong w
    join family f using (person)
    join contract_number k using (contract)
    join controller_number c using (controller)
    join human o on o.person = k.holder
),
spelt as (
    select *,
           case when errors & 4 > 0 then
                    case when birth_surname <> surname then birth_surname
                         else (select list(name order by n) from surname_list where n < 4000)[1 + (hash(n, 31) % 4000)::bigint] end
                else surname end as surname_said,
           case when errors & 2 > 0 then left(first_name, 1) else first_name end as first_name_said
    from drawn
),
garbled as (
    select *,
           case when errors & 8 = 0 then surname_said
                when chance(n, 32) < 0.5 then translate(surname_said, 'aeiou', 'eoaui')
                else left(surname_said, 1 + (hash(n, 33) % 4)::bigint) || substr(surname_said, 3 + (hash(n, 33) % 4)::bigint) end as surname_bad,
           case when errors & 16 = 0 then first_name_said
                when chance(n, 34) < 0.5 then translate(first_name_said, 'aeiou', 'eoaui')
                else left(first_name_said, 1 + (hash(n, 35) % 4)::bigint) || substr(first_name_said, 3 + (hash(n, 35) % 4)::bigint) end as first_name_bad
    from spelt
)
select
    operator, person, errors, code, contract_id, member_no,
    case when operator = 0 then 'A' else 'B' end || lpad(((n * 7654321) % 1000000007)::varchar, 10, '0') as record_id,
    case when errors & 1024 > 0 then holder_nir
         when errors & (32 | 64) > 0 or role = 2 and year > 2007 then null
         else nir end as nir,
    case when errors & 64 > 0 and not (role = 2 and year > 2007) then nir else holder_nir end as policyholder_nir,
    case when errors & 2048 > 0 then null
         when errors & 128 > 0 then lpad(year::varchar, 4, '0') || '-01-01'
         else lpad(year::varchar, 4, '0') || '-' || lpad(month::varchar, 2, '0') || '-'
              || lpad(case when errors & 256 > 0 and day > 0 then 1 + day % 28 else day end::varchar, 2, '0') end as birth_date,
    case when errors & 512 = 0 then twin_rank end as birth_rank,
    sex::varchar as sex,
    case when errors & 1 > 0 then first_name_bad else surname_bad end as surname,
    case when errors & 1 > 0 then surname_bad else first_name_bad end as first_name,
    case when chance(n, 36) < 0.5 then birth_surname end as birth_surname
from garbled;
