-- The counts of parsed_line that a ReadReport gives.
-- spans   a kept event may cover several lines, and a line may hold several events: each line counts once
with kept as (
    select line_no, last_line, item_no, "at",
           {previous} as covered_until
    from parsed_line where reason is null
)
select
    coalesce(sum(greatest(0, last_line - greatest(line_no - 1, coalesce(covered_until, 0)))), 0)::bigint as lines_kept,
    count(*) filter (item_no > 0)                                               as items_kept,
    (select count(*) from parsed_line where reason is not null and item_no > 0) as items_rejected,
    strftime(min("at"), '%Y-%m-%dT%H:%M:%S.%fZ')                                as first_at,
    strftime(max("at"), '%Y-%m-%dT%H:%M:%S.%fZ')                                as last_at
from kept
