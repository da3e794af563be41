-- quoted: values that quote an account of the portals; they stay in the house with it.
-- grain   one row per value
-- reads   access_session, candidate
-- short   accounts of fewer than four letters are in every text by chance
select distinct value
from candidate
where exists (select 1 from (select distinct account from access_session where length(account) >= 4) a
              where contains(lower(value), lower(a.account)))
order by value
