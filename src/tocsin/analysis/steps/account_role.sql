-- account_role: the profession of each account, as the register of professionals says: its peers work like it.
-- grain   one row per (portal, account)
-- reads   fact_portal, register_version
select p.portal, v.account, max(v.role) as role
from fact_portal p
join register_version v on v.register = p.professionals
where v.account is not null and v.role is not null
group by p.portal, v.account
order by p.portal, v.account
