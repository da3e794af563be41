-- coverage_share: how much of the time during which a compromised account was open has a log proved complete.
-- grain   one row per portal
-- reads   log_coverage, compromised_account, fact_log, fact_portal
-- share   seconds proved complete / seconds to cover, summed over the portal's logs; NULL when there is no log
with account as (
    select portal, since, until,
           max(until) over (partition by portal order by since, until rows between unbounded preceding and 1 preceding) as covered
    from compromised_account
),
island as (
    select *, sum(case when covered is null or since > covered then 1 else 0 end)
                  over (partition by portal order by since, until rows unbounded preceding) as nth
    from account
),
window_of as (
    select portal, min(since) as since, max(until) as until from island group by portal, nth
    union all
    select l.portal, min(l.expected_from), max(l.expected_to)
    from fact_log l
    where l.counts and l.portal not in (select portal from compromised_account)
    group by l.portal
),
asked as (
    select l.portal, l.log_id, w.since, w.until
    from fact_log l join window_of w on w.portal = l.portal
    where l.counts
),
proved as (
    select a.portal, sum(epoch(least(c.until, a.until)) - epoch(greatest(c.since, a.since))) as seconds
    from asked a
    join log_coverage c on c.log_id = a.log_id and c.state = 'complete' and c.since < a.until and c.until > a.since
    group by a.portal
)
select p.portal, coalesce(v.seconds, 0) as proved_seconds, a.seconds as asked_seconds,
       case when a.seconds > 0 then coalesce(v.seconds, 0) / a.seconds end as share
from fact_portal p
left join (select portal, sum(epoch(until) - epoch(since)) as seconds from asked group by portal) a on a.portal = p.portal
left join proved v on v.portal = p.portal
order by p.portal
