-- OCSF: one event a line; the class says what the line is about.
-- grain   one row per line
-- reads   line_batch, through the paths of ocsf.py
-- why     list_contains: IN (five words) becomes a join, after which lines are no longer in order
with parsed as ({parsed}),
field as (
    select line_no, last_line, item_no, byte_offset, line_hash(raw, line) as line_hash, reason is null and not is_json as is_not_json, reason,
        {columns}
    from parsed
),
classed as (
    select *, coalesce(list_contains(['6001', '6003', '6004', '6005', '3002'], class_uid), false) as is_known from field
)
select * exclude (text_of_criteria, is_known) replace (
    coalesce(criteria, criteria_json(text_of_criteria)) as criteria,
    coalesce(action, case class_uid
        when '3002' then case activity_id when '1' then 'sign_in' when '2' then 'sign_out' else activity_name end
        when '6005' then coalesce(nullif(activity_name, ''), query_name)
        else case when url_path <> '' then trim(coalesce(method, '') || ' ' || url_path) else activity_name end
    end) as action,
    case when reason is not null then reason
         when is_not_json then 'not-json'
         when not is_known then 'unknown-class' end as reason),
    case when reason is null and not is_not_json and not is_known then 'class_uid ' || coalesce(left(class_uid, 20), 'absent') end as detail
from classed
