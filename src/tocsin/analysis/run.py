"""A run: an immutable folder named by the fingerprint of all that it rests on. Same inputs, same bytes.

``runs/<fingerprint>/run.json`` says on what (digests of evidence, case file and decisions, versions, the SQL that ran,
row counts); ``tables/`` holds the findings; ``controllers/<id>/`` one list for each controller, its own people only.
Durations stand apart, in ``durations.json`` beside the fingerprinted files, since they differ from run to run.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from tocsin import __version__
from tocsin.analysis.alone import alone_in
from tocsin.analysis.facts import categories_of
from tocsin.analysis.hypotheses import hypotheses_of
from tocsin.analysis.lists import write_lists
from tocsin.analysis.pipeline import Findings, compute_findings
from tocsin.analysis.reading import digest_of_code
from tocsin.analysis.remarks import remarks_of
from tocsin.engine import Engine
from tocsin.engine.workbench import digest
from tocsin.errors import TocsinError
from tocsin.evidence import chain
from tocsin.evidence.case import CaseFolder
from tocsin.evidence.decisions import APART, decisions_in_force
from tocsin.evidence.seal import EvidenceItem, digest_file, seal_new_files, verify_seals
from tocsin.language import _

TABLES = (
    "access_session", "session_signal", "hostile_session", "intruder_trait", "hostile_event", "compromised_account",
    "log_coverage",
    "coverage_gap", "coverage_share", "clock_offset", "redelivered_line", "gap_window", "replay_event", "replay_check",
    "replayed_read", "unresolved", "person", "doubtful_pair", "figure", "category_figure", "negative", "holding",
)  # fmt: skip
"""Tables kept as they are; ``exposure`` and the lists are written with category names."""
REJECTED_LINES = "select * from rejected_line_all order by evidence_id, line_no, item_no, reason"
REJECTED_ROWS = "select * from rejected_row order by evidence_id, line_no, reason, detail"
"""Each line and row that was refused, with its number and reason: nothing disappears, even when ``.work`` does."""


@dataclass(frozen=True)
class Run:
    """A finished run on disk."""

    path: Path
    manifest: dict[str, Any]

    @property
    def id(self) -> str:
        return self.path.name

    def table(self, name: str) -> Path:
        """The Parquet file of a table. Raises :class:`TocsinError` ``damaged-run`` when it is gone."""
        path = self.path / "tables" / f"{name}.parquet"
        if not path.is_file():
            raise TocsinError(
                "damaged-run", _("this table of a finished run is gone"), where=str(path),
                why=_("a run is whole or is not one"),
                remedy=_("remove the folder of that run and make it again with `tocsin run`: same inputs, same bytes"),
            )  # fmt: skip
        return path


@dataclass(frozen=True)
class Watch:
    """Who hears of the progress of a run: steps as they end, bytes as they are read, files as they are sealed."""

    step: Callable[[str, float], None] = lambda _name, _seconds: None
    read: Callable[[int], None] = lambda _bytes: None
    sealed: Callable[[list[EvidenceItem]], None] = lambda _items: None


def run_case(
    folder: CaseFolder, *, who: str, memory: str | None = None, threads: int | None = None, watch: Watch | None = None
) -> Run:
    """Seal what is new, check every seal, compute, and write the run; return it (an existing one is returned as is).

    Raises :class:`TocsinError` when a seal is broken, or the evidence cannot be read at all.
    """
    watch = watch or Watch()
    _require_people(folder)
    watch.sealed(seal_new_files(folder, who=who))
    evidence = verify_seals(folder)
    decisions = decisions_in_force(folder.decisions)
    entries = [entry for entry in chain.read(folder.decisions) if entry.kind not in APART]
    inputs = {
        "case": folder.digest,
        "evidence": [[item.evidence_id, item.path, item.sha256] for item in evidence],
        "decisions": entries[-1].digest if entries else None,
        "code": digest_of_code("engine", "evidence", "analysis"),
        "engine": f"duckdb {duckdb.__version__}",
        "tocsin": __version__,
    }
    fingerprint = digest(inputs)[:12]
    target = folder.runs / fingerprint
    if (target / "run.json").exists():
        return open_run(target)
    for private in (folder.work, folder.runs):
        private.mkdir(mode=0o700, exist_ok=True)
    with alone_in(folder), Engine(memory=memory, threads=threads, spill=_emptied(folder)) as engine:
        findings = _guarded(engine, folder, evidence, decisions, watch)
        draft = folder.runs / f".draft-{fingerprint}"
        shutil.rmtree(draft, ignore_errors=True)
        (draft / "tables").mkdir(parents=True)
        _write_tables(findings, folder, draft)
        manifest = {
            "run": fingerprint,
            "case": {
                "id": folder.case.case.id, "title": folder.case.case.title,
                "base_date": folder.case.case.base_date.isoformat(), "sha256": folder.digest,
            },
            "inputs": inputs,
            "evidence": [vars(item) for item in evidence],
            "decisions": len(entries),
            "categories": categories_of(folder.case),
            "hypotheses": hypotheses_of(folder, findings),
            "remarks": remarks_of(folder, findings),
            "reading": {"logs": findings.reports.logs, "registers": findings.reports.registers},
            "steps": [
                {"name": item.name, "rows": item.rows, "inputs": list(item.inputs), "sql": item.sql}
                for item in findings.bench.tables.values() if item.sql
            ],
            "files": {
                path.relative_to(draft).as_posix(): digest_file(path)[0] for path in sorted(draft.rglob("*.parquet"))
            },
        }  # fmt: skip
        text = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True, default=str)
        (draft / "run.json").write_text(text, "utf-8")
        durations = {item.name: round(item.seconds, 3) for item in findings.bench.tables.values() if item.seconds}
        (draft / "durations.json").write_text(json.dumps(durations, indent=1), "utf-8")
    draft.replace(target)
    return open_run(target)


def _require_people(folder: CaseFolder) -> None:
    for table, rows in (("register", folder.case.register_), ("portal", folder.case.portal)):
        if not rows:
            raise TocsinError(
                "case-too-empty",
                _("the case declares no [[{table}]]").format(table=table),
                where=str(folder.path / "case.toml"),
                why=_("nobody can be named without the register that a portal shows"),
                remedy=_("describe it as in the commented example; docs/guides/first-case.md goes step by step"),
            )


def open_run(path: Path) -> Run:
    """A run on disk. Raises :class:`TocsinError` ``no-run`` when ``path`` is not one."""
    try:
        return Run(path, json.loads((path / "run.json").read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise TocsinError(
            "no-run", _("this is not a finished run"), where=str(path), remedy=_("make one with `tocsin run`")
        ) from error


def latest_run(folder: CaseFolder) -> Run:
    """The last run made. Raises :class:`TocsinError` ``no-run`` when there is none."""
    found = sorted(folder.runs.glob("*/run.json"), key=lambda path: (path.stat().st_mtime_ns, path))
    if not found:
        raise TocsinError(
            "no-run", _("this case has no run yet"), where=str(folder.path), remedy=_("make one with `tocsin run`")
        )
    return open_run(found[-1].parent)


def find_run(folder: CaseFolder, name: str | None) -> Run:
    """The run whose identifier starts with ``name``, or the last one."""
    if name is None:
        return latest_run(folder)
    known = sorted(path.parent for path in folder.runs.glob("*/run.json"))
    found = [path for path in known if path.name.startswith(name)]
    if len(found) != 1:
        raise TocsinError(
            "unknown-run",
            _("{count} runs are called {name!r}").format(count=len(found), name=name),
            where=str(folder.runs),
            remedy=_("write one of: {known}").format(known=", ".join(path.name for path in found or known) or "-"),
        )
    return open_run(found[0])


def _guarded(
    engine: Engine, folder: CaseFolder, evidence: list[EvidenceItem], decisions: Any, watch: Watch
) -> Findings:
    try:
        return compute_findings(engine, folder, evidence, decisions, announce=watch.step, progress=watch.read)
    except duckdb.OutOfMemoryException as error:
        raise TocsinError(
            "out-of-memory",
            _("the memory allowed is too small for this step"),
            where=" ".join(getattr(error, "__notes__", ())),
            why=_("finished steps are kept; nothing is lost"),
            remedy=_("run again with a larger --memory, or fewer --threads"),
        ) from error
    except duckdb.IOException as error:
        raise TocsinError(
            "disk",
            _("the disk refused a read or a write ({error})").format(error=str(error).splitlines()[0]),
            where=str(folder.work),
            why=_("finished steps are kept; nothing is lost"),
            remedy=_("free some space, then run again: it resumes at this step"),
        ) from error


def find_leftovers(folder: CaseFolder) -> list[Path]:
    """What a killed run left, if none is at work: spilled files and drafts hold personal data."""
    patterns = ((folder.work, "tocsin-spill-*"), (folder.runs, ".draft-*"), (folder.work, ".*.draft"))
    return [path for place, pattern in patterns for path in sorted(place.glob(pattern))]


def _emptied(folder: CaseFolder) -> Path:
    """The folder of temporary files, without what a killed run left there."""
    for path in find_leftovers(folder):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return folder.work


def _write_tables(findings: Findings, folder: CaseFolder, draft: Path) -> None:
    bench = findings.bench
    for name in TABLES:
        _place(bench.tables[name].files[0], draft / "tables" / f"{name}.parquet")
    bench.engine.write(REJECTED_LINES, draft / "tables" / "rejected_line.parquet")
    bench.engine.write(REJECTED_ROWS, draft / "tables" / "rejected_row.parquet")
    write_lists(bench.engine, categories_of(folder.case), draft)


def _place(source: Path, target: Path) -> None:
    """The same bytes under another name, without a copy where the file system allows."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def content_digest(run: Run) -> str:
    """One digest for all tables of a run: equal for equal findings."""
    return sha256(json.dumps(run.manifest["files"], sort_keys=True).encode()).hexdigest()
