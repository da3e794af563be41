"""Fields of a JSON line: every path is looked up in one parse of the line.

Asking for the paths one by one parses the line as many times (four times slower); a path with ``[*]`` cannot stand in
a list of paths, so the part before it does, and the rest is looked up below what was found.

>>> paths = JsonPaths()
>>> paths.text("$.user.uid", "$.user.name")
"coalesce(nullif(p[1], ''), nullif(p[2], ''))"
>>> paths.ids("$.resources[*].uid")
"ids_below(p[3], '$[*].uid')"
"""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.engine.duck import literal
from tocsin.evidence.formats.fields import NO_IDS, TEXTS, criteria_sql, reading


class JsonPaths:
    """The paths asked of each line, in the order of asking."""

    def __init__(self) -> None:
        self._paths: list[str] = []

    def one(self, path: str) -> str:
        """The SQL of the text at ``path``."""
        if path not in self._paths:
            self._paths.append(path)
        return f"p[{self._paths.index(path) + 1}]"

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
        return f"ids_below({self.one(before)}, {literal('$[*]' + after)})"

    def parsed(self, source: str = "line_batch") -> str:
        """The query that adds to each line the texts found, ``p`` (NULL where the line is not JSON)."""
        listing = literal(self._paths)
        return (
            f"select *, case when reason is null then try(json_extract_string(line, {listing})) end as p from {source}"
        )


def json_reading(places: Mapping[str, tuple[str, ...]], criteria: Mapping[str, tuple[str, ...]]) -> str:
    """The query of a format whose fields stand at JSON paths."""
    paths = JsonPaths()
    texts = {name: paths.text(*places[name]) for name in TEXTS if name in places}
    record_ids = paths.ids(*places.get("record_ids", ()))
    whole = paths.text(*places["criteria"]) if "criteria" in places else None
    parts = {name: paths.text(*at) for name, at in criteria.items()}
    return reading(
        texts,
        source=f"({paths.parsed()})",
        record_ids=record_ids,
        criteria=criteria_sql(whole, parts),
        reason="case when reason is null and p is null then 'not-json' else reason end",
    )
