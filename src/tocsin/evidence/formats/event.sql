-- parsed_line: what a format read of a line, with the types of parsed_event; refused lines carry a reason.
-- grain   one row per (line_no, item_no)
-- reads   the format's query (texts), the macros of times.sql, local_time.sql and criteria.sql
with line_batch as (select * from {source}),
reading as ({reading}),
{placing}
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
