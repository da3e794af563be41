-- exact_person: records that exact keys join.
-- grain   one row per node of a cluster of several; label is the smallest node of the cluster
-- reads   strict_group (chains of strict_key), identity
-- why     a cluster that holds two certified numbers, two birth days, two RPPS numbers, two sexes, two birth ranks, or two
--         records of one contract without a certified number each (two beneficiaries on one card: twins of one first name
--         and one birth rank, it was seen at a million people) falls back into its records
with member as (
    select s.label, case when i.own_nir is not null then hash(i.own_nir) end as own_nir, i.birth_day, i.sex, i.rpps,
           hash(i.register, i.contract_id) as card, i.contract_id is not null as has_card, i.birth_rank
    from strict_group s join identity i on i.node = s.node
),
doubtful as (
    select label
    from member
    group by label
    having min(own_nir) <> max(own_nir) or min(birth_day) <> max(birth_day) or min(rpps) <> max(rpps)
        or min(sex) <> max(sex) or min(birth_rank) <> max(birth_rank)
    union
    select label
    from member
    where has_card
    group by label, card
    having count(*) > 1 and count(own_nir) < count(*)
)
select s.node, s.label
from strict_group s anti join doubtful d on d.label = s.label
order by s.node
