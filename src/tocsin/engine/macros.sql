-- The normalisations that a portal's search, or the comparison of two people, is declared to use.
-- Named in case.toml (criteria.normalise), documented in docs/case-file.md. One macro, one name, no option.

-- 'Jean-Pierre d’Œillet' -> 'JEAN PIERRE D OEILLET': upper case, ligatures opened, accents dropped, all else one space
create or replace temp macro normalise_name(t) as
    nullif(trim(regexp_replace(strip_accents(replace(replace(replace(upper(t), 'Œ', 'OE'), 'Æ', 'AE'), 'ẞ', 'SS')),
                               '[^A-Z0-9]+', ' ', 'g')), '');
create or replace temp macro normalise_digits(t) as nullif(regexp_replace(t, '[^0-9]', '', 'g'), '');
create or replace temp macro normalise_alnum(t)  as nullif(regexp_replace(strip_accents(upper(t)), '[^A-Z0-9]', '', 'g'), '');
create or replace temp macro normalise_upper(t)  as nullif(upper(trim(t)), '');
create or replace temp macro normalise_trim(t)   as nullif(trim(t), '');
create or replace temp macro normalise_none(t)   as t;
-- whether two first names, or two surnames, may be one: equal, begun, an initial, or a few letters apart
create or replace temp macro may_be_one_name(a, b) as
    starts_with(a, b) or starts_with(b, a)
    or (len(split_part(a, ' ', 1)) = 1 or len(split_part(b, ' ', 1)) = 1) and left(a, 1) = left(b, 1)
    or jaro_winkler_similarity(a, b) >= 0.85;
-- 1980-01-02, 19800102, 02/01/1980 -> 19800102; lunar values (1980-00-00, 19801399) keep their digits
create or replace temp macro normalise_date(t) as
    case when regexp_full_match(trim(t), '\d{4}[-/. ]\d{2}[-/. ]\d{2}.*') then left(regexp_replace(trim(t), '[^0-9]', '', 'g'), 8)
         when regexp_full_match(trim(t), '\d{2}[-/. ]\d{2}[-/. ]\d{4}.*')
              then substr(trim(t), 7, 4) || substr(trim(t), 4, 2) || left(trim(t), 2)
         when regexp_full_match(trim(t), '\d{8}') then trim(t)
    end;
