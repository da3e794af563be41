-- register_span: the periods during which each row holds, when rows carry valid_from and valid_to.
-- grain   one row per (row_id, valid_from); the periods of one record never overlap: at every instant the row that
--         started last holds, and an earlier one resumes when it ends
-- reads   register_timed_row (a row, and the instants that its texts mean)
create or replace temp table register_period as
    select row_id, record_id, line_no, evidence_id, read_valid_from as starts, read_valid_to as ends,
           valid_from is not null and starts is null
           or valid_to is not null and ends is null and not is_valid_still as is_unreadable
    from register_timed_row where record_id is not null;
insert into register_rejected
    select row_id, 'unreadable-validity', '' from register_period where is_unreadable;
insert into register_rejected
    select row_id, 'empty-validity', 'valid_to is not after valid_from'
    from register_period where not is_unreadable and ends <= starts;
delete from register_period where is_unreadable or coalesce(ends <= starts, false);

-- most records have one period: only those of the others are compared
create or replace temp table register_repeated as
    select record_id from register_period group by record_id having count(*) > 1;

-- two rows of one record from the same instant: the last written is kept
create or replace temp table register_twin as
    select row_id, last_row
    from (select row_id, max(row_id) over (partition by record_id, starts) as last_row
          from register_period semi join register_repeated using (record_id))
    where row_id <> last_row;
create or replace temp table register_image as
    select row_id, hash(*columns(* exclude (row_id, evidence_id, line_no, kind, changed_at, operation))) as image
    from (from register_row
          semi join (select row_id from register_twin union select last_row from register_twin) using (row_id));
insert into register_rejected
    select twin.row_id, case when mine.image = theirs.image then 'identical-row' else 'duplicate-record' end,
           'kept: line ' || kept.line_no
           || case when kept.evidence_id <> dropped.evidence_id then ' of evidence ' || kept.evidence_id else '' end
    from register_twin as twin
    join register_period as dropped using (row_id)
    join register_period as kept on kept.row_id = last_row
    join register_image as mine on mine.row_id = twin.row_id
    join register_image as theirs on theirs.row_id = last_row;
delete from register_period where row_id in (select row_id from register_twin);

create or replace temp table register_overlapping as
    select record_id, count(*) as overlap_count
    from (select record_id, ends, lead(starts) over (partition by record_id order by starts nulls first) as next_starts,
          from register_period semi join register_repeated using (record_id))
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
