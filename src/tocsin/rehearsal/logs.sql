-- The lines of the logs, in the order in which each node wrote them.
--
-- event    grain: one request    node, sequence number, and all that a line needs
--
-- Requests are numbered in the order in which each node answered them; so are its lines, but for those that a throttled
-- log never wrote.

-- what all the lines of a session share is written once for the session
create or replace temp table session_text as
with named as (
    select s.session, s.salt, a.portal, a.account_name, session_token(a.portal, s.salt) as token,
           address_text(s.address) as address, browser_text(s.browser) as browser
    from session_number as s join account_number as a using (account)
)
select
    *,
    case when portal = 0 then
        '"},"actor":{"user":{"uid":"' || account_name || '"},"session":{"uid":"' || token
        || '"}},"src_endpoint":{"ip":"' || address || '"},"http_request":{"http_method":"POST","user_agent":"' || browser
        || '"},"http_response":{"code":'
    else ';' || account_name || ';' || token || ';' || address || ';"' || browser || '";' end as fragment
from named;

create or replace temp view event as
select
    a.*, r.outcome, r.total, r.returned, r.status, r.bytes, s.salt, s.account_name, s.token, s.address, s.browser, s.fragment,
    lower(to_hex(((a.ask_id * 40503 + 7) % 4294967296)::ubigint)) as request
from asked as a
join reply as r using (ask_id)
join session_text as s using (session)
where not a.is_silent;

-- concat() builds a line in one piece, where || would copy it at each step
create or replace temp view line_a as
select
    node, file_no, seq, asked_at, ask_id, account,
    concat(
        case when action = 0 then '{"class_uid":3002,"class_name":"Authentication","activity_id":1,"time":'
             else '{"class_uid":6003,"class_name":"API Activity","activity_id":2,"time":' end,
        asked_at + skew_ms(node),
        ',"metadata":{"version":"1.3.0","product":{"name":"portal-a"},"sequence":', seq, ',"uid":"a', request,
        fragment, status, ',"length":', bytes, '},"status_code":"', outcome_name(0, outcome),
        case when action = 0 then '"' else '","api":{"operation":"' end,
        case when action <> 0 then action_name(0, action) || '"' end,
        case when action in (2, 3) then concat(
            ',"request":{"data":{"criteria":', criteria_text(action, nir, birth8, surname, year, salt),
            case when action = 3 then concat(',"page":', page + 1, ',"page_size":', page_size) end, '}}') end,
        case when total is not null and not (action = 3 and getvariable('no_totals'))
             then concat(',"response":{"data":{"returned":', returned, ',"total":', total, '}}') end,
        case when action <> 0 then '}' end,
        case when action in (4, 5, 6) then concat(',"resources":[{"uid":"', record_id, '","type":"beneficiary"}]') end,
        '}') as line
from event where portal = 0;

create or replace temp view line_b as
select
    node, file_no, seq, asked_at, ask_id, account,
    concat(
        strftime(epoch_ms(local_ms(asked_at) + skew_ms(node)), '%Y-%m-%d %H:%M:%S.%g'), ';', seq, ';b', request, fragment,
        action_name(1, action), ';', outcome_name(1, outcome), ';', status, ';', bytes, ';',
        case when action in (4, 6) then record_id end, ';', member_no, ';', contract_id, ';',
        case when page_size is not null then page end, ';', page_size, ';', returned, ';', total) as line
from event where portal = 1;

create or replace temp view row_a as
select
    node, file_no, seq, epoch_ms(asked_at + skew_ms(node)) as time, account_name as account,
    token as session_token, address, browser as user_agent,
    action_name(0, action) as action, outcome_name(0, outcome) as outcome, status::integer as status, bytes::bigint as bytes,
    case when action in (4, 5, 6) then record_id end as record_ids,
    criteria_text(action, nir, birth8, surname, year, salt) as criteria,
    case when action = 3 then page + 1 end::integer as page, case when action = 3 then page_size end::integer as page_size,
    case when action = 3 and getvariable('no_totals') then null else returned end::bigint as returned,
    case when action = 3 and getvariable('no_totals') then null else total end::bigint as total,
    'a' || request as request_id, asked_at, ask_id, account as account_no
from event where portal = 0;

create or replace temp view row_b as
select
    node, file_no, seq, epoch_ms(asked_at + skew_ms(node)) as time, account_name as account,
    token as session_token, address, browser as user_agent,
    action_name(1, action) as action, outcome_name(1, outcome) as outcome, status::integer as status, bytes::bigint as bytes,
    case when action in (4, 6) then record_id end as record_ids,
    case when member_no is not null then '{"adherent":"' || member_no || '"}'
         when contract_id is not null then '{"contrat":"' || contract_id || '"}' end as criteria,
    case when page_size is not null then page end::integer as page, page_size::integer as page_size,
    returned::bigint as returned, total::bigint as total, 'b' || request as request_id, asked_at, ask_id, account as account_no
from event where portal = 1;
