-- new_client: a browser or a program with which the account does not work.
-- grain   one row per session: session_id, value, threshold
-- link    client
-- reads   session_guest
-- false   an update of the browser, a new computer, a locum
select session_id, 1.0 as value, 1.0 as threshold from session_guest where is_new_client
