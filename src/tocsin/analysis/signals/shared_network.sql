-- shared_network: a network foreign to several accounts, which all began to use it.
-- grain   one row per session: session_id, value, threshold
-- link    network
-- reads   session_guest, guest_group
-- false   a locum agency, a trade fair, the network of a provider of software or of a mobile carrier
with network as (
    select network, any_value(network_accounts) as accounts from guest_group where is_new_network group by network
)
select s.session_id, cast(n.accounts as double) as value, cast({accounts} as double) as threshold
from session_guest s
join network n on n.network = s.network
where s.is_new_network and n.accounts >= {accounts}
