-- holding: for whom a record was held, and when.
-- grain   one row per (register, record_id, since): consecutive versions with one holder make one row
-- reads   register_version, fact_register, fact_controller
-- why     the controller is the one for whom the record was held at the instant of the read, or its successor by
--         merger; a code that no party declares is kept, marked '?', never dropped
with version as (
    select v.register, v.record_id, v.valid_from, v.valid_to,
           coalesce(v.controller_code, r.holder, '') as code
    from register_version v
    join fact_register r on r.register = v.register
),
islands as (
    select *, sum(changes) over (partition by register, record_id order by valid_from nulls first
                                 rows unbounded preceding) as nth
    from (select *, case when code = lag(code) over by_time and valid_from = lag(valid_to) over by_time
                         then 0 else 1 end as changes
          from version
          window by_time as (partition by register, record_id order by valid_from nulls first))
),
period as (
    select register, record_id, code,
           case when bool_or(valid_from is null) then null else min(valid_from) end as since,
           case when bool_or(valid_to is null) then null else max(valid_to) end as until
    from islands
    group by register, record_id, nth, code
)
-- the first holder is taken to have held before, each holder until the next: a read always finds who answers for it
select p.register, p.record_id,
       case when row_number() over by_time = 1 then null else p.since end as since,
       lead(p.since) over by_time as until,
       coalesce(c.held_for, '?' || p.code) as held_for, coalesce(c.controller, '?' || p.code) as controller
from period p
left join fact_controller c on c.code = p.code
window by_time as (partition by p.register, p.record_id order by p.since nulls first)
order by p.register, p.record_id, since nulls first
