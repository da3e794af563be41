-- Sex as registers write it -> '1' (male), '2' (female), as in the NIR; NULL for anything else.
create or replace temp macro sex_code(t) as
    case
        when strip_accents(upper(trim(t))) in ('1', '01', 'M', 'H', 'M.', 'MR', 'MALE', 'HOMME', 'MASCULIN', 'MASC', 'MONSIEUR', 'GARCON')
            then '1'
        when strip_accents(upper(trim(t))) in ('2', '02', 'F', 'MME', 'MLLE', 'FEMALE', 'FEMME', 'FEMININ', 'FEM', 'MADAME', 'MADEMOISELLE', 'FILLE')
            then '2'
    end;
create or replace temp macro sex_class(t) as
    case when nullif(trim(t), '') is null then 'missing'
         when sex_code(t) = '1' then 'male' when sex_code(t) = '2' then 'female' else 'unreadable' end;
