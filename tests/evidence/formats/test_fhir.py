"""AuditEvent resources written after the profiles of IHE BALP."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tocsin.errors import TocsinError

DCM = "http://dicom.nema.org/resources/ontology/DCM"
SERVER = {
    "requestor": False,
    "who": {"reference": "Device/server"},
    "network": {"address": "http://h/fhir", "type": "5"},
}
CLIENT = {"requestor": False, "who": {"display": "portal app"}, "network": {"address": "2001:db8::1", "type": "2"}}
USER = {
    "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP"}]},
    "requestor": True,
    "who": {"identifier": {"value": "PS-77"}, "display": "Jean Exemple"},
    "altId": "alt",
    "name": "nom",
}
PATIENT = {"what": {"reference": "Patient/B1"}, "type": {"code": "1"}, "role": {"code": "1"}}
TRANSACTION = {
    "what": {"identifier": {"value": "req-9"}},
    "type": {"system": "BasicAuditEntityType", "code": "XrequestId"},
}


def typed(agent: dict[str, Any], code: str) -> dict[str, Any]:
    return agent | {"type": {"coding": [{"system": DCM, "code": code}]}}


def audit(
    interaction: str | None, client: str, server: str, *entities: dict[str, Any], **others: Any
) -> dict[str, Any]:
    return {
        "resourceType": "AuditEvent",
        "type": {"code": "rest"},
        "recorded": "2024-01-22T08:00:00.250+01:00",
        "outcome": "0",
        "subtype": [{"system": "http://hl7.org/fhir/restful-interaction", "code": interaction}]
        if interaction
        else None,
        "agent": [typed(SERVER, server), typed(CLIENT, client), USER],
        "entity": list(entities),
        "source": {"site": "s", "observer": {"reference": "Device/d"}},
    } | others


def query_entity(request: str) -> dict[str, Any]:
    return {"type": {"code": "2"}, "role": {"code": "24"}, "query": base64.b64encode(request.encode()).decode()}


def test_patient_read(reader: Any) -> None:
    event = reader.bytes(json.dumps(audit("read", "110152", "110153", PATIENT, TRANSACTION)), "fhir").event
    wanted = {
        "at": "2024-01-22T07:00:00.250000",
        "account": "PS-77",
        "address": "2001:db8::1",
        "user_agent": None,
        "action": "read",
        "outcome": "success",
        "record_ids": ["B1"],
        "criteria": None,
        "request_id": "req-9",
        "item_no": 0,
    }
    assert {name: event[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    "request_",
    [
        "GET test.example/r4/Patient?family=Zo%C3%A9&birthdate=1980-01-02&_count=10&_offset=20\nAccept: x=y",
        "POST /r4/Patient/_search HTTP/1.1\r\nHost: h?q\r\n\r\n"
        "family=Zo%C3%A9&birthdate=1980-01-02&_count=10&_offset=20\n\n",
        "https://h/r4/Patient?family=Zo%C3%A9&birthdate=1980-01-02&_count=10&_offset=20",
        "family=Zo%C3%A9&birthdate=1980-01-02&_count=10&_offset=20",
    ],
)
def test_patient_query(reader: Any, request_: str) -> None:
    line = audit("search-type", "110153", "110152", PATIENT, query_entity(request_), action="E")
    event = reader.bytes(json.dumps(line), "fhir").event
    assert event["criteria"] == '{"birthdate":"1980-01-02","family":"Zoé"}'
    assert (event["page_size"], event["row_offset"], event["page"]) == (10, 20, None)
    assert (event["address"], event["action"], event["record_ids"]) == ("2001:db8::1", "search-type", ["B1"])


@pytest.mark.parametrize(
    ("interaction", "action", "client", "server", "expected"),
    [
        ("create", "C", "110153", "110152", "create"),
        ("update", "U", "110153", "110152", "update"),
        ("delete", "D", "110150", "custodian", "delete"),
        (None, "R", "110152", "110153", "read"),
        (None, "D", "110150", "custodian", "delete"),
        ("vread", "R", "110152", "110153", "vread"),
    ],
)
def test_other_interactions(
    reader: Any, interaction: str | None, action: str, client: str, server: str, expected: str
) -> None:
    event = reader.bytes(json.dumps(audit(interaction, client, server, PATIENT, action=action)), "fhir").event
    assert (event["action"], event["address"]) == (expected, "2001:db8::1")


def test_disclosure(reader: Any) -> None:
    lifecycle = {"system": "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle", "code": "disclose"}
    line = audit(None, "110152", "110153", PATIENT, type={"code": "110106"}, subtype=[{"code": "other"}, lifecycle])
    assert reader.bytes(json.dumps(line), "fhir").event["action"] == "disclose"


def test_outcomes_and_accounts(reader: Any) -> None:
    without_id = {key: value for key, value in USER.items() if key != "who"}
    agents = [
        [USER],
        [USER | {"who": {"display": "D"}}],
        [without_id],
        [{"requestor": True, "name": "N"}],
        [typed(SERVER, "110153"), typed(CLIENT, "110152")],
        [USER | {"network": {"address": "10.9.9.9"}}],
        [],
    ]
    lines = [
        audit("read", "", "", agent=agent, outcome=code)
        for agent, code in zip(agents, ["0", "4", "8", "12", "0", "0", "0"], strict=True)
    ]
    read = reader.bytes("\n".join(map(json.dumps, lines)), "fhir")
    assert read.each("account") == ["PS-77", "D", "alt", "N", "portal app", "PS-77", None]
    assert read.each("outcome")[:4] == ["success", "error", "error", "error"]
    assert read.each("address")[4:] == ["2001:db8::1", "10.9.9.9", None]


def test_the_items_of_a_bundle(reader: Any) -> None:
    good = audit("read", "110152", "110153", PATIENT)
    bundle = {
        "resourceType": "Bundle",
        "entry": [
            {"resource": good},
            {"resource": {"resourceType": "Patient"}},
            {},
            {"resource": good | {"recorded": "later"}},
            {"resource": good | {"entity": [{"what": {"identifier": {"value": "B2"}}, "role": {"code": "1"}}]}},
        ],
    }
    lost = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}]}
    lines = [bundle, good, lost, {"resourceType": "Bundle"}, {"resourceType": "Patient"}, {}]
    read = reader.bytes("\n".join(map(json.dumps, lines)), "fhir")
    assert read.each("line_no", "item_no") == [(1, 1), (1, 5), (2, 0)]
    assert read.each("record_ids") == [["B1"], ["B2"], ["B1"]]
    assert [(row["line_no"], row["item_no"], row["reason"]) for row in read.rejects] == [
        (1, 2, "not-audit-event"),
        (1, 3, "not-audit-event"),
        (1, 4, "unreadable-time"),
        (3, 1, "not-audit-event"),
        (4, 0, "empty-bundle"),
        (5, 0, "not-audit-event"),
        (6, 0, "not-audit-event"),
    ]
    assert (read.report.lines_kept, read.report.lines_rejected) == (2, 4)
    assert (read.report.items_kept, read.report.items_rejected) == (2, 4)


def test_a_bundle_printed_over_many_lines(reader: Any) -> None:
    document = {"resourceType": "Bundle", "entry": [{"resource": audit("read", "110152", "110153", PATIENT)}] * 2}
    read = reader.bytes(json.dumps(document, indent=2), "fhir", items="$.entry")
    assert read.each("record_ids") == [["B1"], ["B1"]]


def test_odd_resources_do_not_stop_the_reading(reader: Any) -> None:
    odd = [
        {
            "resourceType": "AuditEvent",
            "recorded": "2024-01-22T08:00:00Z",
            "agent": {"who": 1},
            "entity": [None, 3, {"what": "x"}],
        },
        {
            "resourceType": "AuditEvent",
            "recorded": "2024-01-22T08:00:00Z",
            "entity": [{"query": "*not base64*"}],
            "subtype": "read",
        },
        {"resourceType": ["AuditEvent"]},
        {"resourceType": "AuditEvent", "recorded": 3.5},
    ]
    read = reader.bytes("\n".join(map(json.dumps, odd)), "fhir")
    assert read.each("line_no")[:2] == [1, 2]


def test_a_mapping_would_have_no_effect(reader: Any) -> None:
    with pytest.raises(TocsinError) as error:
        reader.bytes("", "fhir", fields={"account": "$.x"})
    assert error.value.kind == "fields-not-used"
