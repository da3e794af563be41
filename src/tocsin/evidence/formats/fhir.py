"""FHIR R4 AuditEvent, after IHE's Basic Audit Log Patterns (BALP): https://profiles.ihe.net/ITI/BALP/

One resource a line, or a Bundle a line (each entry is an item). The patients named are the record ids, the search
decoded from its base64 entity gives the criteria, the agent that asked gives the account.

>>> from tocsin.evidence.case.model import Log
>>> open_fhir(Log(id="a", portal="p", node="n", files=("a",), format="fhir")).times.epoch
'time_epoch(w)'
"""

from __future__ import annotations

import json
from pathlib import Path

from tocsin.engine.duck import literal
from tocsin.evidence.case.model import Log
from tocsin.evidence.formats.fields import refuse_fields, time_reading
from tocsin.evidence.formats.items import item_tables
from tocsin.evidence.formats.registry import Format, whole_lines

FHIR_SQL, BUNDLE_SQL, BARE_SQL = (
    Path(__file__).with_name(name) for name in ("fhir.sql", "fhir_bundle.sql", "fhir_bare.sql")
)
CODING = {"code": "VARCHAR"}
REFERENCE = {"reference": "VARCHAR", "display": "VARCHAR", "identifier": {"value": "VARCHAR"}}
AUDIT_EVENT = {
    "resourceType": "VARCHAR",
    "recorded": "VARCHAR",
    "action": "VARCHAR",
    "outcome": "VARCHAR",
    "subtype": [CODING],
    "agent": [
        {
            "type": {"coding": [CODING]},
            "who": REFERENCE,
            "altId": "VARCHAR",
            "name": "VARCHAR",
            "requestor": "VARCHAR",
            "network": {"address": "VARCHAR", "type": "VARCHAR"},
        }
    ],
    "entity": [{"what": REFERENCE, "type": CODING, "role": CODING, "query": "VARCHAR"}],
}


def open_fhir(log: Log) -> Format:
    """``format = "fhir"``; with ``items``, the resources (or entries) of a JSON document."""
    refuse_fields(log)
    quick = f"json_transform(case when reason is null then line end, {literal(json.dumps(AUDIT_EVENT))})"
    tables = item_tables(log) if log.items is not None else whole_lines
    careful = BUNDLE_SQL.read_text("utf-8").format(
        bundle_shape=literal(json.dumps({"entry": [{"resource": AUDIT_EVENT}]})),
        entry_shape=literal(json.dumps({"resource": AUDIT_EVENT})),
    )
    return Format(
        _query(f"try({quick})", careful),
        time_reading(log.time_format),
        tables,
        _query(quick, BARE_SQL.read_text("utf-8")),
    )


def _query(parsed: str, resources: str) -> str:
    return FHIR_SQL.read_text("utf-8").format(parsed=parsed, resources=resources.rstrip())
