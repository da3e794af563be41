"""From sealed files to the tables of evidence: registers, log lines, rejected lines, each read once and kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb

import tocsin.engine
import tocsin.evidence
from tocsin.engine import Engine, literal
from tocsin.engine.side_by_side import do_side_by_side
from tocsin.engine.workbench import Table, Workbench, digest
from tocsin.evidence.case import CaseFolder
from tocsin.evidence.case.model import Log, Register
from tocsin.evidence.formats import read_log
from tocsin.evidence.formats.in_place import source_of, view_parquet
from tocsin.evidence.formats.statements import statements_of
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
    parsed: dict[int, str] = field(default_factory=dict)
    """The events of each file of a log, by ``evidence_id``, as SQL after ``from``."""


def digest_of_code(*packages: str) -> str:
    """Digest of the Python and SQL files of packages: a changed reader reads again."""
    whole = sha256()
    for package in packages:
        root = Path(tocsin.engine.__file__).parents[1] / package
        for path in sorted([*root.rglob("*.py"), *root.rglob("*.sql"), *root.rglob("*.toml")]):
            whole.update(path.name.encode())
            whole.update(path.read_bytes())
    return whole.hexdigest()[:24]


@dataclass(frozen=True)
class _Reading:
    """One register, or one file of a log: where what is read of it is kept, under the digest of all it depends on."""

    key: str
    events: Path
    """Or versions of records."""
    rejects: Path
    note: Path
    """The reader's report, written last: while it lacks, the reading is not done."""
    read: Callable[[Engine], dict[str, Any]]

    def do(self, engine: Engine) -> None:
        """Read, then keep the report."""
        draft = self.note.with_suffix(".draft")
        draft.write_text(json.dumps(self.read(engine), ensure_ascii=False, default=str), "utf-8")
        draft.replace(self.note)

    def report(self) -> dict[str, Any]:
        """What the reader said."""
        report: dict[str, Any] = json.loads(self.note.read_text("utf-8"))
        return report


def read_evidence(
    bench: Workbench, folder: CaseFolder, items: Sequence[EvidenceItem], progress: Callable[[int], None] | None
) -> Reports:
    """Read what is not read yet, several files at a time; make its tables known; return the readers' reports.

    The tables are ``register_file``, ``rejected_row``, ``parsed_event``, ``rejected_line``, ``truncated_evidence``.
    """
    code = digest_of_code("engine", "evidence")
    tell = _one_at_a_time(progress)
    registers = _registers(bench, folder, items, code, tell)
    logs = _logs(bench, folder, items, code, tell)
    readings = [*registers, *logs]
    try:
        do_side_by_side(bench.engine, [reading.do for reading in readings if not reading.note.exists()])
    except duckdb.OutOfMemoryException:
        # several files at once need the memory of several: one after the other is slower, and passes where they do not
        for reading in readings:
            if not reading.note.exists():
                reading.do(bench.engine)
    reports = Reports([reading.report() for reading in logs], [reading.report() for reading in registers])
    for report, log in zip(reports.logs, logs, strict=True):
        view = report.pop("view", None)
        source = source_of(view, folder.path / report["path"]) if view else None
        reports.parsed[report["evidence_id"]] = source or f"read_parquet({literal(str(log.events))})"
    keys = [reading.key for reading in registers]
    names = [register.id for register in folder.case.register_]
    _number(bench, names, [reading.events for reading in registers], keys)
    _union(bench, "rejected_row", [reading.rejects for reading in registers], keys)
    _show_logs(bench, logs, reports)
    return reports


def _one_at_a_time(progress: Callable[[int], None] | None) -> Callable[[int], None] | None:
    """``progress`` for readers in several threads."""
    if progress is None:
        return None
    lock = Lock()

    def tell(count: int) -> None:
        with lock:
            progress(count)

    return tell


def _registers(
    bench: Workbench, folder: CaseFolder, items: Sequence[EvidenceItem], code: str, tell: Callable[[int], None] | None
) -> list[_Reading]:
    readings = []
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

        def read(
            engine: Engine, register: Register = register, zone: str = zone, target: Path = target,
            refused: Path = refused, fresh: Sequence[EvidenceItem] = fresh, journal: Sequence[EvidenceItem] = journal,
        ) -> dict[str, Any]:  # fmt: skip
            report = read_register(
                engine, register=register, time_zone=zone, base_date=folder.case.case.base_date,
                files=[(item.evidence_id, folder.path / item.path) for item in fresh],
                journal=[(item.evidence_id, folder.path / item.path) for item in journal],
                versions=target, rejects=refused, progress=tell,
            )  # fmt: skip
            return asdict(report)

        readings.append(_Reading(key, target, refused, note, read))
    return readings


def _logs(
    bench: Workbench, folder: CaseFolder, items: Sequence[EvidenceItem], code: str, tell: Callable[[int], None] | None
) -> list[_Reading]:
    logs = {log.id: log for log in folder.case.log}
    readings = []
    for item in items:
        if item.role != "log" or item.same_as is not None:
            continue
        log = logs[item.source]
        zone = log.time_zone or folder.case.case.time_zone
        reader = log.model_dump(mode="json", exclude=NOT_READER)
        key = digest(code, reader, zone, item.evidence_id, item.sha256)
        target, refused, note = _paths(bench.folder, f"log-{item.evidence_id}", key)

        def read(
            engine: Engine, item: EvidenceItem = item, log: Log = log, zone: str = zone, target: Path = target,
            refused: Path = refused,
        ) -> dict[str, Any]:  # fmt: skip
            path = folder.path / item.path
            told = {"path": item.path, "log": log.id}
            found = view_parquet(
                engine, evidence_id=item.evidence_id, path=path, log=log, time_zone=zone, rejects=refused
            )
            if found is not None:
                if tell is not None:
                    tell(path.stat().st_size)
                return {**asdict(found.report), **told, "view": found.view}
            report = read_log(
                engine, evidence_id=item.evidence_id, path=path, log=log, time_zone=zone,
                events=target, rejects=refused, progress=tell,
            )  # fmt: skip
            return {**asdict(report), **told}

        readings.append(_Reading(key, target, refused, note, read))
    return readings


def _show_logs(bench: Workbench, logs: Sequence[_Reading], reports: Reports) -> None:
    """The tables of the lines kept and of those rejected, over all files."""
    rejects = [reading.rejects for reading in logs]
    keys = [reading.key for reading in logs]
    statements_of(bench.engine)  # the macros that views in place use
    if not logs:
        rejects.append(bench.folder / "reject-none.parquet")
        bench.engine.write(
            "select 0::integer as evidence_id, 0::bigint as line_no, 0::integer as item_no, 0::bigint as byte_offset, "
            "''::varchar as reason, ''::varchar as detail where false order by line_no",
            rejects[0],
        )
    parts = " union all by name ".join(f"select * from {source}" for source in together(list(reports.parsed.values())))
    bench.engine.run(f"create or replace temp view parsed_line as {parts or EMPTY_EVENTS}")
    bench.tables["parsed_line"] = Table("parsed_line", digest("parsed_line", keys), (), 0)
    bench.engine.run('create or replace temp view parsed_event as select * rename ("at" as event_at) from parsed_line')
    bench.tables["parsed_event"] = bench.tables["parsed_line"]
    _union(bench, "rejected_line_all", rejects, keys)
    bench.engine.run(
        "create or replace temp view rejected_line as select *, "
        f"list_contains({literal(list(HARMLESS))}, reason) as is_harmless from rejected_line_all"
    )
    bench.tables["rejected_line"] = bench.tables["rejected_line_all"]
    cut = [report["evidence_id"] for report in reports.logs if report["truncated"]]
    values = ", ".join(f"({number}::integer)" for number in cut) or "(null::integer)"
    bench.engine.run(
        f"create or replace temp view truncated_evidence as select * from (values {values}) t(evidence_id) "
        "where evidence_id is not null"
    )
    bench.tables["truncated_evidence"] = Table("truncated_evidence", digest(cut), (), len(cut))


def together(sources: Sequence[str]) -> list[str]:
    """The same sources, as few as can be: planning is paid for each source, at each question.

    The files that were copied make one list; so do those read in place of which the same is asked.

    >>> together(["read_parquet('a')", "(select 1)", "read_parquet('b')"])
    ["read_parquet(['a', 'b'], union_by_name = true)", '(select 1)']
    """
    copied = [source[len("read_parquet(") : -1] for source in sources if source.startswith("read_parquet(")]
    whole = [f"read_parquet([{', '.join(copied)}], union_by_name = true)"] if copied else []
    alike: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for source in sources:
        if (found := IN_PLACE.fullmatch(source)) is not None:
            alike.setdefault((found["columns"], found["rest"]), []).append((found["id"], found["file"]))
        elif not source.startswith("read_parquet("):
            whole.append(source)
    for (columns, rest), files in alike.items():
        ids = ", ".join(number for number, _file in files)
        paths = ", ".join(path for _number, path in files)
        whole.append(
            f"(select ([{ids}])[file_index::bigint + 1]::integer as evidence_id, {columns} "
            f"from read_parquet([{paths}], file_row_number = true, union_by_name = true){rest})"
        )
    return whole


IN_PLACE = re.compile(
    r"\(select (?P<id>\d+)::integer as evidence_id, (?P<columns>.*) "
    r"from read_parquet\((?P<file>'(?:[^']|'')*'), file_row_number = true\)(?P<rest>[^()]*)\)",
    re.DOTALL,
)
"""The events of one file read in place (``evidence/formats/in_place.py``)."""
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


def _number(bench: Workbench, registers: Sequence[str], files: Sequence[Path], keys: list[str]) -> None:
    """``register_file``: the versions of all registers, numbered in the order of register, record and time."""
    parts = [
        f"select *, file_row_number + {place * MOST_VERSIONS} as version_no "
        f"from read_parquet({literal(str(path))}, file_row_number = true)"
        for place, (_register, path) in enumerate(sorted(zip(registers, files, strict=True)))
    ]
    bench.engine.run(f"create or replace temp view register_file as {' union all by name '.join(parts)}")
    bench.tables["register_file"] = Table("register_file", digest("register_file", registers, keys), tuple(files), 0)


def _union(bench: Workbench, name: str, files: Iterable[Path], keys: list[str]) -> None:
    paths = tuple(files)
    listing = literal([str(path) for path in paths])
    if paths:
        bench.engine.run(
            f"create or replace temp view {name} as select * from read_parquet({listing}, union_by_name = true)"
        )
    bench.tables[name] = Table(name, digest(name, keys), paths, 0)
