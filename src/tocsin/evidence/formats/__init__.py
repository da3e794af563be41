"""Reading logs: one vendor's line in each file, one table for all of them.

:func:`read_log` writes ``parsed_event`` (one row for each event, times in UTC, each row with its line number and the
offset of its first byte) and ``rejected_line`` (every line that is not an event, with the reason).

>>> import tempfile
>>> log = Log(id="a", portal="p", node="n", files=("a",), format="ndjson", fields={"time": "$.t", "account": "$.who"})
>>> with tempfile.TemporaryDirectory() as name, Engine(threads=1) as engine:
...     folder = Path(name)
...     _size = (folder / "a.log").write_text('{"t": "2024-01-22T08:00:00+01:00", "who": "42"}' + chr(10) + "broken")
...     report = read_log(engine, evidence_id=1, path=folder / "a.log", log=log, time_zone="Europe/Paris",
...                       events=folder / "e.parquet", rejects=folder / "r.parquet")
>>> report.lines_read, report.lines_kept, report.reasons, report.first_at
(2, 1, (('not-json', 1),), '2024-01-22T07:00:00.000000Z')
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tocsin.engine.duck import Engine
from tocsin.evidence.case.model import Log
from tocsin.evidence.formats.combined import open_combined
from tocsin.evidence.formats.delimited import open_csv
from tocsin.evidence.formats.fhir import open_fhir
from tocsin.evidence.formats.ndjson import open_json, open_ndjson
from tocsin.evidence.formats.ocsf import open_ocsf
from tocsin.evidence.formats.parquet import open_parquet
from tocsin.evidence.formats.read import read_file
from tocsin.evidence.formats.registry import Opens
from tocsin.evidence.formats.report import ReadReport

FORMATS: dict[str, Opens] = {
    "combined": open_combined,
    "csv": open_csv,
    "fhir": open_fhir,
    "json": open_json,
    "ndjson": open_ndjson,
    "ocsf": open_ocsf,
    "parquet": open_parquet,
}

__all__ = ["FORMATS", "ReadReport", "read_log"]


def read_log(
    engine: Engine,
    *,
    evidence_id: int,
    path: Path,
    log: Log,
    time_zone: str,
    events: Path,
    rejects: Path,
    progress: Callable[[int], None] | None = None,
) -> ReadReport:
    """Read the file ``path`` as ``log`` says, write ``events`` and ``rejects`` as Parquet, and report.

    ``time_zone`` is that of times written without offset when ``log`` declares none. ``progress`` receives the bytes
    of the file consumed since it was last called. Whatever the file holds, nothing but
    :class:`~tocsin.errors.TocsinError` is raised.
    """
    return read_file(
        engine, FORMATS[log.format](log), evidence_id=evidence_id, path=path, log=log, time_zone=time_zone,
        events=events, rejects=rejects, progress=progress,
    )  # fmt: skip
