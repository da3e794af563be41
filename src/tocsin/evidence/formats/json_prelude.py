"""Where the array of ``log.items`` begins in a JSON file.

>>> start_of_items(np.frombuffer(b'{"a": [0], "Records": [1, 2]}', np.uint8), "$.Records")
(True, 23)
"""

from __future__ import annotations

import json
import re

import numpy as np

from tocsin.evidence.formats.json_structure import structure_of
from tocsin.evidence.transcode import Bytes

KEY = re.compile(rb'\s*("(?:[^"\\]|\\.)*")\s*:\s*')
STEP = re.compile(r'\.(?:"([^"]*)"|([^."\[\]]+))')
OPENINGS = (ord("{"), ord(","))
LONGEST_KEY = 10_000


def keys_of(path: str | None) -> list[str] | None:
    """The keys of ``$.a."b c"``, or ``None`` for a path of another form."""
    body = (path or "$").removesuffix("[*]")
    if not body.startswith("$"):
        return None
    keys = [quoted or plain for quoted, plain in STEP.findall(body)]
    return keys if "$" + "".join(found.group(0) for found in STEP.finditer(body)) == body else None


def start_of_items(units: Bytes, path: str | None) -> tuple[bool, int] | None:
    """Whether the items are those of an array (else values one after another), and where the first may begin.

    ``None`` when it has not begun in ``units``.
    """
    ink = np.flatnonzero(units > 32)[:1]
    if not len(ink):
        return None
    first = int(ink[0])
    keys = keys_of(path) or []
    if not keys:
        is_array = units[first] == ord("[")
        return (True, first + 1) if is_array else None if path is not None else (False, 0)
    marks = structure_of(units)
    for level, key in enumerate(keys, 1):
        members = np.flatnonzero((marks.depths == level) & np.isin(marks.kinds, OPENINGS) & (marks.places >= first))
        found = next((end for at in members if (end := _after_key(units, int(marks.places[at]) + 1, key))), None)
        if found is None or found >= len(units):
            return None
        first = found
    return (True, first + 1) if units[first] == ord("[") else None


def _after_key(units: Bytes, at: int, key: str) -> int | None:
    """Where the value of ``key`` begins, if the member at ``at`` has that name."""
    match = KEY.match(units[at : at + LONGEST_KEY].tobytes())
    if match is None:
        return None
    try:
        name = json.loads(match.group(1))
    except ValueError:
        return None
    return at + match.end() if name == key else None
