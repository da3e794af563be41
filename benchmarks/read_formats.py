"""How fast logs are read, beside DuckDB's own readers of the same files.

Both sides write the columns they read as Parquet, in turn, several times; the best time of each counts. DuckDB's
readers number no line, keep no offset, refuse no line by its reason and stop at bad bytes: they are the ceiling.

    PYTHONPATH=src python benchmarks/read_formats.py --lines 1000000
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard
from rich.console import Console
from rich.table import Table

from tocsin.engine.duck import Engine, literal
from tocsin.evidence.case.model import Log
from tocsin.evidence.formats import read_log

AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"


def clock_of(second: int) -> str:
    """The time of day, ``hh:mm:ss``."""
    return f"{second // 3600 % 24:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def ocsf_lines(count: int, dice: random.Random) -> Iterator[str]:
    """API activity: two record reads for one search."""
    for n in range(count):
        is_search = n % 3 == 0
        data = (
            {"criteria": {"nom": f"NOM{n % 9973}", "ddn": "1980-01-02"}, "page": 1, "page_size": 20}
            if is_search
            else None
        )
        yield json.dumps(
            {
                "class_uid": 6003,
                "activity_id": 2,
                "time": 1706000000000 + n * 37,
                "metadata": {"sequence": n, "uid": f"{dice.getrandbits(64):016x}", "version": "1.1.0"},
                "actor": {"user": {"uid": f"PS{n % 4999:05d}"}, "session": {"uid": f"{n // 40:024x}"}},
                "src_endpoint": {"ip": f"10.{n % 200}.{n % 97}.4"},
                "http_request": {"user_agent": AGENT},
                "http_response": {"code": 200, "length": dice.randrange(900, 20_000)},
                "api": {
                    "operation": "search" if is_search else "read",
                    "request": {"uid": f"{n:016x}", "data": data},
                    "response": {"data": {"returned": 20, "total": 33} if is_search else None},
                },
                "status": "Success",
                "resources": [] if is_search else [{"uid": f"B{dice.randrange(10**7)}"}],
            },
            separators=(",", ":"),
        )


def fhir_lines(count: int, dice: random.Random) -> Iterator[str]:
    """Audit events: three patient reads for one search."""
    for n in range(count):
        is_search = n % 4 == 0
        entities: list[dict[str, Any]] = [
            {"what": {"reference": f"Patient/B{dice.randrange(10**7)}"}, "type": {"code": "1"}, "role": {"code": "1"}}
        ]
        if is_search:
            query = base64.b64encode(
                f"GET https://h/r4/Patient?family=NOM{n}&_count=20&_offset={n % 90}".encode()
            ).decode()
            entities.append({"type": {"code": "2"}, "role": {"code": "24"}, "query": query})
        client, server = ("110153", "110152") if is_search else ("110152", "110153")
        yield json.dumps(
            {
                "resourceType": "AuditEvent",
                "type": {"code": "rest"},
                "subtype": [{"code": "search" if is_search else "read"}],
                "recorded": f"2024-01-22T{clock_of(n)}.123+01:00",
                "outcome": "0",
                "agent": [
                    {
                        "type": {"coding": [{"code": client}]},
                        "requestor": False,
                        "network": {"address": f"10.0.{n % 200}.1"},
                    },
                    {
                        "type": {"coding": [{"code": server}]},
                        "requestor": False,
                        "network": {"address": "http://h/fhir"},
                    },
                    {"who": {"identifier": {"value": f"PS{n % 4999:05d}"}}, "requestor": True},
                ],
                "entity": entities,
            },
            separators=(",", ":"),
        )


def combined_lines(count: int, dice: random.Random) -> Iterator[str]:
    """Requests of a portal behind nginx."""
    for n in range(count):
        yield (
            f"10.{n % 200}.{n % 97}.4 - PS{n % 4999:05d} [22/Jan/2024:{clock_of(n)} +0100]"
            f' "GET /members/B{dice.randrange(10**7)}/card HTTP/1.1" 200 {dice.randrange(900, 20_000)} "-" "{AGENT}"'
        )


def csv_lines(count: int, dice: random.Random) -> Iterator[str]:
    """A portal's own CSV, with local times."""
    yield "horodatage;compte;session;ip;fonction;code;octets;beneficiaires;seq"
    for n in range(count):
        yield (
            f"2024-01-22 {clock_of(n)}.123;PS{n % 4999:05d};{n // 40:024x};10.{n % 200}.1.4;"
            f"CONSULTER;200;{dice.randrange(900, 20_000)};B{dice.randrange(10**7)}|B{n % 9973};{n}"
        )


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
    Case(log_of("ocsf"), ocsf_lines, json_reader(OCSF_COLUMNS)),
    Case(log_of("fhir"), fhir_lines, json_reader(FHIR_COLUMNS)),
    Case(log_of("combined", url=CARD), combined_lines, split_on_spaces),
    Case(log_of("csv", fields=CSV_FIELDS), csv_lines, split_on_semicolons),
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


def best(task: Callable[[], None], other: Callable[[], None], rounds: int) -> tuple[float, float]:
    """The best time of each, taken in turn so that both meet the same neighbours."""
    times: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for kept, run in zip(times, (task, other), strict=True):
            start = time.perf_counter()
            run()
            kept.append(time.perf_counter() - start)
    return min(times[0]), min(times[1])


def measure(case: Case, path: Path, folder: Path, threads: int, rounds: int) -> tuple[float, float]:
    """Seconds of ours and of the reference."""

    def ours() -> None:
        with Engine(threads=threads) as engine:
            read_log(
                engine,
                evidence_id=1,
                path=path,
                log=case.log,
                time_zone="Europe/Paris",
                events=folder / "ours.parquet",
                rejects=folder / "rejects.parquet",
            )

    def reference() -> None:
        with Engine(threads=threads) as engine:
            engine.write(case.reference(literal(str(path))), folder / "reference.parquet")

    return best(ours, reference, rounds)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--formats", nargs="*", default=[case.log.format for case in CASES])
    options.add_argument("--packings", nargs="*", default=["plain", "gzip", "zstd"])
    given = options.parse_args()
    table = Table("format", "packing", "MB", "seconds", "MB/s", "lines/s", "reference s", "ratio")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case in (case for case in CASES if case.log.format in given.formats):
            plain = folder / case.log.format
            with plain.open("w", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in case.lines(given.lines, random.Random(1)))
            size = plain.stat().st_size
            for packing in given.packings:
                ours, reference = measure(case, pack(plain, packing), folder, given.threads, given.rounds)
                table.add_row(
                    case.log.format,
                    packing,
                    f"{size / 1e6:.0f}",
                    f"{ours:.2f}",
                    f"{size / ours / 1e6:.0f}",
                    f"{given.lines / ours:,.0f}",
                    f"{reference:.2f}",
                    f"{reference / ours:.2f}",
                )
            for path in folder.glob(f"{case.log.format}*"):
                path.unlink()
    Console().print(table)


if __name__ == "__main__":
    main()
