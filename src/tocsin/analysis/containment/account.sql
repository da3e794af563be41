-- account: accounts to suspend or to give new credentials to, the most urgent first.
-- grain   one row per (portal, account)
-- reads   compromised_account, hostile_session, access_session, closing
-- urgency used after it was said closed > still in use at the end of the logs > hostile > seen since it was closed >
--         any account of a portal without log > declared > possible > closed: credentials are still to be renewed
-- active  seen in the last 24 hours of what the portal's logs hold: the intruder may be in now
with used as (
    select s.portal, s.account, max(s.last_at) as last_seen,
           count(*) filter (h.grade = 'A') as sessions_a, count(*) filter (h.grade = 'B') as sessions_b,
           cast(coalesce(sum(s.answered_lines) filter (h.grade in ('A', 'B')), 0) as bigint) as answers,
           min(s.first_at) filter (h.grade in ('A', 'B')) as first_hostile,
           max(s.last_at) filter (h.grade in ('A', 'B')) as last_hostile
    from access_session s
    left join hostile_session h using (session_id)
    where exists (select 1 from compromised_account c where c.portal = s.portal and c.account = s.account)
    group by s.portal, s.account
),
log_end as (select portal, max(last_at) as last_line from access_session group by portal),
known as (
    select c.portal, c.account, c.is_declared, x.closed_at, u.last_seen, u.first_hostile, u.last_hostile,
           coalesce(u.sessions_a, 0) as sessions_a, coalesce(u.sessions_b, 0) as sessions_b, coalesce(u.answers, 0) as answers,
           coalesce(u.last_seen >= e.last_line - interval 1 day, false) as is_active
    from compromised_account c
    left join used u on u.portal = c.portal and u.account = c.account
    left join log_end e on e.portal = c.portal
    left join closing x on x.portal = c.portal and x.account = c.account
),
judged as (
    select *,
           case when last_hostile > closed_at                                    then 'used_after_closing'
                when closed_at is null and sessions_a > 0 and is_active           then 'still_active'
                when closed_at is null and sessions_a > 0                         then 'hostile'
                when last_seen > closed_at                                        then 'seen_after_closing'
                when account = '*'                                                then 'any_account'
                when closed_at is null and is_declared                            then 'declared'
                when closed_at is null                                            then 'possible'
                else 'closed' end as reason
    from known
)
select portal, account, reason, case when sessions_a > 0 then 'A' when sessions_b > 0 then 'B' else '' end as grade,
       sessions_a, sessions_b, answers, first_hostile, last_hostile, last_seen, closed_at, is_active, is_declared
from judged
order by list_position(['used_after_closing', 'still_active', 'hostile', 'seen_after_closing', 'any_account', 'declared',
                        'possible', 'closed'], reason),
         is_active desc, last_hostile desc nulls last, answers desc, portal, account
