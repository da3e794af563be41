"""The same answer by hand: what a good analyst would write in one evening, hostile sessions given.

Reads the logs and registers of a rehearsal straight into DuckDB, with its own readers; no line numbers, no rejects, no
replay, no bounds. Only records that a line names are found.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import duckdb


def parquet_log(case: Path, log: dict[str, Any]) -> str:
    """A log in Parquet, as the four columns that the floor needs."""
    fields = log["fields"]
    account, session, action, record = (fields[name] for name in ("account", "session_token", "action", "record_ids"))
    return (
        f'select "{account}" as account, "{session}" as session, "{action}" as action, "{record}"::varchar as record '
        f"from read_parquet('{case}/{log['files'][0]}')"
    )


def main(case: Path, written: Path | None = None) -> None:
    """Print how many records and people the floor finds; ``written`` takes each with its person, to be compared."""
    engine = duckdb.connect()
    engine.execute(f"set temp_directory = '{tempfile.gettempdir()}'; set preserve_insertion_order = false")
    verdicts = tomllib.loads((case / "verdicts.toml").read_text())["verdict"]
    engine.execute("create table hostile (account varchar, session varchar)")
    engine.executemany(
        "insert into hostile values (?, ?)",
        [(one["account"], one["session_token"]) for one in verdicts if one["verdict"] == "hostile"],
    )
    if list(case.glob("logs/portal-a/*.ndjson.gz")):
        log_a = f"""
            select actor->>'$.user.uid' as account, actor->>'$.session.uid' as session, api->>'$.operation' as action,
                   resources->>'$[0].uid' as record
            from read_json('{case}/logs/portal-a/*.ndjson.gz', format = 'newline_delimited',
                           columns = {{actor: 'JSON', api: 'JSON', resources: 'JSON', time: 'BIGINT',
                           src_endpoint: 'JSON',
                                      http_request: 'JSON', http_response: 'JSON', status_code: 'VARCHAR'}})"""
        log_b = f"""
            select compte as account, session, fonction as action, beneficiaire as record
            from read_csv('{case}/logs/portal-b/*.csv.zst', delim = ';', header = true, all_varchar = true)"""
    else:
        logs = tomllib.loads((case / "case.toml").read_text())["log"]
        log_a = " union all ".join(parquet_log(case, log) for log in logs if log["portal"] == "portal-a")
        log_b = " union all ".join(parquet_log(case, log) for log in logs if log["portal"] == "portal-b")
    engine.execute(f"create table event as select * from ({log_a} union all {log_b})")
    engine.execute(
        "create table exposed as select record, bit_or(hash(action) & 1023) as mask, count(*) as lines "
        "from event join hostile using (account, session) where record is not null group by record"
    )
    case_file = tomllib.loads((case / "case.toml").read_text())
    registers = {item["id"]: item for item in case_file["register"]}
    parts = []
    for name in ("register-a", "register-b"):
        item = registers[name]
        columns = item["columns"]
        wanted = ("record_id", "controller", "nir", "birth_date", "birth_rank", "surname", "first_name")
        listing = ", ".join(f'"{columns[one]}"::varchar as {one}' for one in wanted if one in columns)
        sources = "[" + ", ".join(f"'{case}/{one}'" for one in item["files"]) + "]"
        source = (
            f"read_parquet({sources})"
            if str(item["files"][0]).endswith("parquet")
            else f"read_csv({sources}, all_varchar = true, header = true, ignore_errors = true)"
        )
        # the two operators do not write numbers and dates alike
        listing = (
            f"* replace (replace(nir, ' ', '') as nir, "
            "coalesce(try_strptime(birth_date, '%d/%m/%Y'), try_strptime(birth_date, '%Y-%m-%d'))::varchar "
            "as birth_date) "
            f"from (select {listing}"
        )
        parts.append(f"select distinct on (record_id) *, '{name}' as register from (select {listing} from {source}))")
    engine.execute("create table register as " + " union all by name ".join(parts))
    engine.execute(
        "create table person as select *, dense_rank() over "
        "(order by coalesce(nir, record_id), birth_date, birth_rank) as person from register"
    )
    with tempfile.TemporaryDirectory() as out:
        engine.execute(
            "copy (select p.*, e.mask, e.lines from exposed e join person p on p.record_id = e.record) "
            f"to '{out}' (format parquet, partition_by (controller), overwrite_or_ignore)"
        )
    if written is not None:
        engine.execute(
            "copy (select p.register, p.record_id, p.person from exposed e join person p on p.record_id = e.record) "
            f"to '{written}' (format parquet)"
        )
    found = engine.execute(
        "select count(*), count(distinct person) from exposed e join person p on p.record_id = e.record"
    ).fetchone() or (0, 0)
    events = (engine.execute("select count(*) from event").fetchone() or (0,))[0]
    print(f"{events:,} events, {found[0]:,} named records, {found[1]:,} people by exact key")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
