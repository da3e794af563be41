"""Small helpers of the register tests: write a file, read it as a register, look at the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tocsin.engine import Engine
from tocsin.evidence.case.model import Register
from tocsin.evidence.registers import RegisterReport, read_register

BASE_DATE = date(2024, 1, 22)


@dataclass(frozen=True)
class Outcome:
    report: RegisterReport
    versions: list[dict[str, Any]]
    rejects: list[dict[str, Any]]
    quality: dict[str, Any]


def read(
    engine: Engine, folder: Path, files: Sequence[bytes | Path], columns: Mapping[str, str], *,
    journal: Sequence[bytes | Path] = (), suffix: str = "csv", **declared: Any,
) -> Outcome:  # fmt: skip
    def place(number: int, content: bytes | Path) -> tuple[int, Path]:
        if isinstance(content, Path):
            return number, content
        path = folder / f"file-{number}.{suffix}"
        path.write_bytes(content)
        return number, path

    state = [place(n, content) for n, content in enumerate(files, 1)]
    changes = [place(n, content) for n, content in enumerate(journal, len(files) + 1)]
    register = Register(id="people", files=("unused",), columns=dict(columns), **declared)
    versions, rejects = folder / "out" / "versions.parquet", folder / "out" / "rejects.parquet"
    report = read_register(
        engine, register=register, files=state, journal=changes, base_date=BASE_DATE, time_zone="Europe/Paris",
        versions=versions, rejects=rejects, quality=folder / "out" / "quality.parquet",
    )  # fmt: skip
    outcome = Outcome(
        report, pq.read_table(versions).to_pylist(), pq.read_table(rejects).to_pylist(),
        {one.column: one for one in report.quality},
    )  # fmt: skip
    check_accounts(outcome)
    return outcome


def check_accounts(outcome: Outcome) -> None:
    """What holds of every reading."""
    report = outcome.report
    assert report.rows_read == report.rows_kept + report.rows_rejected
    assert len(outcome.rejects) == report.rows_rejected == sum(count for _, count in report.reasons)
    assert len(outcome.versions) == report.versions
    assert len({row["record_id"] for row in outcome.versions}) == report.records
    keys = [(row["record_id"], row["valid_from"]) for row in outcome.versions]
    assert len(set(keys)) == len(keys)
    ordered = sorted(keys, key=lambda k: (k[0].encode(), k[1] is not None, k[1] or 0))
    assert keys == ordered
