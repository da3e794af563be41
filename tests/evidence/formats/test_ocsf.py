"""OCSF: the conventions of docs, class by class."""

from __future__ import annotations

import json
from typing import Any

API = {
    "class_uid": 6003,
    "time": 1705906800123,
    "metadata": {"sequence": 41, "uid": "m1"},
    "actor": {"user": {"uid": "PS1", "name": "n"}, "session": {"uid": "s1"}},
    "src_endpoint": {"ip": "10.0.0.1"},
    "http_request": {"user_agent": "agent", "http_method": "GET", "url": {"path": "/x", "query_string": "a=1"}},
    "http_response": {"code": 200, "length": 900},
    "api": {
        "operation": "rechercher",
        "request": {
            "uid": "r1",
            "data": {
                "criteria": {"nom": "É", "ddn": 19800102, "vide": None},
                "page": 2,
                "page_size": "20",
                "offset": 20,
            },
        },
        "response": {"data": {"returned": 20, "total": 33}},
    },
    "status": "Success",
    "resources": [{"uid": "B1"}, {"name": "no uid"}, {"uid": "B2"}],
}


def test_api_activity(reader: Any) -> None:
    event = reader.bytes(json.dumps(API), "ocsf").event
    del event["line_hash"]
    assert event == {
        "evidence_id": 7,
        "line_no": 1,
        "item_no": 0,
        "byte_offset": 0,
        "at": "2024-01-22T07:00:00.123000",
        "at_written": "1705906800123",
        "time_doubt_s": 0,
        "account": "PS1",
        "session_token": "s1",
        "address": "10.0.0.1",
        "user_agent": "agent",
        "action": "rechercher",
        "outcome": "Success",
        "status": 200,
        "bytes": 900,
        "record_ids": ["B1", "B2"],
        "criteria": '{"ddn":"19800102","nom":"É"}',
        "page": 2,
        "page_size": 20,
        "row_offset": 20,
        "returned": 20,
        "total": 33,
        "sequence_no": 41,
        "request_id": "r1",
    }


def test_the_action_of_each_class(reader: Any) -> None:
    lines = [
        {
            "class_uid": 6001,
            "http_request": {"http_method": "GET", "url": {"path": "/m", "query_string": "b=2&a=%C3%A9+1"}},
        },
        {"class_uid": 6004, "activity_name": "Read"},
        {"class_uid": 6005, "query_info": {"name": "find", "query_string": "nom=X"}},
        {"class_uid": "6005", "activity_name": "Query", "query_info": {"name": "find"}},
        {"class_uid": 3002, "activity_id": 1, "activity_name": "Logon", "user": {"name": "u"}},
        {"class_uid": 3002, "activity_id": 2, "session": {"uid": "s"}},
        {"class_uid": 3002, "activity_id": 99, "activity_name": "Other"},
        {"class_uid": 6003, "web_resources": [{"uid": "W"}]},
    ]
    read = reader.bytes("\n".join(json.dumps(line | {"time": 1705906800000}) for line in lines), "ocsf")
    assert read.each("action") == ["GET /m", "Read", "find", "Query", "sign_in", "sign_out", "Other", None]
    assert read.each("criteria")[:3] == ['{"a":"é 1","b":"2"}', None, '{"nom":"X"}']
    assert read.each("account", "session_token")[4:6] == [("u", None), (None, "s")]
    assert read.each("record_ids")[7] == ["W"]


def test_refusals_name_what_they_refuse(reader: Any) -> None:
    data = '{"class_uid": 1007, "time": 1}\n{"time": 1}\n{"class_uid": 6003}\nnot json\n'
    data += '{"class_uid": 6003, "time": "later"}'
    read = reader.bytes(data, "ocsf")
    assert [(row["reason"], row["detail"]) for row in read.rejects] == [
        ("unknown-class", "class_uid 1007"),
        ("unknown-class", "class_uid absent"),
        ("no-time", None),
        ("not-json", None),
        ("unreadable-time", "later"),
    ]


def test_a_wrong_type_does_not_lose_the_line(reader: Any) -> None:
    odd = {
        "class_uid": 6003,
        "time": 1705906800000,
        "actor": {"user": {"uid": 42, "name": ["x"]}},
        "src_endpoint": "10.0.0.1",
        "http_response": {"code": "OK", "length": {"a": 1}},
        "api": {"operation": 7, "request": {"data": {"criteria": "nom=X&nom=Y", "page": "two", "offset": 1e300}}},
        "resources": {"uid": "B1"},
        "status": None,
        "metadata": {"sequence": "99999999999999999999"},
    }
    event = reader.bytes(json.dumps(odd), "ocsf").event
    assert (event["account"], event["action"], event["status"], event["bytes"], event["page"]) == (
        "42",
        "7",
        None,
        None,
        None,
    )
    assert event["criteria"] == '{"nom":"X,Y"}'
    assert event["sequence_no"] is None


def test_fields_may_be_overridden(reader: Any) -> None:
    line = API | {"unmapped": {"login": "L", "ids": "B7;B8 | B9", "ville": "Lyon"}}
    fields = {
        "account": "$.unmapped.login",
        "record_ids": "$.unmapped.ids",
        "criteria.ville": "$.unmapped.ville",
        "action": ("$.absent", "$.status"),
    }
    event = reader.bytes(json.dumps(line), "ocsf", fields=fields).event
    assert (event["account"], event["record_ids"], event["criteria"], event["action"]) == (
        "L",
        ["B7", "B8", "B9"],
        '{"ville":"Lyon"}',
        "Success",
    )


def test_a_pretty_printed_array_of_events(reader: Any) -> None:
    read = reader.bytes(json.dumps({"events": [API, API]}, indent=1), "ocsf", items="$.events")
    assert read.each("item_no", "account") == [(1, "PS1"), (1, "PS1")]
