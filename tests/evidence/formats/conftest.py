"""One call to read bytes as a log; whatever was read, its lines are counted."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import zstandard

from tocsin.engine.duck import Engine
from tocsin.evidence.case.model import Log
from tocsin.evidence.formats import ReadReport, read_log

PACKINGS = {"plain": bytes, "gzip": gzip.compress, "zstd": zstandard.ZstdCompressor().compress}


@dataclass(frozen=True)
class Read:
    report: ReadReport
    events: list[dict[str, Any]]
    rejects: list[dict[str, Any]]

    @property
    def event(self) -> dict[str, Any]:
        (only,) = self.events
        return only

    @property
    def reasons(self) -> dict[str, int]:
        return dict(self.report.reasons)

    def each(self, *names: str) -> list[Any]:
        """The values of one field, or of several, event by event."""
        return [row[names[0]] if len(names) == 1 else tuple(row[name] for name in names) for row in self.events]


class Reader:
    """Reads bytes, or a file, as the log that the options describe."""

    packings = tuple(PACKINGS)

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.folder = folder

    def log(self, format_: str, **options: Any) -> Log:
        return Log(id="log", portal="p", node="n", files=("x",), format=format_, **options)  # type: ignore[arg-type]

    def bytes(
        self, data: bytes | str, format_: str, *, packing: str = "plain", zone: str = "UTC", **options: Any
    ) -> Read:
        content = data.encode() if isinstance(data, str) else data
        path = self.folder / "input"
        path.write_bytes(PACKINGS[packing](content))
        return self.path(path, format_, zone=zone, **options)

    def path(self, path: Path, format_: str, *, zone: str = "UTC", **options: Any) -> Read:
        events, rejects = self.folder / "events.parquet", self.folder / "rejects.parquet"
        report = read_log(
            self.engine,
            evidence_id=7,
            path=path,
            log=self.log(format_, **options),
            time_zone=zone,
            events=events,
            rejects=rejects,
        )
        at = """strftime("at", '%Y-%m-%dT%H:%M:%S.%f') as "at" """
        read = Read(
            report,
            self.engine.records(f"select * replace ({at}) from read_parquet('{events}')"),
            self.engine.records(f"from read_parquet('{rejects}')"),
        )
        check_accounts(read)
        return read


def check_accounts(read: Read) -> None:
    """Every line is accounted for, once, in order."""
    report = read.report
    assert report.lines_read == report.lines_kept + report.lines_rejected
    assert sum(count for _reason, count in report.reasons) == len(read.rejects)
    assert report.items_kept == sum(row["item_no"] > 0 for row in read.events)
    assert report.items_rejected == sum(row["item_no"] > 0 for row in read.rejects)
    kept = [(row["line_no"], row["item_no"]) for row in read.events]
    refused = [(row["line_no"], row["item_no"]) for row in read.rejects]
    assert kept == sorted(set(kept))
    assert refused == sorted(set(refused))
    assert not set(kept) & set(refused)
    assert all(row["evidence_id"] == 7 and row["record_ids"] is not None for row in read.events)
    assert all(len(row["detail"] or "") <= 200 for row in read.rejects)


@pytest.fixture(scope="package")
def engine() -> Iterator[Engine]:
    with Engine(threads=2) as shared:
        yield shared


@pytest.fixture(scope="package")
def reader(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(engine, tmp_path_factory.mktemp("formats"))


@pytest.fixture(scope="session")
def real_logs() -> Path:
    """Logs that others wrote, kept beside the project."""
    folder = Path(__file__).parents[4] / "shared" / "data" / "access_logs"
    if not folder.is_dir():
        pytest.skip("the real logs are not beside the project (../shared/data/access_logs)")
    return folder
