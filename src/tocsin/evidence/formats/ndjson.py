"""One JSON object a line, in anybody's words: ``[log.fields]`` says at which path each field stands.

>>> from tocsin.evidence.case.model import Log
>>> log = Log(id="a", portal="p", node="n", files=("a",), format="ndjson", fields={"time": "$.when"})
>>> '"when"' in open_ndjson(log).reading
True
"""

from __future__ import annotations

from tocsin.evidence.case.model import Log
from tocsin.evidence.formats.fields import mapping_of, time_reading
from tocsin.evidence.formats.items import item_tables
from tocsin.evidence.formats.json_paths import json_reading
from tocsin.evidence.formats.registry import Format, Tables, whole_lines


def open_ndjson(log: Log) -> Format:
    """``format = "ndjson"``."""
    return _format(log, whole_lines)


def open_json(log: Log) -> Format:
    """``format = "json"``: the items of an array, pretty-printed or not, wherever ``log.items`` says it stands."""
    return _format(log, item_tables(log))


def _format(log: Log, tables: Tables) -> Format:
    fields = mapping_of(log)
    careful, quick = (json_reading(fields.places, fields.criteria(), quick=quick) for quick in (False, True))
    return Format(careful, time_reading(log.time_format), tables, quick)
