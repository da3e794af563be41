-- Every state of every record, as the registers write it.
--
-- human            grain: one human                    reads person_number, surname_list, first_name_list
-- version          grain: (rid, state)                 state 0 before its change, 1 after
--
-- Errors (column err) fall on the second and later records of a human: 1 birth surname, 2 hyphens lost, 3 initial of a
-- compound first name, 4 particle lost, 5 accents and capitals, 6 cut at 25, 7 swapped names, 8 no NIR, 9 wrong day of
-- birth, 10 first of January, 11 initial only, 12 a letter lost.

create temp table human as
with named as (
    select
        p.* exclude (first_name),
        case when p.particle = 0 then ''
             when regexp_matches(s.name, '^[AEIOUHÉ]') then 'd’'
             when p.household % 3 = 0 then 'de La '
             else 'de '
        end as particle_text,
        s.name as usage_name, b.name as birth_name, d.name as second_name,
        case when c.name is null then f.name else f.name || '-' || c.name end as first_name,
        case when c.name is null then f.name else left(f.name, 1) || ' ' || c.name end as short_first_name
    from person_number as p
    join surname_list as s on s.n = p.usage_surname
    join surname_list as b on b.n = p.birth_surname
    join first_name_list as f on f.n = p.first_name
    left join surname_list as d on d.n = p.second_surname
    left join first_name_list as c on c.n = p.second_first_name
)
select
    person, sex, role, year, month, day, twin_rank, first_name, short_first_name, birth_name, place_kind, department,
    particle_text || usage_name || coalesce('-' || second_name, '') as surname,
    usage_name || coalesce('-' || second_name, '') as surname_without_particle,
    case when birth_surname = usage_surname then particle_text || usage_name || coalesce('-' || second_name, '')
         else birth_name end as birth_surname,
    -- provisional numbers start with 7 or 8; a civil status without month has a number outside 01 to 12
    (sex + case when provisional then 6 else 0 end)::varchar
    || lpad((year % 100)::varchar, 2, '0')
    || lpad((case when month = 0 then 31 + person % 12 else month end)::varchar, 2, '0')
    || case when place_kind = 2 and year >= 1976 then case when person % 2 = 0 then '2A' else '2B' end
            else lpad(department::varchar, 2, '0') end
    || lpad(commune::varchar, 3, '0')
    || lpad(order_number::varchar, 3, '0') as nir,
    provisional
from named;

create temp table version as
with state as (
    select r.*, 0 as state, known_from as vf, changed_at as vt from record_number as r
    union all
    select r.*, 1, changed_at, 253370764800000 from record_number as r where change in (1, 2, 3, 5)
),
mistaken as (
    select s.* exclude (err),
        case when state = 0 and change = 1 then 9
             when state = 0 and change = 2 then 12
             when change in (1, 2) and err in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11) then 0
             else err end as err
    from state as s
),
spelt as (
    select
        m.rid, m.state, m.operator, m.person, m.contract, m.vf, m.vt, m.err,
        h.sex, h.role, h.twin_rank, h.year, h.first_name, h.short_first_name, h.provisional,
        case when m.state = 1 and m.change = 5 then {buyer} else k.controller end as controller,
        case when m.state = 0 and m.change = 3 then null else k.last_day_text end as last_day_text,
        case when m.state = 0 and m.change = 3 then 253370764800000 else k.closes_at end as closes_at,
        k.first_day_text, k.member_no, k.contract_id, k.household_id, k.is_group,
        case when h.role = 2 and h.year > 2007 then case when m.operator = 0 then o.nir end else h.nir end as nir_or_shared,
        o.nir as policyholder_nir,
        case m.err when 1 then h.birth_surname
                   when 2 then replace(h.surname, '-', ' ')
                   when 4 then h.surname_without_particle
                   when 5 then strip_accents(upper(h.surname))
                   when 6 then left(h.surname, 25)
                   when 12 then left(h.surname, 2) || substr(h.surname, 4)
                   else h.surname end as surname_right,
        case m.err when 2 then replace(h.first_name, '-', ' ')
                   when 3 then h.short_first_name
                   when 5 then strip_accents(upper(h.first_name))
                   when 11 then left(h.first_name, 1)
                   else h.first_name end as first_name_right,
        h.birth_surname as birth_surname_right,
        case m.err when 9 then case when h.day = 0 then 0 when h.day < 28 then h.day + 1 else 1 end
                   when 10 then 1 else h.day end as birth_day,
        case m.err when 10 then 1 else h.month end as birth_month
    from mistaken as m
    join human as h using (person)
    join contract_number as k using (contract)
    join human as o on o.person = k.holder
),
written as (
    select
        * exclude (nir_or_shared, surname_right, first_name_right, birth_surname_right),
        case when err = 8 then null else nir_or_shared end as nir,
        case when err = 7 then first_name_right else surname_right end as surname_kept,
        case when err = 7 then surname_right else first_name_right end as first_name_kept,
        case when operator = 0 then upper(birth_surname_right) else birth_surname_right end as birth_surname,
        lpad(year::varchar, 4, '0') || lpad(birth_month::varchar, 2, '0') || lpad(birth_day::varchar, 2, '0') as birth8,
        case when operator = 0 then 'A' || lpad(((rid::bigint * 7654321 + 1234567) % 1000000000)::varchar, 9, '0')
             else 'B-' || lpad(((rid::bigint * 1234577 + 7654321) % 100000000)::varchar, 8, '0') end as record_id
    from spelt
),
cased as (
    select
        * exclude (surname_kept, first_name_kept),
        case when operator = 0 then upper(surname_kept) else surname_kept end as surname,
        first_name_kept as first_name
    from written
)
select
    *,
    normalise_name(surname) as surname_key,
    nir is not null and left(nir, 1) in ('1', '2') as nir_is_usable,
    row_number() over (order by operator, surname, first_name, record_id, state) as sort_rank
from cased
order by operator, rid, state;
