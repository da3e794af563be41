"""One JSON object a line, in anybody's words: ``[log.fields]`` says at which path each field stands.

>>> from tocsin.evidence.case.model import Log
>>> log = Log(id="a", portal="p", node="n", files=("a",), format="ndjson", fields={"time": "$.when"})
>>> "'$.when'" in open_ndjson(log).reading
True
"""

from __future__ import annotations

from tocsin.evidence.case.model import Log
from tocsin.evidence.formats.fields import mapping_of, time_reading
from tocsin.evidence.formats.items import item_tables
from tocsin.evidence.formats.json_paths import json_reading
from tocsin.evidence.formats.registry import Format, whole_lines


def open_ndjson(log: Log) -> Format:
    """``format = "ndjson"``."""
    fields = mapping_of(log)
    return Format(json_reading(fields.places, fields.criteria()), time_reading(log.time_format), whole_lines)


def open_json(log: Log) -> Format:
    """``format = "json"``: the items of an array, pretty-printed or not, wherever ``log.items`` says it stands."""
    fields = mapping_of(log)
    return Format(json_reading(fields.places, fields.criteria()), time_reading(log.time_format), item_tables(log), True)
