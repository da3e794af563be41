-- register_span: the periods during which each row holds, when rows carry valid_from and valid_to.
-- grain   one row per (row_id, valid_from); the periods of one record never overlap: at every instant the row that
--         started last holds, and an earlier one resumes when it ends
create or replace temp view register_imaged_row as
    select *, hash(*columns(* exclude (row_id, evidence_id, line_no, kind, changed_at, operation))) as image from register_row;
create or replace temp table register_period as
    select row_id, record_id, image, line_no, evidence_id,
           register_instant(from_iso, getvariable('zone')) as starts, register_end(to_iso, getvariable('zone')) as ends,
           valid_from is not null and starts is null
           or valid_to is not null and ends is null and not is_open_end(to_iso) as is_unreadable
    from (select row_id, record_id, image, line_no, evidence_id, valid_from, valid_to,
                 register_time_iso(valid_from) as from_iso, register_time_iso(valid_to) as to_iso
          from register_imaged_row where record_id is not null);
insert into register_rejected
    select row_id, 'unreadable-validity', '' from register_period where is_unreadable;
insert into register_rejected
    select row_id, 'empty-validity', 'valid_to is not after valid_from'
    from register_period where not is_unreadable and ends <= starts;
delete from register_period where is_unreadable or coalesce(ends <= starts, false);

-- two rows of one record from the same instant: the last written is kept
insert into register_rejected
    select row_id, case when image = last_image then 'identical-row' else 'duplicate-record' end,
           'kept: line ' || last_line || case when last_evidence <> evidence_id then ' of evidence ' || last_evidence else '' end
    from (
        select row_id, image, evidence_id, last(image) over one_start as last_image,
               last(line_no) over one_start as last_line, last(evidence_id) over one_start as last_evidence,
               last(row_id) over one_start as last_row
        from register_period
        window one_start as (partition by record_id, starts order by row_id
                             rows between unbounded preceding and unbounded following)
    ) where row_id <> last_row;
delete from register_period where row_id in (select row_id from register_rejected);

create or replace temp table register_overlapping as
    select record_id, count(*) as overlap_count
    from (select record_id, ends, lead(starts) over (partition by record_id order by starts nulls first) as next_starts,
          from register_period)
    where next_starts < coalesce(ends, 'infinity'::timestamp)
    group by record_id;

create or replace temp table register_span as
with overlapping as (
    select row_id, record_id, coalesce(starts, '-infinity'::timestamp) as starts,
           coalesce(ends, 'infinity'::timestamp) as ends
    from register_period semi join register_overlapping using (record_id)
),
instant as (
    select record_id, starts as changed from overlapping union select record_id, ends from overlapping
),
piece as (
    select record_id, changed as starts, lead(changed) over (partition by record_id order by changed) as ends from instant
),
held as (
    select piece.record_id, piece.starts, piece.ends, arg_max(overlapping.row_id, overlapping.starts) as row_id
    from piece join overlapping
      on overlapping.record_id = piece.record_id and overlapping.starts <= piece.starts and overlapping.ends >= piece.ends
    group by all
),
marked as (
    select *, row_id is distinct from lag(row_id) over in_order or starts is distinct from lag(ends) over in_order as is_new
    from held window in_order as (partition by record_id order by starts)
),
numbered as (
    select *, sum(is_new::int) over (partition by record_id order by starts) as run from marked
)
select any_value(row_id) as row_id, nullif(min(starts), '-infinity'::timestamp) as valid_from,
       nullif(max(ends), 'infinity'::timestamp) as valid_to
from numbered group by record_id, run
union all
select row_id, starts, ends from register_period anti join register_overlapping using (record_id);
