r"""Apache and nginx access logs, combined (or common) format, and the URL map that gives requests their meaning.

https://httpd.apache.org/docs/2.4/logs.html - ``host ident user [time] "request" status bytes "referer" "agent"``;
further fields are left unread. ``[[log.url]]`` turns a method and a path into an action of the portal; a request that
no line of the map knows is kept, as ``GET /its/path``.

A parameter mapped to an empty name is left out of the criteria; a parameter that the map does not name stays, under
its own name, since a filter not known to the case changes what the answer held.

>>> from tocsin.evidence.case.model import Url
>>> route_pattern(Url(path="/members/{record_id}/card", action="card"))
'/members/([^/]+)/card'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tocsin.engine.duck import literal
from tocsin.evidence.case.model import Log, Url
from tocsin.evidence.formats.fields import NO_IDS, TimeReading, refuse_fields, time_reading
from tocsin.evidence.formats.registry import Format, whole_lines

COMBINED_SQL = Path(__file__).with_name("combined.sql")
PART = re.compile(r"\{([^{}/]+)\}")
OWN = ("page", "page_size", "row_offset", "account", "session_token")
"""Names that a parameter may be mapped to and that are not criteria."""
WRITTEN = TimeReading(
    written="time",
    epoch="null::bigint",
    shift_length="case when length(w) = 26 then 5 else 0 end",
    wall="case when length(w) = 26 then try_strptime(left(w, 20), '%d/%b/%Y:%H:%M:%S') end",
    shift="case when shift_length > 0 then time_shift_of(substr(w, 22, 1), substr(w, 23, 2), substr(w, 25, 2)) end",
    day_is_enough="false",
    is_refused="false",
)
"""``22/Jan/2024:08:00:00 +0100``, always with its shift."""


def open_combined(log: Log) -> Format:
    """``format = "combined"``."""
    refuse_fields(log)
    sql = COMBINED_SQL.read_text("utf-8").replace("{route}", _route(log.url))
    has_parts = any(PART.search(url.path) for url in log.url)
    sql = sql.replace("{parts}", "string_split(path, '/')" if has_parts else "cast([] as varchar[])")
    for name in OWN:
        sql = sql.replace("{" + name + "}", _own(log.url, name))
    sql = sql.replace("{action}", _choice([literal(url.action) for url in log.url], "null::varchar"))
    sql = sql.replace("{record_ids}", _record_ids(log.url)).replace("{criteria}", _criteria(log.url))
    return Format(sql, time_reading(log.time_format) if log.time_format else WRITTEN, whole_lines)


def route_pattern(url: Url) -> str:
    """The regular expression of a path of the map; one group for each ``{name}``."""
    pieces = PART.split(url.path)
    escaped = [re.escape(piece) if n % 2 == 0 else "([^/]+)" for n, piece in enumerate(pieces)]
    return "".join(escaped)


def _has_whole_parts(url: Url) -> bool:
    """Whether each ``{name}`` fills one part between slashes: such a path is compared part by part, much quicker."""
    return all(PART.fullmatch(part) or "{" not in part for part in url.path.split("/"))


def _route(urls: Sequence[Url]) -> str:
    cases = []
    for number, url in enumerate(urls, 1):
        method = "" if url.method == "*" else f"method = {literal(url.method.upper())} and "
        if not PART.search(url.path):
            test = f"path = {literal(url.path)}"
        elif _has_whole_parts(url):
            wanted = url.path.split("/")
            same = [
                f"parts[{n}] <> ''" if PART.fullmatch(part) else f"parts[{n}] = {literal(part)}"
                for n, part in enumerate(wanted, 1)
            ]
            test = f"len(parts) = {len(wanted)} and {' and '.join(reversed(same))}"
        else:
            test = f"regexp_full_match(path, {literal(route_pattern(url))})"
        cases.append(f"when {method}{test} then {number}")
    return f"case {' '.join(cases)} else 0 end" if cases else "0"


def _choice(values: Sequence[str | None], otherwise: str) -> str:
    """The value of the route taken; ``None`` where a route says nothing."""
    cases = [f"when {number} then {value}" for number, value in enumerate(values, 1) if value is not None]
    return f"case route {' '.join(cases)} else {otherwise} end" if cases else otherwise


def _parts(url: Url) -> dict[str, str]:
    """Each ``{name}`` of a path, as SQL."""
    if _has_whole_parts(url):
        found = {PART.fullmatch(part): n for n, part in enumerate(url.path.split("/"), 1)}
        return {name.group(1): f"percent_decoded(parts[{n}])" for name, n in found.items() if name}
    pattern = literal(route_pattern(url))
    names = PART.findall(url.path)
    return {name: f"percent_decoded(regexp_extract(path, {pattern}, {n}))" for n, name in enumerate(names, 1)}


def _own(urls: Sequence[Url], name: str) -> str:
    values: list[str | None] = []
    for url in urls:
        found = [_parts(url).get(name, "null")] if name in _parts(url) else []
        found += [f"pair_value(pairs, {literal(key)})" for key, to in url.query.items() if to == name]
        values.append(f"coalesce({', '.join(found)}, null)" if found else None)
    return _choice(values, "null::varchar")


def _record_ids(urls: Sequence[Url]) -> str:
    values: list[str | None] = []
    for url in urls:
        found = [f"[{_parts(url)['record_id']}]"] if "record_id" in _parts(url) else []
        found += [f"ids_in(pair_value(pairs, {literal(key)}))" for key, to in url.query.items() if to == "record_id"]
        values.append(" || ".join(found) or None)
    return _choice(values, NO_IDS)


def _criteria(urls: Sequence[Url]) -> str:
    """Parameters under the names of the map, and the parts of the path."""
    values: list[str | None] = []
    for url in urls:
        parts = {name: sql for name, sql in _parts(url).items() if name not in (*OWN, "record_id")}
        left_out = [key for key, to in url.query.items() if to in (*OWN, "record_id", "")]
        renamed = {key: to for key, to in url.query.items() if key not in left_out and key != to}
        if not (parts or left_out or renamed):
            values.append(None)
            continue
        pairs = "coalesce(pairs, [])"
        if left_out:
            pairs = f"list_filter({pairs}, lambda e: not list_contains({literal(left_out)}, e.k))"
        if renamed:
            cases = " ".join(f"when {literal(key)} then {literal(to)}" for key, to in renamed.items())
            pairs = f"list_transform({pairs}, lambda e: {{'k': case e.k {cases} else e.k end, 'v': e.v}})"
        own = ", ".join(f"{{'k': {literal(name)}, 'v': {sql}}}" for name, sql in parts.items())
        pairs = f"list_sort({pairs} || [{own}])" if own else f"list_sort({pairs})"
        values.append(f"pairs_json({pairs})")
    return _choice(values, "pairs_json(pairs)")
