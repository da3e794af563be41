-- register_span: the periods during which each row holds, from a journal of changes and, if any, a snapshot.
-- grain   one row per (row_id, valid_from)
-- A row of the journal holds from its changed_at to the next change of its record. A snapshot confirms, at `as_of`,
-- what the journal had said until then, and wins where they differ; a record that the journal had not named by then
-- is taken to have been as the snapshot says since always.
create or replace temp view register_imaged_row as
    select *, hash(*columns(* exclude (row_id, evidence_id, line_no, kind, changed_at, operation))) as image from register_row;
create or replace temp table register_change as
    select row_id, record_id, image, kind, line_no, evidence_id,
           case kind when 'journal' then register_instant(register_time_iso(changed_at), getvariable('zone')) end as changed,
           case when kind = 'state' then 'insert'
                when lower(operation) in ('insert', 'i', 'c', 'create', 'creation', 'insertion') then 'insert'
                when lower(operation) in ('update', 'u', 'm', 'modification', 'modify') then 'update'
                when lower(operation) in ('delete', 'd', 's', 'suppression', 'remove', 'deletion') then 'delete'
           end as done
    from register_imaged_row
    where record_id is not null and row_id not in (select row_id from register_rejected);
insert into register_rejected
    select row_id, case when changed is null then 'no-time' else 'unknown-operation' end, ''
    from register_change where kind = 'journal' and (changed is null or done is null);
delete from register_change where kind = 'journal' and (changed is null or done is null);

-- what the journal last said of each record when the snapshot was taken
create or replace temp table register_known_at_snapshot as
    select record_id, arg_max(done, (changed, row_id)) as done, arg_max(image, (changed, row_id)) as image
    from register_change where kind = 'journal' and changed <= getvariable('as_of')
    group by record_id;

create or replace temp table register_event as
with snapshot_event as (
    select state.row_id, record_id, state.image, 'state' as kind,
           case when known.record_id is null then '-infinity'::timestamp else getvariable('as_of') end as changed,
           2 as turn, 'insert' as done
    from register_change as state left join register_known_at_snapshot as known using (record_id)
    where state.kind = 'state'
      and not coalesce(known.done <> 'delete' and known.image = state.image, false)
),
gone_event as (
    select null::bigint as row_id, record_id, null as image, 'state' as kind, getvariable('as_of') as changed, 2 as turn,
           'delete' as done
    from register_known_at_snapshot as known
    where known.done <> 'delete' and getvariable('has_snapshot')
      and not exists (from register_change where kind = 'state' and register_change.record_id = known.record_id)
)
select row_id, record_id, image, kind, changed, 1 as turn, done from register_change where kind = 'journal'
union all from snapshot_event
union all from gone_event;

create or replace temp table register_step as
    select *,
           lead(changed) over in_order as next_change,
           last(image) over one_instant as last_image, last(done) over one_instant as last_done,
           row_number() over in_order as step
    from register_event
    window in_order as (partition by record_id order by changed, turn, row_id),
           one_instant as (partition by record_id, changed order by turn, row_id
                           rows between unbounded preceding and unbounded following);

-- several changes of one record at one instant: only the last leaves a trace in time
insert into register_rejected
    select row_id, case when image = last_image and done = last_done then 'identical-row' else 'same-instant' end,
           'another change of this record at the same instant comes later'
    from register_step where next_change = changed and row_id is not null;

create or replace temp table register_span as
    select row_id, nullif(changed, '-infinity'::timestamp) as valid_from, next_change as valid_to
    from register_step
    where done <> 'delete' and next_change is distinct from changed;

create or replace temp table register_journal_remark as
    select count(*) filter (step = 1 and kind = 'journal' and done <> 'insert') as begun_elsewhere,
           (select count(*) from register_known_at_snapshot as known
            where getvariable('has_snapshot') and case when known.done = 'delete'
                then exists (from register_change as s where s.kind = 'state' and s.record_id = known.record_id)
                else not exists (from register_change as s where s.kind = 'state' and s.record_id = known.record_id
                                 and s.image = known.image) end) as contradicted
    from register_step;
