-- replay: the rows that a logged query returned, found again on the register as it stood then.
-- Filled by analysis/replay.py for each (action, set of criteria); the parts between braces come from case.toml.
-- makes   replay_rows (event_no, register, record_id, is_certain) and replay_counts (one row per event)

-- the portal's answer depends on the criteria, on what the account may reach and on the kind of answer
create or replace temp table asked as
select event_no, event_at, doubt_s, meaning, reach_id, first_row, last_row, total, returned, answer_bytes, {values}
from replay_event
{asked_from};

create or replace temp table query as
select row_number() over (order by meaning, reach_id, {value_names}) as query_id, *
from (select distinct meaning, reach_id, {value_names} from asked);

-- candidates: versions that match, and the interval during which the portal showed them
create or replace temp table candidate as
with shown as (
    select r.*, greatest(valid_from, visible_from + interval '{delay} minutes') as shown_from, valid_to as shown_to
           {key_columns}
    from searchable r
    where register in ({registers})
),
matched as (
    select q.query_id, q.meaning, r.*
    from query q
    join shown r on {matches} and ({reach})
)
select query_id, register, record_id, {order_columns},
       since, until
from (
    select *, {open_from} as since, {open_to} as until from matched where {open_when}
    union all
    select *, greatest(shown_from, rights_to), shown_to from matched where {closed_when} and rights_to is not null
    union all
    select *, shown_from, least(shown_to, rights_from) from matched where {closed_when} and rights_from is not null
)
where since is null or until is null or since < until;

-- instants at which the answer may change cut time into states; each state is ranked once
create or replace temp table state as
with change as (
    select query_id, since as event_at from candidate where since is not null
    union
    select query_id, until from candidate where until is not null
),
moment as (
    select q.query_id, a.event_at, a.event_no, a.doubt_s, 0 as changes
    from asked a
    join query q on q.meaning = a.meaning and q.reach_id = a.reach_id and {same_query}
    union all
    select query_id, event_at, null, null, 1 from change
)
select query_id, event_at, event_no, doubt_s,
       sum(changes) over (partition by query_id order by event_at range between unbounded preceding and current row) as state,
       sum(changes) over (partition by query_id order by event_at
           range between to_microseconds(cast(coalesce(doubt_s, 0) * 1000000 as bigint)) preceding
                     and to_microseconds(cast(coalesce(doubt_s, 0) * 1000000 as bigint)) following)
       - case when coalesce(doubt_s, 0) = 0
              then sum(changes) over (partition by query_id order by event_at range between current row and current row)
              else 0 end as changes_in_doubt
from moment
qualify event_no is not null;

create or replace temp table ranked as
select s.query_id, s.state, c.register, c.record_id,
       rank() over place as first_place,
       rank() over place + count(*) over (partition by s.query_id, s.state, {order_names}) - 1 as last_place,
       count(*) over (partition by s.query_id, s.state) as total
from (select query_id, state, min(event_at) as event_at from state group by all) s
join candidate c on c.query_id = s.query_id and (c.since is null or c.since <= s.event_at) and (c.until is null or s.event_at < c.until)
window place as (partition by s.query_id, s.state order by {order_by});

create or replace temp table answer as
select a.*, s.query_id, s.state, s.changes_in_doubt, coalesce(t.total, 0) as replayed_total,
       greatest(0, least(coalesce(t.total, 0), a.last_row) - a.first_row + 1) as replayed_rows
from asked a
join query q on q.meaning = a.meaning and q.reach_id = a.reach_id and {same_query}
join state s on s.event_no = a.event_no and s.query_id = q.query_id
left join (select query_id, state, any_value(total) as total from ranked group by all) t
       on t.query_id = s.query_id and t.state = s.state;

-- an answer is certified when all that the log counted agrees with what the replay counts
insert into replay_counts
with counted as (
    select event_no, any_value(total) as total, any_value(returned) as returned,
           any_value(answer_bytes) as answer_bytes, sum(replayed_total) as replayed_total,
           sum(replayed_rows) as replayed_rows, bool_or(changes_in_doubt > 0) as is_doubtful
    from answer
    group by event_no
)
select event_no, total, returned, replayed_total, replayed_rows,
       case when {is_superset} and total > replayed_total       then 'contradicted'
            when {is_superset}                                  then 'unknown_criterion'
            when is_doubtful                                    then 'uncertain_state'
            when total <> replayed_total or returned <> replayed_rows then 'contradicted'
            when total is not null or returned is not null      then 'certified'
            when {bytes_agree}                                  then 'certified'
            when {bytes_agree} is not null                      then 'contradicted'
            else 'unchecked' end
from counted;

insert into replay_rows
select j.event_no, r.register, r.record_id,
       bool_or(r.first_place >= j.first_row and r.last_place <= j.last_row)
from answer j
join replay_counts n on n.event_no = j.event_no and n.result = 'certified'
join ranked r on r.query_id = j.query_id and r.state = j.state
             and r.last_place >= j.first_row and r.first_place <= j.last_row
group by all
union all
-- not certified: every match of every page, in any state that the doubt allows
select distinct j.event_no, c.register, c.record_id, false
from answer j
join replay_counts n on n.event_no = j.event_no and n.result in ('unchecked', 'uncertain_state', 'unknown_criterion')
join candidate c on c.query_id = j.query_id
 and (c.since is null or c.since <= j.event_at + to_microseconds(cast(j.doubt_s * 1000000 as bigint)))
 and (c.until is null or c.until > j.event_at - to_microseconds(cast(j.doubt_s * 1000000 as bigint)));
