"""Logs that nobody of this project wrote (skipped where they are absent)."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

CLOUDTRAIL = {
    "time": ("$.eventTime", '$."@timestamp"'),
    "account": ("$.userIdentity.userName", "$.userIdentity.arn", "$.userIdentity.invokedBy"),
    "address": "$.sourceIPAddress",
    "user_agent": "$.userAgent",
    "action": "$.eventName",
    "request_id": "$.requestID",
    "record_ids": "$.resources[*].ARN",
    "criteria": "$.requestParameters",
    "outcome": "$.errorCode",
}


def test_ten_thousand_apache_lines(reader: Any, real_logs: Path) -> None:
    path = real_logs / "web_access_unlabelled" / "almhuette_access_10k_pseudonymised.log.gz"
    read = reader.path(path, "combined")
    assert (read.report.lines_read, read.report.lines_kept, read.rejects) == (10_000, 10_000, [])
    content = gzip.decompress(path.read_bytes())
    assert read.report.bytes_read == len(content)
    assert all(content[row["byte_offset"] :].startswith(row["address"].encode()) for row in read.events)
    assert not any(row["status"] is None for row in read.events)


def test_cloudtrail_of_detonated_techniques(reader: Any, real_logs: Path) -> None:
    count = 0
    for path in sorted((real_logs / "stratus_cloudtrail").glob("*.json")):
        wanted = json.loads(path.read_text("utf-8"))
        read = reader.path(path, "json", fields=CLOUDTRAIL)
        assert [row["action"] for row in read.events] == [event["eventName"] for event in wanted], path.name
        assert set(read.reasons) == {"outside-items"}
        content = path.read_bytes()
        assert all(content[row["byte_offset"] : row["byte_offset"] + 1] == b"{" for row in read.events)
        count += len(read.events)
    assert count == 143


def test_cloudtrail_lines(reader: Any, real_logs: Path) -> None:
    (path,) = (real_logs / "otrf_mordor").glob("*.json")
    wanted = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    read = reader.path(path, "ndjson", fields=CLOUDTRAIL)
    assert read.each("action") == [event["eventName"] for event in wanted]
    assert not read.rejects
    assert all(
        read.each("account")[n] == event["userIdentity"]["userName"]
        for n, event in enumerate(wanted)
        if event["userIdentity"].get("userName")
    )


def test_labelled_events_of_many_vendors(reader: Any, real_logs: Path) -> None:
    fields = {
        "time": (
            "$.log.eventTime",
            "$.log.published",
            "$.log.p_event_time",
            "$.log.created_at",
            "$.log.date",
            "$.log.time",
            "$.log.data.date",
            "$.log.timestamp",
            "$.log.createdDateTime",
            "$.log.id.time",
            "$.log.attributes.time",
        ),
        "account": ("$.log.actor.alternateId", "$.log.actor.email", "$.log.userIdentity.arn"),
        "action": ("$.log.eventName", "$.log.eventType", "$.log.operationName"),
    }
    path = real_logs / "panther_labelled_events" / "events_open.jsonl.gz"
    read = reader.path(path, "ndjson", fields=fields)
    wanted = [json.loads(line)["log"] for line in gzip.decompress(path.read_bytes()).splitlines()]
    assert read.report.lines_read == len(wanted) == 943
    assert set(read.reasons) <= {"no-time", "unreadable-time"}
    assert len(read.events) > 300
    for row in read.events:
        event = wanted[row["line_no"] - 1]
        name = next((event[key] for key in ("eventName", "eventType", "operationName") if event.get(key)), None)
        assert row["action"] == (name if name is None or isinstance(name, str) else row["action"])


def test_examples_of_ocsf(reader: Any, real_logs: Path) -> None:
    events: list[dict[str, Any]] = []
    for path in sorted((real_logs / "ocsf_examples").glob("*.json")):
        text = path.read_text("utf-8")
        parsed = json.loads(text) if text.strip() else []
        events += parsed if isinstance(parsed, list) else [parsed]
    read = reader.bytes("\n".join(map(json.dumps, events)), "ocsf")
    kept = {row["line_no"]: row for row in read.events}
    refused = {row["line_no"]: row for row in read.rejects}
    assert len(kept) == 7
    for number, event in enumerate(events, 1):
        if event.get("class_uid") in (6001, 6003, 6004, 6005, 3002):
            assert kept[number]["action"]
        else:
            assert refused[number]["reason"] == "unknown-class"
            assert str(event.get("class_uid", "absent")) in refused[number]["detail"]


def test_a_pretty_printed_example_of_ocsf(reader: Any, real_logs: Path) -> None:
    (path,) = (real_logs / "ocsf_examples").glob("*v1.1.0__Api_Activity*")
    read = reader.bytes(b"[" + path.read_bytes() + b"]", "ocsf", items="$")
    assert read.each("action") == ["DescribeDirectConnectGateways"]
