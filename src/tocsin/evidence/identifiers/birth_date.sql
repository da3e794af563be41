-- Birth dates as they are written, lunar and partial ones included. See birth_date.py.

-- names of months, French and English, in capitals without accents
create or replace temp macro birth_month_names() as
    '(JANV?|JANVIER|JANUARY|FEB|FEVR?|FEVRIER|FEBRUARY|MAR|MARS|MARCH|APR|AVR|AVRIL|APRIL|MAY|MAI|JUN|JUIN|JUNE'
    || '|JUL|JUIL|JUILLET|JULY|AUG|AOUT|AUGUST|SEPT?|SEPTEMBRE|SEPTEMBER|OCT|OCTOBRE|OCTOBER|NOV|NOVEMBRE|NOVEMBER'
    || '|DEC|DECEMBRE|DECEMBER)';
create or replace temp macro birth_month_number(name) as
    case when name like 'JUIL%' then '7' when name like 'JUI%' then '6'
         else (list_position(['JAN', 'FEV', 'MAR', 'AVR', 'MAI', 'JUN', 'JUL', 'AOU', 'SEP', 'OCT', 'NOV', 'DEC'],
                             case left(name, 3) when 'FEB' then 'FEV' when 'APR' then 'AVR' when 'MAY' then 'MAI'
                                                when 'AUG' then 'AOU' else left(name, 3) end))::varchar
    end;

-- any known form -> 'yyyy-mm-dd', 'yyyy-mm' or 'yyyy' (digits as written, calendar not checked); NULL when unreadable
create or replace temp macro birth_date_iso(t) as
    case
        when regexp_full_match(t, '\d{4}([-/. ])\d{1,2}[-/. ]\d{1,2}([T ]\d.*)?')
            then regexp_replace(t, '^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2}).*$', '\1-\2-\3')
        when regexp_full_match(t, '\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}([T ]\d.*)?')
            then regexp_replace(t, '^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}).*$', '\3-\2-\1')
        when regexp_full_match(t, '(18|19|20)\d{6}')
            then regexp_replace(t, '^(\d{4})(\d{2})(\d{2})$', '\1-\2-\3')
        when regexp_full_match(t, '\d{4}(18|19|20)\d{2}')
            then regexp_replace(t, '^(\d{2})(\d{2})(\d{4})$', '\3-\2-\1')
        when regexp_full_match(t, '\d{4}[-/. ]\d{1,2}')
            then regexp_replace(t, '^(\d{4})[-/. ](\d{1,2})$', '\1-\2')
        when regexp_full_match(t, '\d{1,2}[-/. ]\d{4}')
            then regexp_replace(t, '^(\d{1,2})[-/. ](\d{4})$', '\2-\1')
        when regexp_full_match(t, '\d{4}') then t
        when regexp_full_match(t, '\d{1,2}(ER)?[- ]?' || birth_month_names() || '\.?[- ]?\d{4}')
            then regexp_replace(t, '^(\d{1,2})(?:ER)?[- ]?([A-Z]+)\.?[- ]?(\d{4})$', '\3') || '-'
                 || birth_month_number(regexp_extract(t, '([A-Z]{3,})\.?[- ]?\d{4}$', 1)) || '-'
                 || regexp_extract(t, '^(\d{1,2})', 1)
    end;
-- an iso form as above -> (year, month, day, precision); years before 1000 and 9999 are placeholders, not dates
create or replace temp macro birth_date_parts(iso) as
    case
        when iso is null or left(iso, 4) < '1000' or left(iso, 4) = '9999'
            then {'year': null::smallint, 'month': null::smallint, 'day': null::smallint, 'precision': 'none'}
        when try_cast(split_part(iso, '-', 1) || '-' || lpad(split_part(iso, '-', 2), 2, '0') || '-'
                      || lpad(split_part(iso, '-', 3), 2, '0') as date) is not null
            then {'year': split_part(iso, '-', 1)::smallint, 'month': split_part(iso, '-', 2)::smallint,
                  'day': split_part(iso, '-', 3)::smallint, 'precision': 'day'}
        when regexp_full_match(iso, '\d{4}')
            then {'year': iso::smallint, 'month': null, 'day': null, 'precision': 'year'}
        else {'year': left(iso, 4)::smallint,
              'month': case when split_part(iso, '-', 2)::int between 1 and 12
                            then split_part(iso, '-', 2)::smallint end,
              'day': null,
              'precision': case when regexp_full_match(iso, '\d{4}-(0?[1-9]|1[0-2])') then 'month' else 'lunar' end}
    end;
create or replace temp macro birth_date_read(t) as
    list_transform([strip_accents(upper(trim(t)))], lambda plain:
        list_transform([birth_date_iso(plain)], lambda iso: birth_date_parts(iso))[1])[1];

create or replace temp macro birth_date_class(t) as
    case when nullif(trim(t), '') is null then 'missing'
         else replace(birth_date_read(t).precision, 'none', 'unreadable')
    end;

-- Is the person under 18 on that day? A year alone leaves a year of doubt, and the answer says so
create or replace temp macro is_minor_on(on_day, birth_year, birth_month, birth_day, known_to) as
    case
        when birth_year is null or known_to = 'none' then 'unknown'
        when known_to = 'day' then
            case when (birth_year::int + 18) * 10000 + birth_month * 100 + birth_day
                      > year(on_day) * 10000 + month(on_day) * 100 + day(on_day) then 'yes' else 'no' end
        when known_to = 'month' then
            case when (birth_year::int + 18) * 100 + birth_month > year(on_day) * 100 + month(on_day) then 'yes'
                 when (birth_year::int + 18) * 100 + birth_month < year(on_day) * 100 + month(on_day) then 'no' else 'unknown' end
        when birth_year + 18 > year(on_day) then 'yes'
        when birth_year + 18 < year(on_day) then 'no'
        else 'unknown'
    end;
