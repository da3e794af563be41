"""From sealed files to the tables of evidence: registers, log lines, rejected lines, each read once and kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import tocsin.engine
import tocsin.evidence
from tocsin.engine.workbench import Table, Workbench, digest
from tocsin.evidence.case import CaseFolder
from tocsin.evidence.formats import read_log
from tocsin.evidence.registers import read_register
from tocsin.evidence.seal import EvidenceItem

HARMLESS = ("blank", "header", "cut", "outside-items")
"""Reasons of rejection that hide no access (a cut file is a gap of its own)."""

EMPTY_EVENTS = """
select 0::integer as evidence_id, 0::bigint as line_no, 0::integer as item_no, 0::bigint as byte_offset,
       null::timestamp as "at", ''::varchar as at_written, 0::integer as time_doubt_s, ''::varchar as account,
       ''::varchar as session_token, ''::varchar as address, ''::varchar as user_agent, ''::varchar as action,
       ''::varchar as outcome, 0::integer as status, 0::bigint as bytes, []::varchar[] as record_ids,
       ''::varchar as criteria, 0::integer as page, 0::integer as page_size, 0::bigint as row_offset,
       0::bigint as returned, 0::bigint as total, 0::bigint as sequence_no, ''::varchar as request_id,
       0::ubigint as line_hash
where false order by line_no
"""


@dataclass
class Reports:
    """What the readers say of each file, for ``run.json`` and the screen."""

    logs: list[dict[str, Any]] = field(default_factory=list)
    registers: list[dict[str, Any]] = field(default_factory=list)


def digest_of_code(*packages: str) -> str:
    """Digest of the Python and SQL files of packages: a changed reader reads again."""
    whole = sha256()
    for package in packages:
        root = Path(tocsin.engine.__file__).parents[1] / package
        for path in sorted([*root.rglob("*.py"), *root.rglob("*.sql"), *root.rglob("*.toml")]):
            whole.update(path.name.encode())
            whole.update(path.read_bytes())
    return whole.hexdigest()[:24]


def read_registers(
    bench: Workbench, folder: CaseFolder, items: Sequence[EvidenceItem], progress: Callable[[int], None] | None
) -> list[dict[str, Any]]:
    """Make ``register_file`` and ``rejected_row`` known; return the readers' reports."""
    code = digest_of_code("engine", "evidence")
    reports, versions, rejects, keys = [], [], [], []
    for register in folder.case.register_:
        mine = [item for item in items if item.source == register.id and item.role == "register"]
        journal = [item for item in items if item.source == register.id and item.role == "journal"]
        fresh = [item for item in mine if item.same_as is None]
        zone = register.time_zone or folder.case.case.time_zone
        key = digest(
            code, register.model_dump(mode="json"), zone, str(folder.case.case.base_date),
            [(item.evidence_id, item.sha256) for item in (*fresh, *journal)],
        )  # fmt: skip
        target, refused, note = _paths(bench.folder, f"register-{register.id}", key)
        if not note.exists():
            report = read_register(
                bench.engine, register=register, time_zone=zone, base_date=folder.case.case.base_date,
                files=[(item.evidence_id, folder.path / item.path) for item in fresh],
                journal=[(item.evidence_id, folder.path / item.path) for item in journal],
                versions=target, rejects=refused, progress=progress,
            )  # fmt: skip
            _keep(note, asdict(report))
        reports.append(json.loads(note.read_text("utf-8")))
        versions.append(target)
        rejects.append(refused)
        keys.append(key)
    _number(bench, [register.id for register in folder.case.register_], versions, keys)
    _union(bench, "rejected_row", rejects, keys)
    return reports


def read_logs(
    bench: Workbench, folder: CaseFolder, items: Sequence[EvidenceItem], progress: Callable[[int], None] | None
) -> list[dict[str, Any]]:
    """Make ``parsed_event``, ``rejected_line`` and ``truncated_evidence`` known; return the readers' reports."""
    code = digest_of_code("engine", "evidence")
    logs = {log.id: log for log in folder.case.log}
    reports, events, rejects, keys = [], [], [], []
    for item in items:
        if item.role != "log" or item.same_as is not None:
            continue
        log = logs[item.source]
        zone = log.time_zone or folder.case.case.time_zone
        reader = log.model_dump(mode="json", exclude=NOT_READER)
        key = digest(code, reader, zone, item.evidence_id, item.sha256)
        target, refused, note = _paths(bench.folder, f"log-{item.evidence_id}", key)
        if not note.exists():
            report = read_log(
                bench.engine, evidence_id=item.evidence_id, path=folder.path / item.path, log=log, time_zone=zone,
                events=target, rejects=refused, progress=progress,
            )  # fmt: skip
            _keep(note, {**asdict(report), "path": item.path, "log": log.id})
        reports.append(json.loads(note.read_text("utf-8")))
        events.append(target)
        rejects.append(refused)
        keys.append(key)
    if not events:
        events.append(bench.folder / "log-none.parquet")
        bench.engine.write(EMPTY_EVENTS, events[0])
        rejects.append(bench.folder / "reject-none.parquet")
        bench.engine.write(
            "select 0::integer as evidence_id, 0::bigint as line_no, 0::integer as item_no, 0::bigint as byte_offset, "
            "''::varchar as reason, ''::varchar as detail where false order by line_no",
            rejects[0],
        )
    _union(bench, "parsed_line", events, keys)
    bench.engine.run('create or replace temp view parsed_event as select * rename ("at" as event_at) from parsed_line')
    bench.tables["parsed_event"] = bench.tables["parsed_line"]
    _union(bench, "rejected_line_all", rejects, keys)
    bench.engine.run(
        "create or replace temp view rejected_line as select *, "
        f"list_contains({tocsin.engine.literal(list(HARMLESS))}, reason) as is_harmless from rejected_line_all"
    )
    bench.tables["rejected_line"] = bench.tables["rejected_line_all"]
    cut = [report["evidence_id"] for report in reports if report["truncated"]]
    values = ", ".join(f"({number}::integer)" for number in cut) or "(null::integer)"
    bench.engine.run(
        f"create or replace temp view truncated_evidence as select * from (values {values}) t(evidence_id) "
        "where evidence_id is not null"
    )
    bench.tables["truncated_evidence"] = Table("truncated_evidence", digest(cut), (), len(cut))
    return reports


MOST_VERSIONS = 2**40
"""Versions that one register may hold: numbers of different registers never meet."""
NOT_READER = {
    "id", "portal", "node", "files", "counts", "clock_offset_seconds", "clock_trusted_node",
    "clock_uncertainty_seconds", "expected_from", "expected_to", "completeness", "completeness_by", "heartbeat_seconds",
    "sequence_first", "sequence_last", "compared_with", "throttle",
}  # fmt: skip
"""Declarations about a log that do not change how its bytes are read."""


def _paths(folder: Path, name: str, key: str) -> tuple[Path, Path, Path]:
    return tuple(folder / f"{name}-{key}{end}" for end in (".parquet", ".rejects.parquet", ".json"))  # type: ignore[return-value]


def _keep(note: Path, report: dict[str, Any]) -> None:
    draft = note.with_suffix(".draft")
    draft.write_text(json.dumps(report, ensure_ascii=False, default=str), "utf-8")
    draft.replace(note)


def _number(bench: Workbench, registers: Sequence[str], files: Sequence[Path], keys: list[str]) -> None:
    """``register_file``: the versions of all registers, numbered in the order of register, record and time."""
    parts = [
        f"select *, file_row_number + {place * MOST_VERSIONS} as version_no "
        f"from read_parquet({tocsin.engine.literal(str(path))}, file_row_number = true)"
        for place, (_register, path) in enumerate(sorted(zip(registers, files, strict=True)))
    ]
    bench.engine.run(f"create or replace temp view register_file as {' union all by name '.join(parts)}")
    bench.tables["register_file"] = Table("register_file", digest("register_file", registers, keys), tuple(files), 0)


def _union(bench: Workbench, name: str, files: Iterable[Path], keys: list[str]) -> None:
    paths = tuple(files)
    listing = tocsin.engine.literal([str(path) for path in paths])
    if paths:
        bench.engine.run(
            f"create or replace temp view {name} as select * from read_parquet({listing}, union_by_name = true)"
        )
    bench.tables[name] = Table(name, digest(name, keys), paths, 0)
