-- record_history: the versions of the records that have several, in the order of time.
-- grain   one row per version of such a record; a version absent from here is the only one of its record
-- reads   register_file
-- why     most records have one version: what follows handles these without sorting them, and knows records by number
with several as (
    select register, record_id from register_file group by register, record_id having count(*) > 1
)
select v.version_no, min(v.version_no) over same as record_no, v.version_no = max(v.version_no) over same as is_latest
from register_file v
join several s on s.register = v.register and s.record_id = v.record_id
window same as (partition by v.register, v.record_id)
order by v.version_no
