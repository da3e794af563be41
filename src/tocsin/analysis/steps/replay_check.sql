-- replay_check: how the replay of each hostile query agrees with what its log line counted.
-- grain   one row per replayed line
-- reads   replay_event, replay_counts, fact_log
-- result  certified: the counts agree; unchecked: the line counts nothing; uncertain_state: the register changed within
--         the doubt on the clock; unknown_criterion: a criterion that case.toml does not describe (a superset is kept);
--         contradicted: the counts disagree, so all that the account could reach is possible
select e.event_no, e.evidence_id, e.line_no, e.item_no, e.portal, e.account, e.action, e.grade,
       e.read_at - to_microseconds(cast(e.doubt_s * 1000000 as bigint)) as since,
       e.read_at + to_microseconds(cast(e.doubt_s * 1000000 as bigint)) as until,
       n.total, n.returned, coalesce(n.replayed_total, 0) as replayed_total,
       coalesce(n.replayed_rows, 0) as replayed_rows,
       coalesce(n.result, 'contradicted') as result,
       'replay_' || coalesce(n.result, 'contradicted') as cause,
       coalesce(n.result, 'contradicted') = 'contradicted' as falls_back_on_reach
from replay_event e
left join replay_counts n on n.event_no = e.event_no
order by e.event_no
