-- exposure: what was on the intruder's screen.
-- grain   one row per (record_no, held_for, controller); one bit of a mask per data category
-- reads   named_read, replayed_read, reachable_record, holding
-- class   the strongest evidence held for each category: confirmed > deduced > possible_attribution >
--         possible_missing_evidence; a weaker mask holds no bit of a stronger one
with read as (
    select register, record_id, event_at, doubt_s,
           case when grade = 'A' and is_described     then mask else 0 end as confirmed,
           0                                          as deduced,
           case when grade in ('B', 'U') and is_described     then mask else 0 end as attribution,
           case when not is_described                 then mask else 0 end as missing,
           case when grade = 'A' then 1 else 0 end    as lines_a,
           cause
    from named_read
    union all
    select register, record_id, event_at, doubt_s, 0,
           case when grade = 'A' and is_certain then mask else 0 end,
           case when grade in ('B', 'U') and is_certain then mask else 0 end,
           case when not is_certain             then mask else 0 end,
           case when grade = 'A' and is_certain then 1 else 0 end,
           cause
    from replayed_read
),
held as (
    -- a read so close to a change of holder that the clock cannot tell is possible for both, proved for neither
    select r.*, h.record_no, h.held_for, h.controller,
           (h.since is null or h.since <= r.event_at - to_microseconds(cast(r.doubt_s * 1000000 as bigint)))
       and (h.until is null or h.until > r.event_at + to_microseconds(cast(r.doubt_s * 1000000 as bigint))) as is_certain
    from read r
    join holding h on h.register = r.register and h.record_id = r.record_id
     and (h.since is null or h.since <= r.event_at + to_microseconds(cast(r.doubt_s * 1000000 as bigint)))
     and (h.until is null or h.until > r.event_at - to_microseconds(cast(r.doubt_s * 1000000 as bigint)))
),
gathered as (
    select record_no, held_for, controller, any_value(register) as register, any_value(record_id) as record_id,
           bit_or(case when is_certain then confirmed else 0 end)   as confirmed,
           bit_or(case when is_certain then deduced else 0 end)     as deduced,
           bit_or(case when is_certain then attribution else 0 end) as attribution,
           bit_or(case when is_certain then missing else confirmed | deduced | attribution | missing end) as missing,
           min(event_at) as first_at, max(event_at) as last_at, sum(lines_a) as lines,
           list(distinct coalesce(cause, 'change_of_holder')) filter (cause is not null or not is_certain) as causes
    from held
    group by record_no, held_for, controller
    union all
    select record_no, held_for, controller, register, record_id, 0, 0, 0, mask, null, null, 0, causes
    from reachable_record
),
merged as (
    select record_no, held_for, controller, any_value(register) as register, any_value(record_id) as record_id,
           bit_or(confirmed) as confirmed, bit_or(deduced) as deduced,
           bit_or(attribution) as attribution, bit_or(missing) as missing,
           min(first_at) as first_at, max(last_at) as last_at, sum(lines) as lines,
           coalesce(list_sort(list_distinct(flatten(list(causes)))), []) as causes
    from gathered
    group by record_no, held_for, controller
)
select record_no, register, record_id, held_for, controller,
       confirmed,
       deduced & ~confirmed                           as deduced,
       attribution & ~(confirmed | deduced)           as possible_attribution,
       missing & ~(confirmed | deduced | attribution) as possible_missing_evidence,
       first_at, last_at, cast(lines as bigint) as lines, causes
from merged
where confirmed | deduced | attribution | missing <> 0
order by record_no, held_for, controller
