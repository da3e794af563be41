-- register_version: what each register says of each record, and when it said it.
-- grain   one row per (register, record_id, valid_from); version_no numbers them, in that order
-- reads   register_file, record_history
-- record_no the number of the record: that of its first version
select f.*, coalesce(h.record_no, f.version_no) as record_no, h.version_no is null as is_only,
       coalesce(h.is_latest, true) as is_latest
from register_file f
left join record_history h on h.version_no = f.version_no
