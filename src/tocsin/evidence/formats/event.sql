-- parsed_line: what a format read of a line, with the types of parsed_event; refused lines carry a reason.
-- grain   one row per (line_no, item_no)
-- reads   the format's query (texts), the macros of times.sql, local_time.sql and criteria.sql
with line_batch as (select * from {source}),
reading as ({reading}),
trimmed as (
    select * replace (trim(time) as time) from reading
),
written as (
    select *, {written} as w from trimmed
),
clocked as (
    select *, {epoch} as epoch_us, {shift_length} as shift_length from written
),
walled as (
    select *, {wall} as wall, {shift} as shift_s from clocked
),
found as (
    select *, case when shift_s is null and shift_length = 0 then local_code(wall) end as local_code from walled
),
placed as (
    select *,
        case when epoch_us is not null           then make_timestamp(epoch_us)
             when {is_refused}                   then null
             when shift_s is not null            then wall - to_seconds(shift_s)
             when shift_length > 0               then null
             else local_instant(wall, local_code) end as instant,
        case when epoch_us is not null           then 0
             when {day_is_enough}                then 86400
             when shift_length > 0               then 0
             else coalesce(local_doubt_s(wall, local_code), 0) end as time_doubt_s
    from found
)
select
    line_no, item_no, byte_offset,
    instant as at, time as at_written, time_doubt_s::integer as time_doubt_s,
    nullif(account, '') as account, nullif(session_token, '') as session_token, nullif(address, '') as address,
    nullif(user_agent, '') as user_agent, nullif(action, '') as action, nullif(outcome, '') as outcome,
    try_cast(status as integer) as status, try_cast(bytes as bigint) as bytes,
    coalesce(record_ids, []) as record_ids, criteria,
    try_cast(page as integer) as page, try_cast(page_size as integer) as page_size,
    try_cast(row_offset as bigint) as row_offset, try_cast(returned as bigint) as returned,
    try_cast(total as bigint) as total, try_cast(sequence_no as bigint) as sequence_no,
    nullif(request_id, '') as request_id, line_hash,
    last_line,
    case when reason is not null then reason
         when w is null          then 'no-time'
         when instant is null    then 'unreadable-time' end as reason,
    case when reason is not null then left(detail, 200)
         when instant is null    then left(time, 40) end as detail
from placed
