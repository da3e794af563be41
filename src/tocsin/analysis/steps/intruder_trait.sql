-- intruder_trait: by what the intruder's sessions are recognised, at one portal or at several: no account, nobody.
-- grain   one row per (kind, value)
-- reads   access_session, hostile_session, session_signal
-- kind    network (the first 24 bits of an IPv4 address, the first 48 of an IPv6 one), client, behaviour (a signal)
-- counts  sessions: of grade A; others: of grade C, with the same trait. A trait that others have tells little
-- why     the same intruder at two operators leaves the same traits at both; comparing them exchanges no person
with session as (
    select s.session_id, s.portal, hash(s.portal, s.account) as account, s.first_at, s.last_at, s.user_agent,
           case when contains(s.address, ':') then replace(array_to_string(string_split(s.address, ':')[1:3], ':') || '::/48', ':::', '::')
                else regexp_extract(s.address, '^\d+\.\d+\.\d+') || '.0/24' end as network,
           coalesce(h.grade, 'C') as grade
    from access_session s
    left join hostile_session h using (session_id)
),
trait as (
    select 'network' as kind, network as value, * from session where network not in ('.0/24', '::/48')
    union all
    select 'client', user_agent, * from session where user_agent is not null
    union all
    select 'behaviour', g.signal, s.* from session s join session_signal g using (session_id) where g.kind = 'behaviour'
)
select kind, value, list_sort(list(distinct portal) filter (grade = 'A')) as portals,
       count(*) filter (grade = 'A') as sessions, count(distinct account) filter (grade = 'A') as accounts,
       count(*) filter (grade = 'C') as others,
       min(first_at) filter (grade = 'A') as first_at, max(last_at) filter (grade = 'A') as last_at
from trait
group by kind, value
having count(*) filter (grade = 'A') > 0
order by kind, value
