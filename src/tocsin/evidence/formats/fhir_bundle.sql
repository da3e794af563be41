-- resource: the resources of each line, those of a Bundle one by one.
-- grain   one row per resource
-- reads   parsed (a line, and what was found in it as in a bare resource)
opened as (
    select *,
        case when d.resourceType = 'Bundle'
             then list_transform(try(json_transform(line, {bundle_shape})).entry, lambda x: x.resource)
             when d.resourceType is null and d is not null
             then [try(json_transform(line, {entry_shape})).resource] end as inside
    from parsed
),
resource as (
    select line_no, last_line, item_no, byte_offset, line_hash(raw, line) as line_hash, reason, d is null as is_not_json,
        d.resourceType = 'Bundle' and len(inside) > 0 as is_bundle,
        generate_subscripts(case when len(inside) > 0 then inside else [d] end, 1) as place,
        unnest(case when len(inside) > 0 then inside else [d] end) as e
    from opened
)
