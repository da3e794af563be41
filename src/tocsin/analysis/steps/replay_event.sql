-- replay_event: hostile lines whose answer must be found again, because they do not name all the records they sent.
-- grain   one row per line; event_no numbers them
-- reads   hostile_event, fact_replayable, account_reach
-- rows    first_row..last_row is the place of the page in the whole result, counted from 1
with needed as (
    select e.*, f.page_size as default_size, f.max_page_size, f.first_page, f.paging, f.snapshot_time, f.zone
    from hostile_event e
    join fact_replayable f on f.portal = e.portal and f.action = e.action
    where e.meaning <> 'nothing'
      and (e.kind = 'family'
           or e.kind in ('record', 'search', 'export')
              and (len(e.record_ids) = 0 or len(e.record_ids) < coalesce(e.returned, 0)))
),
paged as (
    select *, least(coalesce(page_size, default_size), coalesce(max_page_size, 9000000000)) as size
    from needed
)
select
    row_number() over (order by evidence_id, line_no, item_no) as event_no,
    p.evidence_id, p.line_no, p.item_no, p.portal, p.action, p.kind, p.account, p.grade, p.meaning,
    -- an answer computed on last night's base is replayed on last night's base
    case when p.snapshot_time is null then p.event_at
         else timezone('UTC', timezone(p.zone,
              date_trunc('day', timezone(p.zone, timezone('UTC', p.event_at)) - to_seconds(p.snapshot_time))
              + to_seconds(p.snapshot_time))) end as event_at,
    p.event_at as read_at, p.doubt_s, p.record_ids, p.criteria,
    list_sort(list_filter(coalesce(json_keys(p.criteria), []), lambda k: not list_contains(
        ['page', 'page_size', 'row_offset', 'size', 'offset', 'limit'], k)
        and trim(coalesce(json_extract_string(p.criteria, '$."' || k || '"'), '')) <> '')) as used_criteria,
    coalesce(r.reach_id, -1) as reach_id,
    case when p.paging = 'none' or p.kind in ('family', 'export') or p.size is null then 1
         when p.row_offset is not null then p.row_offset + 1
         else greatest(0, coalesce(p.page, p.first_page) - p.first_page) * p.size + 1 end as first_row,
    case when p.paging = 'none' or p.kind in ('family', 'export') or p.size is null then 9000000000000000000
         when p.row_offset is not null then p.row_offset + p.size
         else greatest(1, coalesce(p.page, p.first_page) - p.first_page + 1) * p.size end as last_row,
    -- a record page, and an answer that confirms one person's cover, speak of one record when nothing is counted
    case when p.meaning = 'membership' then nullif(p.total, 0) else p.total end as total,
    case when p.kind = 'record' and p.total is null and p.returned is null then 1
         when p.meaning = 'membership' then coalesce(nullif(p.returned, 0), case when nullif(p.total, 0) is null then 1 end)
         else p.returned end as returned,
    p.bytes as answer_bytes
from paged p
left join account_reach r on r.portal = p.portal and r.account is not distinct from p.account
order by event_no
