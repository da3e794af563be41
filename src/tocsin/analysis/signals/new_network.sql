-- new_network: a network from which the account does not work.
-- grain   one row per session: session_id, value, threshold
-- link    network
-- reads   session_guest
-- false   a locum, a replacement line, a mobile phone, a change of provider, a VPN
select session_id, 1.0 as value, 1.0 as threshold from session_guest where is_new_network
