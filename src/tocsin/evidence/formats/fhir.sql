-- FHIR: AuditEvent resources (R4), one a line or in the entries of a Bundle.
-- grain   one row per resource; item_no is its place in the Bundle, 0 without Bundle
-- reads   line_batch
-- why     which agent is the client depends on the interaction (IHE BALP): data flow to the client when it reads
--         (110152, destination), from it when it queries, creates or updates (110153, source); it is the application
--         (110150) when it deletes. A requestor with a network address comes before all of them.
with parsed as (
    select *, {parsed} as d from line_batch
),
{resources},
named as (
    select line_no, last_line, case when is_bundle then place else item_no end::integer as item_no, byte_offset, line_hash,
        case when reason is not null                 then reason
             when is_not_json                        then 'not-json'
             when e.resourceType = 'Bundle'          then 'empty-bundle'
             when e.resourceType is distinct from 'AuditEvent' then 'not-audit-event' end as reason,
        case when not is_not_json and e.resourceType is distinct from 'AuditEvent'
             then 'resourceType ' || coalesce(left(e.resourceType, 40), 'absent') end as detail,
        e,
        case when list_contains(list_transform(e.subtype, lambda s: s.code), 'disclose') then 'disclose'
             when e.subtype[1].code <> '' then e.subtype[1].code
             else case e.action when 'C' then 'create' when 'R' then 'read' when 'U' then 'update'
                                when 'D' then 'delete' when 'E' then 'execute' end end as interaction
    from resource
),
ranked as (
    select * exclude (e), e.recorded, e.outcome, e.entity,
        list_extract(list_filter(list_transform(e.entity, lambda n: n.query), lambda q: q <> ''), 1) as query64,
        list_sort(list_transform(e.agent, lambda a: {{
            'rank': case when a.requestor = 'true' then 1
                         when list_contains(list_transform(a.type.coding, lambda c: c.code),
                              case when interaction in ('read', 'vread', 'disclose') then '110152'
                                   when interaction = 'delete' then '110150' else '110153' end) then 2
                         when a.network.type = '2' then 3 else 4 end,
            'account': coalesce(nullif(a.who.identifier.value, ''), nullif(a.who.display, ''), nullif(a.altId, ''),
                                nullif(a.name, ''), nullif(a.who.reference, '')),
            'address': nullif(a.network.address, '')}})) as agents
    from named
),
asked as (
    select *, case when query64 is not null then coalesce(try(decode(from_base64(query64))), query64) end as request
    from ranked
),
queried as (
    -- what follows ? on the first line, or the body of a POST, or all of it when it is bare
    select *, case when request is not null then nullif(concat_ws('&',
        nullif(regexp_extract(request, '^[^\r\n]*?\?([^\s]*)', 1), ''),
        nullif(regexp_extract(request, '\r?\n\r?\n\s*([^\s]+=[^\s]*)', 1), ''),
        case when regexp_full_match(request, '[^\s?]+=[^\s?]*') then request end), '') end as query
    from asked
),
paired as (
    select *, case when query is not null then query_pairs(query) end as pairs from queried
)
select line_no, last_line, item_no, byte_offset, line_hash,
    recorded as time,
    list_extract(list_filter(agents, lambda a: a.rank <= 2), 1).account as account,
    null::varchar as session_token,
    list_extract(list_filter(agents, lambda a: a.address is not null), 1).address as address,
    null::varchar as user_agent,
    interaction as action,
    case outcome when '0' then 'success' when '4' then 'error' when '8' then 'error' when '12' then 'error'
                 else outcome end as outcome,
    null::varchar as status, null::varchar as bytes,
    coalesce(pair_value(pairs, 'page'), pair_value(pairs, '_page')) as page,
    pair_value(pairs, '_count') as page_size, pair_value(pairs, '_offset') as row_offset,
    null::varchar as returned, null::varchar as total, null::varchar as sequence_no,
    list_extract(list_filter(entity, lambda n: lower(n.type.code) = 'xrequestid'), 1).what.identifier.value as request_id,
    list_filter(list_transform(list_filter(entity, lambda n: n.role.code = '1'), lambda n:
        coalesce(nullif(regexp_replace(n.what.reference, '^(.*/)?Patient/', ''), ''), n.what.identifier.value)),
        lambda x: x <> '') as record_ids,
    pairs_json(list_filter(pairs, lambda e: e.k not in ('_count', '_offset', 'page', '_page'))) as criteria,
    reason, detail
from paired
