"""OCSF, the Open Cybersecurity Schema Framework: https://schema.ocsf.io (classes 6001, 6003, 6004, 6005 and 3002).

Web resources activity, API activity, web resource access, datastore activity and authentication: the classes in which
a portal says who read what. A line of another class is refused by name, so that it is seen. ``[log.fields]`` overrides
any path.

>>> from tocsin.evidence.case.model import Log
>>> log = Log(id="a", portal="p", node="n", files=("a",), format="ocsf", fields={"account": "$.unmapped.login"})
>>> '"unmapped"."login"' in open_ocsf(log).reading
True
"""

from __future__ import annotations

from pathlib import Path

from tocsin.evidence.case.model import Log
from tocsin.evidence.formats.fields import TEXTS, criteria_sql, mapping_of, time_reading
from tocsin.evidence.formats.items import item_tables
from tocsin.evidence.formats.json_paths import JsonPaths
from tocsin.evidence.formats.registry import Format, whole_lines

OCSF_SQL = Path(__file__).with_name("ocsf.sql")
PATHS: dict[str, tuple[str, ...]] = {
    "time": ("$.time", "$.time_dt", "$.metadata.original_time"),
    "account": ("$.actor.user.uid", "$.actor.user.name", "$.user.uid", "$.user.name"),
    "session_token": ("$.actor.session.uid", "$.session.uid"),
    "address": ("$.src_endpoint.ip",),
    "user_agent": ("$.http_request.user_agent",),
    "action": ("$.api.operation",),
    "outcome": ("$.status_code", "$.status_detail", "$.status"),
    "status": ("$.http_response.code", "$.api.response.code"),
    "bytes": ("$.http_response.length", "$.http_response.body_length", "$.traffic.bytes_out"),
    "page": ("$.api.request.data.page",),
    "page_size": ("$.api.request.data.page_size",),
    "row_offset": ("$.api.request.data.offset",),
    "returned": ("$.api.response.data.returned",),
    "total": ("$.api.response.data.total",),
    "sequence_no": ("$.metadata.sequence",),
    "request_id": ("$.api.request.uid", "$.metadata.uid"),
    "record_ids": ("$.resources[*].uid", "$.web_resources[*].uid", "$.resource.uid"),
    "criteria": ("$.api.request.data.criteria", "$.http_request.url.query_string", "$.query_info.query_string"),
}
EXTRA = {
    "class_uid": "$.class_uid",
    "activity_id": "$.activity_id",
    "activity_name": "$.activity_name",
    "query_name": "$.query_info.name",
    "method": "$.http_request.http_method",
    "url_path": "$.http_request.url.path",
}


def open_ocsf(log: Log) -> Format:
    """``format = "ocsf"``."""
    fields = mapping_of(log, needs_time=False)
    places = {**PATHS, **{name: at for name, at in fields.places.items() if name in PATHS}}
    paths = JsonPaths()
    names = {name: paths.text(*places[name]) for name in TEXTS}
    names |= {name: paths.one(path) for name, path in EXTRA.items()}
    names["text_of_criteria"] = paths.text(*places["criteria"])
    parts = {name: paths.text(*at) for name, at in fields.criteria().items()}
    names["record_ids"] = paths.ids(*places["record_ids"])
    names["criteria"] = criteria_sql(None, parts)
    columns = ",\n        ".join(f"{sql} as {name}" for name, sql in names.items())
    careful, quick = (
        OCSF_SQL.read_text("utf-8").format(parsed=paths.parsed(quick=quick), columns=columns) for quick in (False, True)
    )
    tables = item_tables(log) if log.items is not None else whole_lines
    return Format(careful, time_reading(log.time_format), tables, quick)
