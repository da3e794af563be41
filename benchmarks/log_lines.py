"""Lines of logs in each text format, as many as wanted: what ``read_formats.py`` reads."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from typing import Any

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
