-- holding: for whom a record was held, and when.
-- grain   one row per (record_no, since): consecutive versions with one holder make one row
-- reads   register_version, fact_register, fact_controller
-- why     the controller is the one for whom the record was held at the instant of the read, or its successor by
--         merger; a code that no party declares is kept, marked '?', never dropped
with version as (
    select v.record_no, v.version_no, v.register, v.record_id, v.is_only, v.valid_from, v.valid_to,
           coalesce(v.controller_code, r.holder, '') as code
    from register_version v
    join fact_register r on r.register = v.register
),
islands as (
    select *, sum(changes) over (partition by record_no order by version_no rows unbounded preceding) as nth
    from (select *, case when code = lag(code) over by_time and valid_from = lag(valid_to) over by_time
                         then 0 else 1 end as changes
          from version
          where not is_only
          window by_time as (partition by record_no order by version_no))
),
period as (
    select record_no, register, record_id, code,
           case when bool_or(valid_from is null) then null else min(valid_from) end as since
    from islands
    group by record_no, register, record_id, nth, code
),
-- the first holder is taken to have held before, each holder until the next: a read always finds who answers for it
held as (
    select record_no, register, record_id, code, null as since, null as until
    from version
    where is_only
    union all
    select record_no, register, record_id, code,
           case when row_number() over by_time = 1 then null else since end, lead(since) over by_time
    from period
    window by_time as (partition by record_no order by since nulls first)
)
select h.record_no, h.register, h.record_id, h.since, h.until,
       coalesce(c.held_for, '?' || h.code) as held_for, coalesce(c.controller, '?' || h.code) as controller
from held h
left join fact_controller c on c.code = h.code
order by h.record_no, h.since nulls first
