-- The Luhn key shared by RPPS, FINESS, SIREN and SIRET.

-- text of digits -> sum of the Luhn formula, 0 to 9 (0: the key is right); NULL for anything but digits
create or replace temp macro luhn_remainder(digits) as
    case when regexp_full_match(digits, '\d+') then
        list_sum(list_transform(string_split(reverse(digits), ''), lambda d, i:
            case when i % 2 = 1 then d::int else (2 * d::int) // 10 + (2 * d::int) % 10 end)) % 10
    end;

-- a number as people write it -> without spaces, dots, hyphens nor slashes, in capitals; NULL when nothing is left
-- (asked first: nullif would compute what it looks at twice)
create or replace temp macro identifier_compact(t) as
    case when regexp_matches(t, '[^\s\x{00A0}\x{2009}\x{202F}\x{FEFF}.\-_/]')
         then regexp_replace(upper(t), '[\s\x{00A0}\x{2009}\x{202F}\x{FEFF}.\-_/]', '', 'g') end;
-- the same answer, several times cheaper on a column of millions: digits, capitals and spaces alone need no pattern
create or replace temp macro identifier_compact_quickly(t) as
    case when regexp_full_match(t, '[0-9A-Z ]*[0-9A-Z][0-9A-Z ]*') then replace(t, ' ', '')
         else identifier_compact(t) end;

-- nothing but zeros is how forms write "none"
create or replace temp macro identifier_is_missing(compact) as compact is null or ltrim(compact, '0') = '';
