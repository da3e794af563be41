-- more_people_than_peers: a session about far more people than those of the same profession.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_feature, account_habit
-- false   the largest establishment of its profession, a billing office that works for many, a desk whose register entry names
--         the wrong profession: volume, which never counts without another behaviour
with peers as (
    select h.portal, h.role, quantile_cont(s.subjects, {quantile}) as subjects, count(distinct h.account) as accounts
    from session_feature s
    join account_habit h on h.portal = s.portal and h.account = s.account
    where s.questions > 0
    group by h.portal, h.role
)
select s.session_id, cast(s.subjects as double) as value, greatest({least}, {factor} * p.subjects) as threshold
from session_feature s
join account_habit h on h.portal = s.portal and h.account = s.account
join peers p on p.portal = h.portal and p.role = h.role and p.accounts >= {accounts}
where s.subjects > greatest({least}, {factor} * p.subjects)
