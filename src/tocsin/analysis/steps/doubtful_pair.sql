-- doubtful_pair: two people of whom at least one was read, and who may be one human being: a question for a person.
-- grain   one row per pair of strict people, by the two of their records that are most alike
-- reads   linked_pair, cluster, identity, person_exposure, merge_pair
-- asked   from one chance in twenty on; below, a person's time is better spent on others
-- people  how many of the two were, or may have been, read: with two, the answer changes the figures of the breach
-- why     whoever looks needs the two records side by side; only these few rows leave the registers
with read_person as (select distinct person_no from person_exposure),
told as (
    select l.*, coalesce(a.person_no, l.node) as person_no, coalesce(b.person_no, l.other) as other_person_no
    from linked_pair l
    left join cluster a on a.node = l.node
    left join cluster b on b.node = l.other
    where l.probability >= 0.05 and l.refused is distinct from 'number'
),
paired as (
    select t.*, (ra.person_no is not null)::int + (rb.person_no is not null)::int as people
    from told t
    left join read_person ra on ra.person_no = t.person_no
    left join read_person rb on rb.person_no = t.other_person_no
    left join merge_pair m on m.node = t.node and m.other = t.other
    where (t.person_no <> t.other_person_no or m.answer is not null)
      and (ra.person_no is not null or rb.person_no is not null)
    qualify row_number() over (
        partition by least(t.person_no, t.other_person_no), greatest(t.person_no, t.other_person_no)
        order by m.answer is null, t.probability desc, t.node, t.other) = 1
),
one_of_pair as (
    -- the few records that are shown, or by which a person is called
    select * from identity
    where node in (select node from paired union select other from paired
                   union select person_no from paired union select other_person_no from paired)
),
called as (
    select node, 'p-' || left(md5(concat_ws('|', scope, register, record_id)), 16) as person_strict from one_of_pair
)
select p.node, p.other, x.scope, x.population, x.register, x.record_id, y.register as other_register,
       y.record_id as other_record_id, h.person_strict, g.person_strict as other_person_strict, p.model, p.probability, p.people, p.refused,
       p.number_tie, p.birth, p.first_name, p.surname, p.is_other_sex, p.is_other_rank, p.is_one_adeli, p.is_one_place,
       struct_pack(surname := x.surname_key, birth_surname := x.birth_surname_key, first_name := x.first_name_key,
                   birth_date := x.birth_date, sex := x.sex, birth_rank := x.birth_rank, own_number := x.own_nir,
                   shared_number := x.shared_nir, contract := x.contract, rpps := x.rpps, adeli := x.adeli,
                   establishment := x.finess) as one,
       struct_pack(surname := y.surname_key, birth_surname := y.birth_surname_key, first_name := y.first_name_key,
                   birth_date := y.birth_date, sex := y.sex, birth_rank := y.birth_rank, own_number := y.own_nir,
                   shared_number := y.shared_nir, contract := y.contract, rpps := y.rpps, adeli := y.adeli,
                   establishment := y.finess) as another
from paired p
join one_of_pair x on x.node = p.node
join one_of_pair y on y.node = p.other
join called h on h.node = p.person_no
join called g on g.node = p.other_person_no
order by p.node, p.other
