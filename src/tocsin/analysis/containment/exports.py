"""Indicators as they leave the house: CSV that no spreadsheet executes, and a STIX 2.1 bundle.

The bundle is written here: it is a few dictionaries, and the tests hold it against the reference library. Identifiers
are UUIDv5 of what an object says, in a name space of our own (STIX 2.1, 2.9): the same run gives the same bytes, and
what changed is another object.

>>> spreadsheet_safe("=cmd|' /C calc'!A0")
"'=cmd|' /C calc'!A0"
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import ipaddress
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid5

from tocsin.analysis.containment.indicators import Indicator

NAME_SPACE = UUID("6e0f3a1c-4a86-5c8f-9d0e-0b7d3a52c9f1")
TLP_AMBER: dict[str, Any] = {
    "type": "marking-definition", "spec_version": "2.1",
    "id": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", "created": "2017-01-20T00:00:00.000Z",
    "definition_type": "tlp", "name": "TLP:AMBER", "definition": {"tlp": "amber"},
}  # fmt: skip
"""As given by STIX 2.1, 7.2.1.4: the receiver may share it inside its organisation, on a need-to-know basis."""
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def spreadsheet_safe(value: object) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection): an apostrophe stands before it."""
    text = "" if value is None else instant(value) if isinstance(value, dt.datetime) else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text


def instant(value: dt.datetime) -> str:
    """An instant as STIX and scripts read it: UTC, milliseconds."""
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV text, every cell quoted and safe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([spreadsheet_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def write_indicators_csv(indicators: Iterable[Indicator]) -> str:
    """The indicators as a table."""
    return write_csv(
        ("kind", "value", "first_seen", "last_seen", "sessions", "source"),
        [(item.kind, item.value, item.first_seen, item.last_seen, item.sessions, item.source) for item in indicators],
    )


def write_stix(indicators: Sequence[Indicator], *, start: dt.datetime) -> str:
    """The indicators as a STIX 2.1 bundle; ``start`` of the period examined dates the traits told without a date."""
    maker = _object(
        "identity",
        "2017-01-20T00:00:00.000Z",
        name="Tocsin",
        identity_class="system",
        object_marking_refs=[TLP_AMBER["id"]],
    )
    objects = [TLP_AMBER, maker, *(_indicator(item, str(maker["id"]), start) for item in indicators)]
    whole = {
        "type": "bundle",
        "id": f"bundle--{uuid5(NAME_SPACE, json.dumps(objects, sort_keys=True))}",
        "objects": objects,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _indicator(item: Indicator, maker: str, start: dt.datetime) -> dict[str, Any]:
    since = item.first_seen or start
    made = item.last_seen if item.source == "seen" and item.last_seen else since
    more: dict[str, Any] = {}
    if item.source == "told" and item.last_seen is not None and item.last_seen > since:
        more["valid_until"] = instant(item.last_seen)
    return _object(
        "indicator", instant(made), created_by_ref=maker, name=item.value, indicator_types=["malicious-activity"],
        pattern=pattern_of(item), pattern_type="stix", pattern_version="2.1", valid_from=instant(since),
        object_marking_refs=[TLP_AMBER["id"]], **more,
    )  # fmt: skip


def _object(kind: str, made: str, **content: Any) -> dict[str, Any]:
    told = {"type": kind, "spec_version": "2.1", "created": made, "modified": made, **content}
    return {**told, "id": f"{kind}--{uuid5(NAME_SPACE, json.dumps(told, sort_keys=True))}"}


def pattern_of(item: Indicator) -> str:
    """The STIX pattern of a trait.

    >>> pattern_of(Indicator("address", "203.0.113.0/24", None, None, None, "told"))
    "[ipv4-addr:value ISSUBSET '203.0.113.0/24']"
    >>> pattern_of(Indicator("user_agent", "it's", None, None, None, "told"))
    "[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = 'it\\\\'s']"
    """
    if item.kind == "address":
        network = ipaddress.ip_network(item.value, strict=False)
        path = f"ipv{network.version}-addr:value"
        if network.num_addresses == 1:
            return f"[{path} = {_quoted(str(network.network_address))}]"
        return f"[{path} ISSUBSET {_quoted(str(network))}]"
    path = "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'"
    if "*" in item.value:
        expression = "^" + ".*".join(re.escape(part) for part in item.value.split("*")) + "$"
        return f"[{path} MATCHES {_quoted(expression)}]"
    return f"[{path} = {_quoted(item.value)}]"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
