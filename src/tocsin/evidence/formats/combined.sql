-- Combined: one line of Apache's or nginx's access log.
-- grain   one row per line
-- reads   line_batch
-- why     splitting on quotes is four times faster than a regular expression, which reads the lines that do not split:
--         those with an escaped quote, or without the usual blanks
with quoted as (
    select *, case when reason is null and not contains(line, '\"') then string_split(line, '"') end as q from line_batch
),
split as (
    select *, len(q) >= 3 and len(q) % 2 = 1 as is_split, string_split(q[1], ' ') as head from quoted
),
usual as (
    select *, coalesce(is_split and len(head) = 6 and head[4][1] = '[' and right(head[5], 1) = ']', false) as is_usual from split
),
part as (
    select line_no, last_line, item_no, byte_offset, line_hash(raw, line) as line_hash, reason, is_usual, head, q,
        case when reason is null and not is_usual then regexp_extract(line,
            '^(\S+) (\S+) (.*?) \[([^\]]*)\] "((?:[^"\\]|\\.)*)"(?: (\S+))?(?: (\S+))?(?: "((?:[^"\\]|\\.)*)")?(?: "((?:[^"\\]|\\.)*)")?',
            ['address', 'ident', 'account', 'time', 'request', 'status', 'bytes', 'referer', 'user_agent']) end as r
    from usual
),
field as (
    select line_no, last_line, item_no, byte_offset, line_hash,
        case when is_usual then head[1] else r.address end                                   as address,
        case when is_usual then head[3] else r.account end                                   as account,
        case when is_usual then substr(head[4], 2) || ' ' || left(head[5], length(head[5]) - 1) else r.time end as time,
        case when is_usual then q[2] else replace(r.request, '\"', '"') end                  as request,
        case when is_usual then split_part(q[3], ' ', 2) else r.status end                   as status,
        case when is_usual then split_part(q[3], ' ', 3) else r.bytes end                    as bytes,
        case when is_usual then q[6] else replace(r.user_agent, '\"', '"') end               as user_agent,
        case when reason is not null then reason
             when not is_usual and r.address = '' then 'not-combined' end                    as reason
    from part
),
asked as (
    select *, split_part(request, ' ', 1) as method, split_part(request, ' ', 2) as written_target,
        contains(request, ' ') as is_request
    from field
),
relative as (
    select *, case when starts_with(written_target, '/') then written_target
                   else regexp_replace(written_target, '^[A-Za-z]+://[^/?]*', '') end as target
    from asked
),
aimed as (
    select *, case when is_request then split_part(target, '?', 1) end as path,
        case when contains(target, '?') then substr(target, instr(target, '?') + 1) end as query
    from relative
),
parted as (
    select *, {parts} as parts, case when query <> '' then query_pairs(query) end as pairs from aimed
),
routed as (
    select *, {route} as route from parted
)
select line_no, last_line, item_no, byte_offset, line_hash,
    time,
    coalesce({account}, nullif(account, '-')) as account, {session_token} as session_token, nullif(address, '-') as address,
    nullif(user_agent, '-') as user_agent,
    coalesce({action}, case when is_request then left(method || ' ' || path, 200) else left(request, 200) end) as action,
    null::varchar as outcome, status, bytes,
    {page} as page, {page_size} as page_size, {row_offset} as row_offset,
    null::varchar as returned, null::varchar as total, null::varchar as sequence_no, null::varchar as request_id,
    {record_ids} as record_ids,
    {criteria} as criteria,
    reason, null::varchar as detail
from routed
