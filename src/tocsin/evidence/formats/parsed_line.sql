-- parsed_line: every event of the file being read, and every refused line, in the order of the file.
create or replace temp table parsed_line (
    line_no bigint, item_no integer, byte_offset bigint,
    "at" timestamp, at_written varchar, time_doubt_s integer,
    account varchar, session_token varchar, address varchar, user_agent varchar, action varchar, outcome varchar,
    status integer, bytes bigint, record_ids varchar[], criteria varchar,
    page integer, page_size integer, row_offset bigint, returned bigint, total bigint, sequence_no bigint,
    request_id varchar, line_hash ubigint,
    last_line bigint, reason varchar, detail varchar
)
