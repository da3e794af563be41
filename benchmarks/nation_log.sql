-- The lines of one node, numbered in the order of time; one in five is the intruder's. Filled by nation.py with the
-- node, its portal and its sizes; makes the views asked_{node} (numbers only) and line_{node} (as the log writes them).
--
-- action  0 sign in, 1 own account, 2 look-up by number, 3 page of a sweep, 4 detail, 5 family card, 7 by member number
-- about   the person, kind the record of theirs (0 first, 1 second); sweep the page asked

create or replace view asked_{node} as
with lane as (
    select range as j, range % 5 = 4 as hostile, case when range % 5 = 4 then range // 5 else range - range // 5 end as t
    from range({lines})
),
placed as (
    select *, case when hostile then 4 else {desks} end as lanes, case when hostile then {robot} else 12 end as length
    from lane
),
sessioned as (
    select j, hostile, t, ((t // (lanes * length)) * lanes + t % lanes)::bigint as session, (t // lanes) % length as place
    from placed
),
working as (
    select *, case when hostile then session % 5 else draw(session * 5 + {number}, 21) % {accounts} end as account,
           case when hostile then t % 20 else 99 end as lot, t * {nodes} + {rank} as turn
    from sessioned
),
chosen as (
    select *,
        case when {number} = 0 and lot = 2 and t // 20 between {sweep_from} and {sweep_from} + {pages} - 1 then 3
             when place = 0 then 0 when hostile and place = 1 then 1
             when {portal} = 0 then case when lot = 0 then 2 when lot = 1 then 5
                  when not hostile and place % 2 = 1 then 2 else 4 end
             else case when lot = 0 or (not hostile and place % 2 = 1) then 7 else 4 end end as action
    from working
)
select *, case when lot = 3 and action = 4 then 1 else 0 end as kind,
    case when action = 3 then t // 20 - {sweep_from} end as sweep,
    case when action in (0, 1, 3) then null
         when not hostile then first_on({portal}, (draw(account, 22) * 7919 + draw(session, 23 + place // 2) % 300) % {firsts})
         when action = 2 then ((turn * 104729) % ({people} // 10 * 4)) // 4 * 10 + pick([1, 2, 6, 7], (turn * 104729) % 4)
         when lot = 3 then second_on({portal}, (turn * 15485863) % {seconds})
         else first_on({portal}, ((turn % ({firsts} * 85 // 100)) * 15485863) % {firsts}) end as about,
    getvariable('start_ms') + (j * getvariable('span_ms')) // {lines} as asked_ms
from chosen;

create or replace view line_{node} as
with sized as (
    select a.*, s.prefix, s.year as swept_year, s.page as swept_page,
        case when action = 3 then s.total when action = 2 then 1 when action in (5, 7) then household_size(about) end as total,
        case when action = 3 then s.returned when action = 2 then 1
             when action in (5, 7) then household_size(about) end as returned
    from asked_{node} as a left join sweep as s on s.p = a.sweep
)
select epoch_ms(asked_ms) as time, concat('pha-', padded(account, 6)) as account,
    lower(to_hex(hash(session, {number}, hostile))) as session_token,
    case when hostile then concat('203.0.113.', 10 + account)
         else concat('100.', 64 + account // 65536, '.', account // 256 % 256, '.', account % 256) end as address,
    case when hostile then 'python-requests/2.31.0' else pick({browsers}, account % 5) end as user_agent,
    pick({action_names}, action) as action, 'ok' as outcome, 200::integer as status,
    case when returned is not null then 900 + 240 * returned else 2600 + j % 600 end::bigint as bytes,
    case when action in (4, 5) then record_id({portal}, about + kind * {people}) end as record_ids,
    case action when 2 then concat('{{"birth_date":"', year_of(about), padded(month_of(about), 2), padded(day_of(about), 2),
                                   '","nir":"', nir(about), '"}}')
                when 3 then concat('{{"birth_year":"', swept_year, '","surname":"', prefix, '"}}')
                when 7 then concat('{{"adherent":"', padded(contract_no(about, 0), 10), '"}}') end as criteria,
    case action when 3 then swept_page + 1 when 7 then 0 end::integer as page,
    case action when 3 then 20 when 7 then 10 end::integer as page_size,
    returned::bigint as returned, total::bigint as total, j + 1 as seq, concat('{node}', to_hex(j)) as request_id
from sized;
