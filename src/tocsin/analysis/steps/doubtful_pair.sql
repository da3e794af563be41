-- doubtful_pair: two people of whom at least one was read, and who may be one human being: a question for a person.
-- grain   one row per pair of strict people, by the two of their records that are most alike
-- reads   linked_pair, person, identity, person_exposure, merge_pair
-- asked   from one chance in twenty on; below, a person's time is better spent on others
-- people  how many of the two were, or may have been, read: with two, the answer changes the figures of the breach
-- why     whoever looks needs the two records side by side; only these few rows leave the registers
with read_person as (select distinct scope, person_no from person_exposure),
paired as (
    select l.*, a.person_no, b.person_no as other_person_no, a.person_strict, b.person_strict as other_person_strict, m.answer,
           (ra.person_no is not null)::int + (rb.person_no is not null)::int as people
    from linked_pair l
    join person a on a.node = l.node
    join person b on b.node = l.other
    left join read_person ra on ra.scope = a.scope and ra.person_no = a.person_no
    left join read_person rb on rb.scope = b.scope and rb.person_no = b.person_no
    left join merge_pair m on m.node = l.node and m.other = l.other
    where l.probability >= 0.05 and l.refused is distinct from 'number' and (a.person_no <> b.person_no or m.answer is not null)
      and (ra.person_no is not null or rb.person_no is not null)
    qualify row_number() over (
        partition by least(a.person_no, b.person_no), greatest(a.person_no, b.person_no)
        order by m.answer is null, l.probability desc, l.node, l.other) = 1
)
select p.node, p.other, x.scope, x.population, x.register, x.record_id, y.register as other_register,
       y.record_id as other_record_id, p.person_strict, p.other_person_strict, p.model, p.probability, p.people, p.refused,
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
join identity x on x.node = p.node
join identity y on y.node = p.other
order by p.node, p.other
