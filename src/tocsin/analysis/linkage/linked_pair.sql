-- linked_pair: pairs of records that exact keys leave open and that may be one human being.
-- grain   one row per (node, other), node < other
-- reads   scored_pair, agreement (of those pairs)
-- strict  very probable, refused by nothing, and no trap: what says that it is this one of the family (first name and
--         birth), or this one of all homonyms (names and a full birth day, rare enough), is there in full. An initial, a
--         name a few letters away, a default date prove nothing beside the policyholder's number: twins, brothers, father
--         and son share it; and two children whose names were both typed in each other's place have one "first name"
select
    s.node, s.other, s.model, s.probability, a.number_tie, a.birth, a.first_name, a.surname, a.is_other_sex, a.is_other_rank,
    a.is_one_adeli, a.is_one_place, a.refused,
    s.probability >= case s.model when 'number' then {number} when 'names' then {names} else {professional} end
        and a.refused is null and coalesce(
        case
            when s.model = 'professional' then
                a.is_one_adeli and a.first_name in ('same', 'swapped') and a.surname in ('same', 'swapped')
            when s.model = 'number' and a.number_tie = 'own' then
                a.first_name in ('same', 'swapped', 'begun', 'close')
            when s.model = 'number' and a.number_tie = 'holder' then
                a.birth = 'same' and a.first_name in ('same', 'swapped', 'begun', 'close')
                or a.birth in ('default', 'compatible') and a.first_name in ('same', 'swapped')
                   and a.surname in ('same', 'swapped', 'part', 'birth', 'close')
            when s.model = 'number' then
                a.birth in ('same', 'default', 'compatible') and a.first_name in ('same', 'swapped')
                and coalesce(a.surname, 'same') <> 'differ'
            else
                a.birth = 'same' and a.first_name in ('same', 'swapped') and a.surname in ('same', 'swapped', 'part', 'birth')
        end, false) as is_strict
from scored_pair s
join agreement a on a.node = s.node and a.other = s.other
order by s.node, s.other
