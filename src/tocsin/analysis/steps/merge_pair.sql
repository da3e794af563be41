-- merge_pair: what persons answered of two records: one human being, or two.
-- grain   one row per (node, other), node < other: pairs of one scope of which somebody said `same` or `different`
-- reads   fact_merge, identity
select least(a.node, b.node) as node, greatest(a.node, b.node) as other, m.answer
from fact_merge m
join identity a on a.register = m.register and a.record_id = m.record_id
join identity b on b.register = m.other_register and b.record_id = m.other_record_id and b.scope = a.scope
where m.answer in ('same', 'different') and a.node <> b.node
qualify row_number() over (partition by least(a.node, b.node), greatest(a.node, b.node) order by m.n desc) = 1
order by 1, 2
