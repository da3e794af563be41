"""Fields of a JSON line: all of them found in one parse of the line.

Plain paths (``$.a.b``, ``$.list[*].x``) become one struct, ``d``, filled by ``json_transform``: half the cost of a
list of paths, which stays for the others, ``p``. Asking for paths one by one would parse the line as many times.

>>> paths = JsonPaths()
>>> paths.text("$.user.uid", "$.user[0].name")
'coalesce(nullif(d."user"."uid", \\'\\'), nullif(p[1], \\'\\'))'
>>> paths.ids("$.resources[*].uid")
'ids_among(list_transform(d."resources", lambda x: x."uid"))'
>>> json.dumps(paths.shape)
'{"user": {"uid": "VARCHAR"}, "resources": [{"uid": "VARCHAR"}]}'
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from tocsin.engine.duck import literal
from tocsin.evidence.formats.fields import NO_IDS, TEXTS, criteria_sql, reading

KEY = r"\.[A-Za-z0-9_@-]+"
PLAIN = re.compile(rf"\$((?:{KEY})+)(?:(\[\*\])((?:{KEY})*))?")
TEXT = "VARCHAR"


class JsonPaths:
    """The paths asked of each line, in the order of asking."""

    def __init__(self) -> None:
        self.shape: dict[str, Any] = {}
        """What ``json_transform`` looks for."""
        self._others: list[str] = []

    def one(self, path: str) -> str:
        """The SQL of the text at ``path``."""
        plain = PLAIN.fullmatch(path)
        if plain and not plain[2] and self._has_room(keys := plain[1][1:].split("."), TEXT):
            return _place("d", keys)
        return self._other(path)

    def _other(self, path: str) -> str:
        if path not in self._others:
            self._others.append(path)
        return f"p[{self._others.index(path) + 1}]"

    def _has_room(self, keys: list[str], leaf: Any) -> bool:
        """Add a leaf to the shape; not when a text is already asked at one of its levels, or the reverse.

        The names of a struct do not differ by their case, those of JSON do.
        """
        node = self.shape
        for key in keys[:-1]:
            if _twin(node, key) or not isinstance(node.get(key, {}), dict):
                return False
            node = node.setdefault(key, {})
        if _twin(node, keys[-1]) or node.get(keys[-1], leaf) != leaf:
            return False
        node[keys[-1]] = leaf
        return True

    def text(self, *paths: str) -> str:
        """The first text that is not empty."""
        found = [f"nullif({self.one(path)}, '')" for path in paths]
        return f"coalesce({', '.join(found)})" if len(found) > 1 else found[0] if found else "null::varchar"

    def ids(self, *paths: str) -> str:
        """The first list of identifiers that is not empty."""
        found = [self._ids(path) for path in paths]
        if len(found) == 1:
            return found[0]
        return f"coalesce({', '.join(f'nullif({item}, {NO_IDS})' for item in found)})" if found else NO_IDS

    def _ids(self, path: str) -> str:
        before, star, after = path.partition("[*]")
        if not star:
            return f"ids_in({self.one(path)})"
        plain = PLAIN.fullmatch(path)
        if plain and self._has_room(keys := plain[1][1:].split("."), _listed(below := plain[3][1:].split("."))):
            return f"ids_among(list_transform({_place('d', keys)}, lambda x: {_place('x', below)}))"
        return f"ids_below({self._other(before)}, {literal('$[*]' + after)})"

    def parsed(self, source: str = "line_batch", *, quick: bool = False) -> str:
        """The query that adds to each line what was found, and whether it ``is_json``.

        The quick one fails at a line that is not.
        """
        text = "case when reason is null then line end"
        found = {
            "d": f"json_transform({text}, {literal(json.dumps(self.shape))})" if self.shape else "",
            "p": f"json_extract_string({text}, {literal(self._others)})" if self._others else "",
        }
        columns = [f"{sql if quick else f'try({sql})'} as {name}" for name, sql in found.items() if sql]
        columns.append(f"{'true' if quick else 'json_valid(line)'} as is_json")
        return f"select *, {', '.join(columns)} from {source}"


def _twin(node: Mapping[str, Any], key: str) -> bool:
    """Whether another key differs from ``key`` by its case alone."""
    return key not in node and any(other.lower() == key.lower() for other in node)


def _place(root: str, keys: list[str]) -> str:
    return ".".join([root, *(f'"{key}"' for key in keys if key)])


def _listed(keys: list[str]) -> Any:
    shape: Any = TEXT
    for key in reversed([key for key in keys if key]):
        shape = {key: shape}
    return [shape]


def json_reading(
    places: Mapping[str, tuple[str, ...]], criteria: Mapping[str, tuple[str, ...]], *, quick: bool = False
) -> str:
    """The query of a format whose fields stand at JSON paths."""
    paths = JsonPaths()
    texts = {name: paths.text(*places[name]) for name in TEXTS if name in places}
    record_ids = paths.ids(*places.get("record_ids", ()))
    before = {"text_of_criteria": paths.text(*places["criteria"])} if "criteria" in places else {}
    parts = {name: paths.text(*at) for name, at in criteria.items()}
    return reading(
        texts,
        source=f"({paths.parsed(quick=quick)})",
        record_ids=record_ids,
        criteria=criteria_sql("text_of_criteria" if before else None, parts),
        texts_before=before,
        reason="case when reason is null and not is_json then 'not-json' else reason end",
    )
