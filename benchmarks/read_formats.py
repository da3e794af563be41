"""How fast logs are read, beside DuckDB's own readers of the same files.

Both sides write the columns they read as Parquet, in turn, several times; the best of each counts, in processor seconds
(user and system, all threads) and in seconds. DuckDB's readers number no line, keep no offset, refuse no line by its
reason and stop at bad bytes: they are the ceiling.

    PYTHONPATH=src python benchmarks/read_formats.py [--lines 200000] [--budget 120]

Ends soon after ``--budget`` seconds: once they are spent, each file is still read, but once.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard
from rich.console import Console
from rich.table import Table

from log_lines import combined_lines, csv_lines, fhir_lines, ocsf_lines
from tocsin.engine.duck import Engine, literal
from tocsin.evidence.case.model import Log
from tocsin.evidence.formats import read_log

OCSF_COLUMNS = {
    "class_uid": "INTEGER",
    "time": "BIGINT",
    "metadata": "STRUCT(sequence BIGINT, uid VARCHAR)",
    "actor": 'STRUCT("user" STRUCT(uid VARCHAR), session STRUCT(uid VARCHAR))',
    "src_endpoint": "STRUCT(ip VARCHAR)",
    "http_request": "STRUCT(user_agent VARCHAR)",
    "http_response": "STRUCT(code INTEGER, length BIGINT)",
    "api": "STRUCT(operation VARCHAR,"
    " request STRUCT(uid VARCHAR, data STRUCT(criteria JSON, page INTEGER, page_size INTEGER)),"
    " response STRUCT(data STRUCT(returned BIGINT, total BIGINT)))",
    "status": "VARCHAR",
    "resources": "STRUCT(uid VARCHAR)[]",
}
FHIR_COLUMNS = {
    "resourceType": "VARCHAR",
    "recorded": "VARCHAR",
    "outcome": "VARCHAR",
    "subtype": "STRUCT(code VARCHAR)[]",
    "agent": 'STRUCT("type" STRUCT(coding STRUCT(code VARCHAR)[]), who STRUCT(identifier STRUCT("value" VARCHAR)),'
    " requestor BOOLEAN, network STRUCT(address VARCHAR))[]",
    "entity": 'STRUCT(what STRUCT(reference VARCHAR), "type" STRUCT(code VARCHAR),'
    " role STRUCT(code VARCHAR), query VARCHAR)[]",
}


def json_reader(columns: dict[str, str]) -> Callable[[str], str]:
    """DuckDB's JSON reader with declared columns."""
    declared = "{" + ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in columns.items()) + "}"
    return lambda path: f"select * from read_json({path}, format = 'newline_delimited', columns = {declared})"


def split_on_spaces(path: str) -> str:
    """DuckDB's CSV reader, on blanks and quotes."""
    return f"select * from read_csv({path}, delim = ' ', quote = '\"', header = false, all_varchar = true)"


def split_on_semicolons(path: str) -> str:
    """DuckDB's CSV reader, with the types told."""
    return f"select * from read_csv({path}, delim = ';', header = true, types = {{'horodatage': 'TIMESTAMP'}})"


@dataclass(frozen=True)
class Case:
    """One format: its lines, how we read them, how DuckDB does."""

    log: Log
    lines: Callable[[int, random.Random], Iterator[str]]
    reference: Callable[[str], str]
    reader: str


def log_of(kind: str, **options: Any) -> Log:
    """The declaration of a log in that format."""
    return Log(id=kind, portal="p", node="n", files=("x",), format=kind, **options)


CSV_FIELDS = {
    "time": "horodatage",
    "account": "compte",
    "session_token": "session",
    "address": "ip",
    "action": "fonction",
    "status": "code",
    "bytes": "octets",
    "record_ids": "beneficiaires",
    "sequence_no": "seq",
}
CARD = ({"path": "/members/{record_id}/card", "action": "card"},)
CASES = (
    Case(log_of("ocsf"), ocsf_lines, json_reader(OCSF_COLUMNS), "read_json"),
    Case(log_of("fhir"), fhir_lines, json_reader(FHIR_COLUMNS), "read_json"),
    Case(log_of("combined", url=CARD), combined_lines, split_on_spaces, "read_csv"),
    Case(log_of("csv", fields=CSV_FIELDS), csv_lines, split_on_semicolons, "read_csv"),
)


def pack(plain: Path, packing: str) -> Path:
    """The same file, compressed."""
    path = plain.with_name(plain.name + {"plain": "", "gzip": ".gz", "zstd": ".zst"}[packing])
    with plain.open("rb") as source:
        if packing == "gzip":
            with gzip.open(path, "wb", compresslevel=6) as target:
                shutil.copyfileobj(source, target, 1 << 20)
        elif packing == "zstd":
            with path.open("wb") as target:
                zstandard.ZstdCompressor().copy_stream(source, target)
    return path


@dataclass(frozen=True)
class Cost:
    """What one reading took."""

    seconds: float
    cpu: float


def cost_of(task: Callable[[], None]) -> Cost:
    """Run ``task`` once."""
    start, before = time.perf_counter(), os.times()
    task()
    after = os.times()
    return Cost(time.perf_counter() - start, after.user + after.system - before.user - before.system)


def best(task: Callable[[], None], other: Callable[[], None], rounds: int, until: float) -> tuple[Cost, Cost]:
    """The best of each, taken in turn so that both meet the same neighbours."""
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for turn in range(rounds):
        if turn and time.perf_counter() > until:
            break
        for kept, run in zip(costs, (task, other), strict=True):
            kept.append(cost_of(run))
    ours, theirs = (Cost(min(one.seconds for one in kept), min(one.cpu for one in kept)) for kept in costs)
    return ours, theirs


def measure(case: Case, path: Path, folder: Path, options: argparse.Namespace, until: float) -> tuple[Cost, Cost]:
    """What ours and the reference cost."""

    def ours() -> None:
        with Engine(threads=options.threads) as engine:
            read_log(
                engine, evidence_id=1, path=path, log=case.log, time_zone="Europe/Paris",
                events=folder / "ours.parquet", rejects=folder / "rejects.parquet",
            )  # fmt: skip

    def reference() -> None:
        with Engine(threads=options.threads) as engine:
            engine.write(case.reference(literal(str(path))), folder / "reference.parquet")

    return best(ours, reference, options.rounds, until)


def rows_of(case: Case, folder: Path, given: argparse.Namespace, until: float) -> Iterator[tuple[str, ...]]:
    """The rows of the table for one format."""
    kind = case.log.format
    plain = folder / kind
    with plain.open("w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in case.lines(given.lines, random.Random(1)))
    size = plain.stat().st_size
    for packing in given.packings:
        path = pack(plain, packing)
        ours, theirs = measure(case, path, folder, given, until)
        ratio = f"{theirs.cpu / ours.cpu:.2f}"
        print(f"{kind} {packing}: {ours.cpu:.2f} s of processor, {case.reader} {theirs.cpu:.2f}", file=sys.stderr)
        yield (
            kind, packing, f"{size / 1e6:.0f}", f"{size / path.stat().st_size:.1f}", f"{ours.seconds:.2f}",
            f"{size / ours.seconds / 1e6:.0f}", f"{given.lines / ours.seconds:,.0f}",
            f"{1e6 * ours.cpu / given.lines:.1f}", case.reader, f"{theirs.seconds / ours.seconds:.2f}", ratio,
        )  # fmt: skip
        if path != plain:
            path.unlink()
    plain.unlink()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--lines", type=int, default=200_000, help="lines of each file")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--rounds", type=int, default=3, help="readings of each file, at most")
    options.add_argument("--budget", type=float, default=120, help="seconds after which each file is read once")
    options.add_argument("--formats", nargs="*", default=[case.log.format for case in CASES])
    options.add_argument("--packings", nargs="*", default=["plain", "gzip", "zstd"])
    given = options.parse_args()
    until = time.perf_counter() + given.budget
    table = Table(
        "format", "packing", "MB", "packed", "seconds", "MB/s", "lines/s", "CPU us/line", "beside", "ratio",
        "CPU ratio", title=f"{given.lines:,} lines, {given.threads} threads; ratio: the reference divided by ours",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        for case in (case for case in CASES if case.log.format in given.formats):
            for row in rows_of(case, Path(name), given, until):
                table.add_row(*row)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
