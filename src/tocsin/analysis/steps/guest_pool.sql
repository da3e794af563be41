-- guest_pool: with whom each group of guests is taken together, and whether the accounts know the people they read.
-- grain   one row per group_no of guest_group, but for small groups that know somebody, or read nobody whom their account
--         could know: nothing is held against them
-- reads   guest_group, guest_company (group_no -> label)
-- how     the narrowest company that read enough people: the network, the group itself, the guests of the account, and in
--         the end all those who share accounts and networks: few people each, many together. Groups that their own
--         people vouch for are in nobody's company; those known to be strangers are, so that who comes beside them counts
with visited as (  -- the groups of one account are all in one company
    select g.portal, g.account, c.label, cast(sum(g.expected) as bigint) as expected, cast(sum(g.doubt) as bigint) as doubt,
           cast(sum(g.known) as bigint) as known
    from guest_group g
    join guest_company c using (group_no)
    group by g.portal, g.account, c.label
),
of_account as (
    select portal, account, expected - doubt as expected, known from visited
),
of_company as (
    select label, count(*) as accounts, cast(floor(sum(expected) - sqrt(sum(doubt * doubt))) as bigint) as expected,
           sum(known) as known
    from visited
    group by label
)
select g.group_no, g.portal, g.account, g.network, g.user_agent,
       case when g.speaks is not null then g.speaks when a.expected >= 5000 then 'account' else 'company' end as pool,
       case when g.speaks = 'network' then g.network_accounts
            when g.speaks = 'group' or a.expected >= 5000 then 1 else o.accounts end as accounts,
       cast(case when g.speaks = 'network' then g.network_expected when g.speaks = 'group' then g.expected - g.doubt
                 when a.expected >= 5000 then a.expected else o.expected end as bigint) as expected,
       cast(case when g.speaks = 'network' then g.network_known when g.speaks = 'group' then g.known
                 when a.expected >= 5000 then a.known else o.known end as bigint) as known
from guest_group g
left join guest_company c on g.speaks is null and c.group_no = g.group_no
left join of_account a on g.speaks is null and a.portal = g.portal and a.account = g.account
left join of_company o on o.label = c.label
where g.speaks is not null or (g.known = 0 and g.expected > 0)
order by g.group_no
