-- shared_network: a network foreign to several accounts, which all began to use it.
-- grain   one row per session: session_id, value, threshold
-- link    network
-- reads   session_guest
-- false   a locum agency, a trade fair, the network of a provider of software or of a mobile carrier
select session_id, cast(network_accounts as double) as value, cast({accounts} as double) as threshold
from session_guest
where is_new_network and network_accounts >= {accounts}
