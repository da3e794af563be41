-- How two records are compared, field by field. The linkage, the refusals and the review say the same words.

-- 1 January and 31 December stand for "unknown" in civil status and in registers: they agree by default, not by birth
create or replace temp macro is_default_day(day) as day % 10000 in (101, 1231);

-- 'same'        one day, and not a default one
-- 'default'     one default day
-- 'compatible'  one year, of which one side knows no day, or a default one
-- 'near'        two days that differ by one of day, month and year, or by day and month exchanged
-- 'differ'      anything else known;  NULL  a year is not known
create or replace temp macro birth_agreement(day_a, year_a, day_b, year_b) as
    case when day_a = day_b then case when is_default_day(day_a) then 'default' else 'same' end
         when year_a is null or year_b is null then null
         when year_a = year_b and (day_a is null or day_b is null or is_default_day(day_a) or is_default_day(day_b))
             then 'compatible'
         when day_a is null or day_b is null then 'differ'
         when (day_a // 10000 = day_b // 10000)::int + (day_a // 100 % 100 = day_b // 100 % 100)::int
              + (day_a % 100 = day_b % 100)::int = 2 then 'near'
         when day_a // 10000 = day_b // 10000 and day_a // 100 % 100 = day_b % 100 and day_a % 100 = day_b // 100 % 100
             then 'near'
         else 'differ' end;

-- whether a first name is an initial, alone or before another: 'J', 'J PIERRE'
create or replace temp macro is_initial(name) as length(split_part(name, ' ', 1)) = 1;

-- 'same'  'swapped' (surname and first name in each other's place)  'begun' (an initial, or the first of two names)
-- 'close' (a few letters apart)  'differ'  NULL
create or replace temp macro first_name_agreement(first_a, surname_a, first_b, surname_b) as
    case when first_a = first_b then case when is_initial(first_a) then 'begun' else 'same' end
         when first_a = surname_b and surname_a = first_b then 'swapped'
         when starts_with(first_a, first_b) or starts_with(first_b, first_a)
              or (is_initial(first_a) or is_initial(first_b)) and left(first_a, 1) = left(first_b, 1) then 'begun'
         when first_a is null or first_b is null then null
         when jaro_winkler_similarity(first_a, first_b) >= 0.88 then 'close'
         else 'differ' end;

-- 'same'  'swapped'  'part' (one name of two, a particle more or less)  'birth' (usage name here, birth name there)
-- 'close'  'differ'  NULL
create or replace temp macro surname_agreement(surname_a, birth_a, first_a, surname_b, birth_b, first_b) as
    case when surname_a = surname_b then 'same'
         when first_a = surname_b and surname_a = first_b then 'swapped'
         when surname_a is null or surname_b is null then null
         when contains(' ' || surname_a || ' ', ' ' || surname_b || ' ')
              or contains(' ' || surname_b || ' ', ' ' || surname_a || ' ') then 'part'
         when surname_a = birth_b or birth_a = surname_b or birth_a = birth_b then 'birth'
         when jaro_winkler_similarity(surname_a, surname_b) >= 0.9 then 'close'
         else 'differ' end;

-- which number two records share: 'own' (a certified number of both), 'holder' (the own number of one stands as the
-- policyholder's of the other), 'family' (one policyholder's number), 'card' (one member number of one register)
create or replace temp macro number_tie(own_a, shared_a, own_b, shared_b) as
    case when own_a = own_b then 'own'
         when own_a is null and own_b = shared_a or own_b is null and own_a = shared_b then 'holder'
         when shared_a = shared_b then 'family'
         else 'card' end;

-- a record's own number, wherever it stands: one in the policyholder's field that fits its own sex, year and month
create or replace temp macro likely_own(own, shared, sex, year, day) as
    coalesce(own, case when left(shared, 1) = sex and try_cast(substr(shared, 2, 2) as int) = year % 100
                            and try_cast(substr(shared, 4, 2) as int) = day // 100 % 100 then shared end);
