-- resource: lines that are all bare resources, not taken apart, which costs as much as all the rest.
-- grain   one row per line
-- reads   parsed (a line, and what was found in it as in a bare resource)
-- why     it fails at a Bundle or an entry of one, which fhir_bundle.sql then reads
resource as (
    select line_no, last_line, item_no, byte_offset, line_hash(raw, line) as line_hash, reason, d is null as is_not_json,
        false as is_bundle, 1 as place, d as e
    from parsed
    where case when d.resourceType = 'Bundle' or d.resourceType is null and d is not null
               then error('not a bare resource')::boolean else true end
)
