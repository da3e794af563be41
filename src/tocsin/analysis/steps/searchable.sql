-- searchable: every version of every record, with the controller that a reach may name.
-- reads   register_version, fact_register, fact_controller
select v.*, coalesce(c.held_for, '?' || coalesce(v.controller_code, r.holder, '')) as held_for,
       coalesce(c.controller, '?' || coalesce(v.controller_code, r.holder, '')) as answers_now,
       coalesce(v.controller_code, r.holder, '') as controller
from register_version v
join fact_register r on r.register = v.register
left join fact_controller c on c.code = coalesce(v.controller_code, r.holder, '')
