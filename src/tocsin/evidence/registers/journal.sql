-- register_span: the periods during which each row holds, from a journal of changes and, if any, a snapshot.
-- grain   one row per (row_id, valid_from)
-- reads   register_timed_row (a row, and the instants that its texts mean)
-- A row of the journal holds from its changed_at to the next change of its record. A snapshot confirms, at `as_of`,
-- what the journal had said until then, and wins where they differ; a record that the journal had not named by then
-- is taken to have been as the snapshot says since always.
create or replace temp table register_change as
    select row_id, record_id, kind, case kind when 'journal' then read_changed_at end as changed,
           case when kind = 'state' then 'insert'
                when lower(operation) in ('insert', 'i', 'c', 'create', 'creation', 'insertion') then 'insert'
                when lower(operation) in ('update', 'u', 'm', 'modification', 'modify') then 'update'
                when lower(operation) in ('delete', 'd', 's', 'suppression', 'remove', 'deletion') then 'delete'
           end as done
    from register_timed_row anti join register_rejected using (row_id)
    where record_id is not null;
insert into register_rejected
    select row_id, case when changed is null then 'no-time' else 'unknown-operation' end, ''
    from register_change where kind = 'journal' and (changed is null or done is null);
delete from register_change where kind = 'journal' and (changed is null or done is null);

-- the image of a row is all that it says of its record: with a snapshot all are compared, else only those of one instant
create or replace temp view register_imaged_row as
    select row_id, hash(*columns(* exclude (row_id, evidence_id, line_no, kind, changed_at, operation))) as image
    from register_row;
create or replace temp table register_image as select row_id, image from register_imaged_row where getvariable('has_snapshot');

-- what the journal last said of each record when the snapshot was taken
create or replace temp table register_known_at_snapshot as
    select record_id, done, image
    from (select record_id, arg_max(done, (changed, row_id)) as done, arg_max(row_id, (changed, row_id)) as row_id
          from register_change where kind = 'journal' and changed <= getvariable('as_of')
          group by record_id)
    left join register_image using (row_id);

create or replace temp table register_event as
with snapshot_event as (
    select state.row_id, record_id, 'state' as kind,
           case when known.record_id is null then '-infinity'::timestamp else getvariable('as_of') end as changed,
           2 as turn, 'insert' as done
    from register_change as state
    left join register_image as said using (row_id)
    left join register_known_at_snapshot as known using (record_id)
    where state.kind = 'state'
      and not coalesce(known.done <> 'delete' and known.image = said.image, false)
),
gone_event as (
    select null::bigint as row_id, record_id, 'state' as kind, getvariable('as_of') as changed, 2 as turn,
           'delete' as done
    from register_known_at_snapshot as known
    where known.done <> 'delete' and getvariable('has_snapshot')
      and not exists (from register_change where kind = 'state' and register_change.record_id = known.record_id)
)
select row_id, record_id, kind, changed, 1 as turn, done from register_change where kind = 'journal'
union all from snapshot_event
union all from gone_event;

-- most records never change: only the others need to be put in order
create or replace temp table register_repeated as
    select record_id from register_event group by record_id having count(*) > 1;
create or replace temp table register_step as
    select *, lead(changed) over in_order as next_change, lag(changed) over in_order is null as is_first
    from register_event semi join register_repeated using (record_id)
    window in_order as (partition by record_id order by changed, turn, row_id)
    union all
    select *, null, true from register_event anti join register_repeated using (record_id);

-- several changes of one record at one instant: only the last leaves a trace in time
create or replace temp table register_superseded as
    select step.row_id, step.done, final.row_id as final_row, final.done as final_done
    from register_step as final
    join (from register_step where next_change = changed and row_id is not null) as step using (record_id, changed)
    where final.next_change is distinct from final.changed;
insert into register_image
    select row_id, image
    from register_imaged_row
    semi join (select row_id from register_superseded union select final_row from register_superseded) using (row_id)
    where not getvariable('has_snapshot');
insert into register_rejected
    select superseded.row_id,
           case when mine.image = theirs.image and done = final_done then 'identical-row' else 'same-instant' end,
           'another change of this record at the same instant comes later'
    from register_superseded as superseded
    left join register_image as mine using (row_id)
    left join register_image as theirs on theirs.row_id = final_row;

create or replace temp table register_span as
    select row_id, nullif(changed, '-infinity'::timestamp) as valid_from, next_change as valid_to
    from register_step
    where done <> 'delete' and next_change is distinct from changed;

create or replace temp table register_journal_remark as
    select count(*) filter (is_first and kind = 'journal' and done <> 'insert') as begun_elsewhere,
           (select count(*)
            from register_known_at_snapshot as known
            left join (select record_id, any_value(image) as image, count(*) as times
                       from register_change join register_image using (row_id)
                       where kind = 'state' group by record_id) as state using (record_id)
            where getvariable('has_snapshot')
              and case when known.done = 'delete' then state.times is not null
                       else coalesce(state.image <> known.image, true) end) as contradicted
    from register_step;
