-- placed: the instant of each line, from the text of its time.
-- grain   one row per (line_no, item_no)
-- reads   reading, the macros of times.sql and local_time.sql
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
