-- register_rejected: of the rows of a snapshot with one record_id, the last in the order of files and lines is kept.
-- grain   one row per rejected row_id
create or replace temp table register_repeated as
    select record_id from register_row where kind = 'state' and record_id is not null
    group by record_id having count(*) > 1;
-- two rows of one record with one image say the same thing
create or replace temp view register_repeated_row as
    select *, hash(*columns(* exclude (row_id, evidence_id, line_no, kind, changed_at, operation))) as image
    from (from register_row semi join register_repeated using (record_id) where kind = 'state');
insert into register_rejected
    select row_id,
           case when image = last_image then 'identical-row' else 'duplicate-record' end,
           'kept: line ' || last_line || case when last_evidence <> evidence_id then ' of evidence ' || last_evidence else '' end
    from (
        select row_id, evidence_id, image, last(image) over all_of_it as last_image,
               last(line_no) over all_of_it as last_line, last(evidence_id) over all_of_it as last_evidence,
               last(row_id) over all_of_it as last_row
        from register_repeated_row
        window all_of_it as (partition by record_id order by row_id
                             rows between unbounded preceding and unbounded following)
    )
    where row_id <> last_row;
