-- account_count: accounts with a session that is, or may be, hostile; and the compromised accounts known or suspected.
-- grain   one row
-- reads   hostile_session, compromised_account
select (select count(*) from (select distinct portal, account from hostile_session where grade in ('A', 'B'))) as seen,
       count(*) filter (account <> '*') as held, count(*) filter (account = '*') as any_account
from compromised_account
