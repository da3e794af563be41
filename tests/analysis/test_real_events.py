"""Real labelled events, which nobody of this project made, through the signals: what they can say of them, and why.

These are events of clouds and of sign-in services, not of portals that show people: no register answers to them, and
each account appears for a few lines only. What is held here is that signals keep silent where they have no habit to
compare with, and see what needs none.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tocsin.analysis.run import run_case
from tocsin.evidence.case import open_case

DATA = Path(__file__).parents[3] / "shared" / "data" / "access_logs"
CASE = """
[case]
id = "cloud"
title = "Real events of clouds"
base_date = 2024-01-01
occurred_from = 2015-01-01T00:00:00Z
occurred_to = 2026-12-31T00:00:00Z
signals = "on"
[[party]]
id = "op"
name = "Operator"
kind = "processor"
[[register]]
id = "nobody"
holder = "op"
files = ["nobody.csv"]
[register.columns]
record_id = "id"
[[portal]]
id = "cloud"
processor = "op"
registers = ["nobody"]
[[log]]
id = "trail"
portal = "cloud"
node = "trail"
files = ["trail.ndjson"]
format = "ndjson"
[log.fields]
time = "at"
account = "who"
session_token = "session"
address = "from"
user_agent = "with"
action = "what"
outcome = "error"
record_ids = "about"
"""


def first(event: dict[str, Any], *paths: str) -> Any:
    """The first of these paths that holds something."""
    for path in paths:
        value: Any = event
        for part in path.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if isinstance(value, str) and value:
            return value
    return None


def flat(event: dict[str, Any]) -> dict[str, Any]:
    about = first(event, "requestParameters.key", "requestParameters.bucketName", "requestParameters.instanceId",
                  "requestParameters.secretId", "requestParameters.modelId")  # fmt: skip
    return {
        "at": first(event, "eventTime", "@timestamp", "published", "time", "created_at", "timestamp", "p_event_time"),
        "who": first(event, "userIdentity.arn", "actor.alternateId", "actor.email", "user_name", "user.email"),
        "session": first(event, "userIdentity.accessKeyId"),
        "from": first(event, "sourceIPAddress", "client.ipAddress", "ipaddr", "ip_address", "ipAddress"),
        "with": first(event, "userAgent", "client.userAgent.rawUserAgent", "user_agent"),
        "what": first(event, "eventName", "eventType", "event_type_id", "event"),
        "error": first(event, "errorCode"), "about": about,
    }  # fmt: skip


def signals_of(folder: Path, events: Iterable[dict[str, Any]], extra: str = "") -> tuple[int, int, set[str], int]:
    """Events read, sessions, signals seen, sessions graded."""
    folder.mkdir(exist_ok=True)
    told = [line for line in map(flat, events) if line["at"]]
    (folder / "case.toml").write_text(CASE + extra, "utf-8")
    (folder / "nobody.csv").write_text("id\nnobody\n", "utf-8")
    (folder / "trail.ndjson").write_text("".join(json.dumps(line) + "\n" for line in told), "utf-8")
    run = run_case(open_case(folder), who="t", threads=1)
    seen = {name for (name,) in duckdb.sql(f"select signal from '{run.table('session_signal')}'").fetchall()}
    ((sessions,),) = duckdb.sql(f"select count(*) from '{run.table('access_session')}'").fetchall()
    ((graded,),) = duckdb.sql(f"select count(*) from '{run.table('hostile_session')}'").fetchall()
    return len(told), sessions, seen, graded


@pytest.fixture(autouse=True)
def data_present() -> None:
    if not DATA.is_dir():
        pytest.skip("the real access logs are not on this machine")


def stratus() -> list[dict[str, Any]]:
    paths = sorted((DATA / "stratus_cloudtrail").glob("*.json"))
    return [event for path in paths for event in json.loads(path.read_text("utf-8"))]


def test_techniques_detonated_in_a_cloud_have_no_habit_to_differ_from(tmp_path: Path) -> None:
    """17 techniques, 143 events: the longest account has 56 lines in one session; a habit needs five sessions."""
    assert signals_of(tmp_path, stratus()) == (143, 20, set(), 0)


def test_what_finds_them_is_a_trait_that_somebody_tells(tmp_path: Path) -> None:
    """The tool names itself: with that indicator its sessions are graded B, and no signal adds to it."""
    tool = '[[indicator]]\nkind = "user_agent"\nvalue = "*stratus-red-team*"\n'
    events, sessions, seen, graded = signals_of(tmp_path, stratus(), tool)
    assert (events, sessions, seen) == (143, 20, set())
    assert graded == len({
        (line["who"], line["session"], line["from"], line["with"])
        for line in map(flat, stratus()) if "stratus-red-team" in (line["with"] or "")
    }) > 0  # fmt: skip


def test_a_bucket_emptied_through_a_proxy_reads_nobody(tmp_path: Path) -> None:
    """103 events, of which 7 list a bucket: the log names no record that was read, and each account is new."""
    path = DATA / "otrf_mordor" / "ec2_proxy_s3_exfiltration_2020-09-14011940.json"
    assert signals_of(tmp_path, map(json.loads, path.read_text("utf-8").splitlines())) == (103, 4, set(), 0)


@pytest.mark.parametrize(("alert", "expected"), [
    # invented accounts, years apart: an account awakes, an address changes; alone, that is nothing
    (True, (292, 163, {"dormant_awakened"})), (False, (265, 152, {"dormant_awakened", "new_network"})),
])  # fmt: skip
def test_events_of_sign_in_services_are_one_line_each(
    alert: bool, expected: tuple[int, int, set[str]], tmp_path: Path
) -> None:
    """Rules on one line (a setting changed, a factor removed) are not what these signals are for: none is graded,
    neither those that must alert nor those that must not."""
    with gzip.open(DATA / "panther_labelled_events" / "events_open.jsonl.gz", "rt", encoding="utf-8") as file:
        told = [event for event in map(json.loads, file) if not event["has_mocks"]]
    found = signals_of(tmp_path, [event["log"] for event in told if event["alert_expected"] is alert])
    assert found == (*expected, 0)
