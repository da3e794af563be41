-- The simulated portals: what each answered, from the base as it stood at that instant.
--
-- asked     grain: one request       its criteria as typed
-- matched   grain: (ask_id, rid)     rows of the base that the request selects, all pages together
-- reply     grain: one request       outcome, total, rows sent
-- shown     grain: (ask_id, rid)     what hostile requests really received: the truth
--
-- Rules, as case.toml declares them: an account sees the controllers within its reach; a look-up only confirms
-- closed contracts ('membership'); contract searches and exports hide them; all else shows them.
-- Actions: 2 look-up, 3 search, 4 detail, 5 family, 6 invoice, 7 by member, 8 by contract, 9 export.

create or replace temp table asked as
with typed as (
select
    a.*, s.account, s.hostile, c.in_network as is_limited,
    case a.action when 3 then 20 when 7 then 10 when 8 then 25 end as page_size,
    case when a.action = 9 then snapshot_before(a.asked_at) else a.asked_at end as seen_at,
    case when a.action = 2 then
        case a.typo when 1 then left(b.nir, 10) || lpad(((substr(b.nir, 11, 3)::int + 457) % 1000)::varchar, 3, '0')
                    else b.nir end end as nir,
    case when a.action = 2 then
        case a.typo when 2 then left(b.birth8, 4) || lpad((substr(b.birth8, 5, 2)::int % 12 + 1)::varchar, 2, '0')
                                || right(b.birth8, 2)
                    else b.birth8 end end as birth8,
    case when a.action = 3 then
        case when a.query >= 0 then q.prefix when a.letters > 0 then rtrim(left(b.surname_key, a.letters))
             else b.surname end end as surname,
    case when a.action = 3 then case when a.query >= 0 then q.year else b.year end end as year,
    case when a.action = 7 then
        case a.typo when 3 then left(b.member_no, -1) || (right(b.member_no, 1)::int ^ 1)::varchar
                    else b.member_no end end as member_no,
    case when a.action in (8, 9) then b.contract_id end as contract_id,
    case when a.action in (4, 5, 6) then b.record_id end as record_id
from ask_number as a
join session_number as s using (session)
join account_number as c using (account)
left join first_state as b on b.rid = a.about
left join query_number as q on q.query = a.query
)
select *, normalise_name(surname) as prefix from typed;

create or replace temp table matched as
with base as (
    select v.*, n.in_network from version as v join controller_number as n using (controller)
),
looked_up as (
    select a.ask_id, v.rid, v.state, a.seen_at < v.closes_at as is_open from asked as a join base as v
        on a.action = 2 and v.operator = 0 and v.nir = a.nir and v.birth8 = a.birth8
       and v.vf <= a.seen_at and a.seen_at < v.vt and (v.in_network or not a.is_limited)
),
by_member as (
    select a.ask_id, v.rid, v.state, a.seen_at < v.closes_at as is_open from asked as a join base as v
        on a.action = 7 and v.operator = 1 and v.member_no = a.member_no
       and v.vf <= a.seen_at and a.seen_at < v.vt and (v.in_network or not a.is_limited)
),
by_contract as (
    select a.ask_id, v.rid, v.state, a.seen_at < v.closes_at as is_open from asked as a join base as v
        on a.action in (8, 9) and v.operator = 1 and v.contract_id = a.contract_id
       and v.vf <= a.seen_at and a.seen_at < v.vt and (v.in_network or not a.is_limited) and a.seen_at < v.closes_at
),
named as (
    select a.ask_id, a.action, a.seen_at, a.is_limited, v.rid, v.state, v.operator, v.household_id, true as is_open
    from asked as a join base as v
        on a.action in (4, 5, 6) and v.rid = a.about
       and v.vf <= a.seen_at and a.seen_at < v.vt and (v.in_network or not a.is_limited)
),
on_card as (
    select a.ask_id, v.rid, v.state, a.seen_at < v.closes_at as is_open from named as a join base as v
        on a.action = 5 and v.operator = a.operator and v.household_id = a.household_id
       and v.vf <= a.seen_at and a.seen_at < v.vt and (v.in_network or not a.is_limited)
),
-- a prefix is first narrowed on as many letters as it has, four at most, so that the join stays one of equality
letters as (
    select v.rid, v.state, v.surname_key, v.year, v.vf, v.vt, v.closes_at, v.in_network, n.letters,
           left(v.surname_key, n.letters) as narrow
    from base as v cross join (select unnest([1, 2, 3, 4]) as letters) as n
    where v.operator = 0 and length(v.surname_key) >= n.letters
),
searched as (
    select a.ask_id, v.rid, v.state, a.seen_at < v.closes_at as is_open from asked as a join letters as v
        on a.action = 3 and a.query < 0 and v.letters = least(length(a.prefix), 4) and v.narrow = left(a.prefix, 4)
       and v.year = a.year and starts_with(v.surname_key, a.prefix)
       and v.vf <= a.seen_at and a.seen_at < v.vt and (v.in_network or not a.is_limited)
),
swept as (
    select q.query, v.rid, v.state, v.vf, v.vt, v.closes_at, v.in_network from query_number as q join letters as v
        on v.letters = length(q.prefix) and v.narrow = q.prefix and (q.year is null or v.year = q.year)
),
broadly_searched as (
    select a.ask_id, v.rid, v.state, a.seen_at < v.closes_at as is_open from asked as a join swept as v
        on a.query = v.query and v.vf <= a.seen_at and a.seen_at < v.vt and (v.in_network or not a.is_limited)
)
-- a look-up answers with the open contracts; without any, it confirms the closed ones
select * from looked_up qualify is_open = bool_or(is_open) over (partition by ask_id)
union all select * from by_member
union all select * from by_contract
union all select ask_id, rid, state, is_open from named where action in (4, 6)
union all select * from on_card
union all select * from searched
union all select * from broadly_searched;

create or replace temp table reply as
with counted as (
    select ask_id, count(*) as total, bool_or(is_open) as has_open from matched group by ask_id
),
sized as (
    select a.ask_id, a.action, a.fate, a.seen_at, coalesce(c.total, 0) as total, c.has_open,
           case when a.page_size is null then coalesce(c.total, 0)
                else least(a.page_size, greatest(0, coalesce(c.total, 0) - a.page * a.page_size)) end as returned
    from asked as a left join counted as c using (ask_id)
),
present as (
    select distinct a.ask_id from asked as a join version as v
        on a.action in (4, 5, 6) and v.rid = a.about and v.vf <= a.seen_at and a.seen_at < v.vt
),
judged as (
    select s.* exclude (seen_at),
        case when fate = 1 then 'error'
             when action in (0, 1) then 'ok'
             when action in (4, 5, 6) and total = 0 then
                  case when p.ask_id is not null then 'denied' else 'unknown' end
             when action in (2, 7, 8, 9) and total = 0 then 'unknown'
             when action = 2 and not has_open then 'membership'
             else 'ok' end as outcome
    from sized as s left join present as p using (ask_id)
)
select
    ask_id, outcome,
    case when outcome = 'error' or action in (0, 1, 4, 6) then null else total end as total,
    case when outcome = 'error' or action in (0, 1, 4, 6) then null else returned end as returned,
    case when outcome = 'error' then 500 when fate >= 2 then 499 when outcome = 'denied' then 403
         when action in (4, 5, 6) and outcome = 'unknown' then 404 else 200 end as status,
    case when fate = 3 and outcome <> 'error' then 180
         when outcome in ('error', 'denied') then 312
         when action = 0 then 512 when action = 1 then 1480
         when action in (4, 6) then case when total = 0 then 312 else 2600 + ask_id % 600 end
         else 900 + 240 * returned + ask_id % 41 - 20 end as bytes,
    outcome in ('ok', 'membership') and fate <> 3 as is_delivered
from judged;

create or replace temp table shown as
with placed as (
    select m.ask_id, m.rid, m.state, v.controller, v.operator, a.action, a.asked_at, a.page, a.page_size,
           case when a.action = 2 and not m.is_open then 'membership' else 'content' end as answer,
           row_number() over (partition by m.ask_id order by v.sort_rank) - 1 as place
    from matched as m
    join asked as a using (ask_id)
    join reply as r using (ask_id)
    join version as v on v.rid = m.rid and v.state = m.state
    where a.hostile and r.is_delivered
)
select * exclude (page, page_size) from placed
where page_size is null or (place >= page * page_size and place < (page + 1) * page_size);
