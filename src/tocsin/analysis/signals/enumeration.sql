-- enumeration: questions in the order of a list: numbers or names that only go up, or only down.
-- grain   one row per session: session_id, value, threshold
-- link    behaviour
-- reads   session_feature
-- false   software that checks tomorrow's appointments in alphabetical order, the reading of a whole patient file by number
select session_id, 100.0 * greatest(ascending, compared - ascending) / compared as value, cast({percent} as double) as threshold
from session_feature
where compared >= {least} and 100.0 * greatest(ascending, compared - ascending) / compared > {percent}
