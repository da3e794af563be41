-- session: the sessions that are, or may be, the intruder's, graver and greater first.
-- grain   one row per session of grade A or B, {most} at most
-- reads   hostile_session, access_session, session_signal
-- account a number in the order of their first session: the report names no account
with shown as (
    select session_id,
           list({{'signal': signal, 'kind': kind, 'value': value, 'threshold': threshold}} order by signal) as signals
    from session_signal
    group by session_id
),
numbered as (
    select portal, account, row_number() over (order by min(first_at), portal, account) as account_no
    from hostile_session
    where grade in ('A', 'B')
    group by portal, account
)
select h.session_id, h.grade, h.portal, n.account_no, coalesce(h.user_agent, '') as client,
       epoch(h.first_at) as first_s, epoch(h.last_at) as last_s, s.lines, s.answered_lines,
       h.links, h.indicators, h.is_compromised, h.denied_by is not null as is_denied, h.verdict, h.judged_by, coalesce(g.signals, []) as signals
from hostile_session h
join access_session s using (session_id)
join numbered n on n.portal = h.portal and n.account is not distinct from h.account
left join shown g using (session_id)
where h.grade in ('A', 'B')
order by h.grade, s.answered_lines desc, h.first_at, h.session_id
limit {most}
