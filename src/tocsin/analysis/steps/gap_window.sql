-- gap_window: when a compromised account could read without a log that tells.
-- grain   one row per (portal, account, since, until, cause)
-- reads   coverage_gap, compromised_account, fact_log, fact_disclosure, replay_check, hostile_event
-- why     evidence is missing where a log has a gap, where there is no log at all, where the disclosure map was never
--         compared with the real screens, where a logged query cannot be replayed as it was answered, and where
--         case.toml says nothing of an action that answered (pictures and style sheets excepted)
select a.portal, a.account, greatest(g.since, a.since) as since, least(g.until, a.until) as until, g.cause
from coverage_gap g
join compromised_account a on a.portal = g.portal and g.since <= a.until and g.until >= a.since
                          and (g.account is null or g.account = a.account)
union all
select a.portal, a.account, a.since, a.until, 'no_log'
from compromised_account a
where not exists (select 1 from fact_log l where l.portal = a.portal and l.counts)
union all
select a.portal, a.account, l.expected_to, a.until, 'log_ends_early'
from compromised_account a
join (select portal, max(expected_to) as expected_to from fact_log where counts group by portal) l using (portal)
where a.until > l.expected_to
union all
select a.portal, a.account, a.since, l.expected_from, 'log_starts_late'
from compromised_account a
join (select portal, min(expected_from) as expected_from from fact_log where counts group by portal) l using (portal)
where a.since < l.expected_from
union all
select a.portal, a.account, a.since, a.until, 'disclosure_map_untested'
from compromised_account a
where exists (select 1 from fact_disclosure d where d.portal = a.portal and not d.tested)
   or not exists (select 1 from fact_disclosure d where d.portal = a.portal)
union all
select portal, account, since, until, cause
from replay_check
where falls_back_on_reach
union all
-- an answer of which nothing is known: no action, no record
select portal, account, event_at - to_microseconds(cast(doubt_s * 1000000 as bigint)),
       event_at + to_microseconds(cast(doubt_s * 1000000 as bigint)), 'undescribed_action'
from hostile_event
where kind = 'undeclared' and meaning <> 'nothing' and len(record_ids) = 0
  and not regexp_matches(action, '^(GET|HEAD) [^?]*\.(css|js|map|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|eot|webmanifest)$')
order by all
