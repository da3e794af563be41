"""From a person down to the bytes: the records, the reads, the log lines, and the lines themselves as received."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from tocsin.analysis.run import Run
from tocsin.errors import TocsinError
from tocsin.evidence.case import CaseFolder
from tocsin.evidence.decompress import Source
from tocsin.language import _

LONGEST_LINE = 4_000

EXPOSED = """
select controller, held_for, population, register, record_id, person_id, class, confirmed, deduced,
       possible_attribution, possible_missing_evidence, first_read_at, last_read_at, agreement, causes
from read_parquet($exposure)
where person_id = $who or record_id = $who or register || '/' || record_id = $who
   or (register, record_id) in (select (register, record_id) from read_parquet($lists) where person_id = $who)
order by controller, register, record_id
"""
LINES = """
with read as (
    select evidence_id, line_no, item_no, 'named' as how, cast(null as bigint) as event_no
    from read_parquet($events)
    where meaning <> 'nothing' and list_contains(record_ids, $record)
    union
    select evidence_id, line_no, item_no, case when is_certain then 'replayed' else 'possible' end, event_no
    from read_parquet($replayed)
    where register = $register and record_id = $record
)
select r.how, e.evidence_id, e.line_no, e.item_no, e.byte_offset, strftime(e.event_at,
'%Y-%m-%dT%H:%M:%SZ') as event_at,
       e.at_written, e.portal, e.node, e.account, e.session_id, e.grade, e.action, e.outcome, e.criteria, e.page,
       e.total, e.returned, c.replayed_total, c.replayed_rows, c.result
from read r
join read_parquet($events) e using (evidence_id, line_no, item_no)
left join read_parquet($checks) c on c.event_no = r.event_no
order by e.event_at, e.evidence_id, e.line_no, e.item_no
limit $limit
"""


@dataclass(frozen=True)
class Trace:
    """Why one person is on the list, or that they are not."""

    who: str
    records: list[dict[str, Any]]
    """Each exposed record, with ``lines``: the log lines, each with ``text``, its bytes as received."""


def trace_person(folder: CaseFolder, run: Run, who: str, *, limit: int = 20) -> Trace:
    """The evidence behind a person id or a record (``register/record_id``). Raises ``unknown-person``."""
    lists = [str(path) for path in sorted(run.path.glob("controllers/*/exposed_record.parquet"))]
    with duckdb.connect() as connection:
        records = _dictionaries(
            connection, EXPOSED, {"exposure": str(run.table("exposure")), "lists": lists or [""], "who": who}
        ) if lists else []  # fmt: skip
        if not records:
            known = connection.execute(
                "select count(*) from read_parquet($holding) "
                "where record_id = $who or register || '/' || record_id = $who",
                {"holding": str(run.table("holding")), "who": who},
            ).fetchone()
            if known is None or known[0] == 0:
                raise TocsinError(
                    "unknown-person", _("neither a person nor a record is called {who!r} in this run").format(who=who),
                    remedy=_("list them with `tocsin people`; a record is written register/record_id"),
                )  # fmt: skip
            return Trace(who, [])
        for record in records:
            record["lines"] = _dictionaries(
                connection,
                LINES,
                {
                    "events": str(run.table("hostile_event")), "replayed": str(run.table("replayed_read")),
                    "checks": str(run.table("replay_check")), "register": record["register"],
                    "record": record["record_id"], "limit": limit,
                },
            )  # fmt: skip
    _attach_bytes(folder, run, [line for record in records for line in record["lines"]])
    return Trace(who, records)


def _dictionaries(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]
) -> list[dict[str, Any]]:
    result = connection.execute(query, parameters)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _attach_bytes(folder: CaseFolder, run: Run, lines: list[dict[str, Any]]) -> None:
    items = {item["evidence_id"]: item for item in run.manifest["evidence"]}
    wanted: dict[int, set[int]] = {}
    for line in lines:
        wanted.setdefault(line["evidence_id"], set()).add(line["byte_offset"])
    found = {
        evidence_id: read_lines_at(folder.path / items[evidence_id]["path"], offsets)
        for evidence_id, offsets in wanted.items()
    }
    for line in lines:
        item = items[line["evidence_id"]]
        line["file"], line["sha256"] = item["path"], item["sha256"]
        line["text"] = found[line["evidence_id"]].get(line["byte_offset"], "")


def read_lines_at(path: Path, offsets: Iterable[int]) -> dict[int, str]:
    """The line that starts at each byte offset of the decompressed file, in one pass, cut at 4,000 characters."""
    if not path.is_file():
        raise TocsinError(
            "evidence-missing", _("this sealed file is gone"), where=str(path),
            why=_("findings could not be reproduced"),
            remedy=_("restore it from the copy you keep of what was received"),
        )  # fmt: skip
    with path.open("rb") as file:
        if file.read(4) == b"PAR1":
            return {}
    waiting = sorted(offsets)
    found: dict[int, str] = {}
    start, buffer = 0, b""
    for piece in Source(path).pieces():
        buffer += piece
        while waiting and waiting[0] < start + len(buffer):
            at = waiting[0] - start
            end = buffer.find(b"\n", at)
            if end < 0 and len(buffer) - at < LONGEST_LINE:
                break
            end = at + LONGEST_LINE if end < 0 else end
            found[waiting.pop(0)] = buffer[at:end][:LONGEST_LINE].decode("utf-8", errors="replace").rstrip("\r")
        if not waiting:
            return found
        keep = max(0, min(len(buffer), waiting[0] - start)) if waiting else len(buffer)
        buffer, start = buffer[keep:], start + keep
    for offset in waiting:
        found[offset] = buffer[max(0, offset - start) :][:LONGEST_LINE].decode("utf-8", errors="replace").rstrip("\r\n")
    return found
