"""The fields of an event, and how ``[log.fields]`` says where a file keeps them.

A format gives texts; ``event.sql`` gives them their types. What a file does not say is NULL, never a guess.

>>> reading({"account": "c3"}).split("from")[1].strip()
'line_batch'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tocsin.engine.duck import literal
from tocsin.errors import TocsinError
from tocsin.evidence.case.model import Log
from tocsin.language import _

TEXTS = (
    "time", "account", "session_token", "address", "user_agent", "action", "outcome", "status", "bytes",
    "page", "page_size", "row_offset", "returned", "total", "sequence_no", "request_id",
)  # fmt: skip
CRITERION = "criteria."
NO_IDS = "cast([] as varchar[])"


@dataclass(frozen=True)
class TimeReading:
    """The SQL that reads the text of an instant (see ``event.sql``)."""

    written: str = "time_text(time)"
    epoch: str = "time_epoch(w)"
    shift_length: str = "case when epoch_us is null then time_shift_length(w) else 0 end"
    wall: str = "case when epoch_us is null then time_wall(rtrim(left(w, length(w) - shift_length))) end"
    shift: str = "time_shift(w, shift_length)"
    day_is_enough: str = "not contains(w, ':') and time_is_day(w)"
    is_refused: str = "time_is_24(w, wall)"


@dataclass(frozen=True)
class FieldMap:
    """``[log.fields]``, checked: our field -> where it stands, by order of preference."""

    places: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def criteria(self) -> dict[str, tuple[str, ...]]:
        """The fields ``criteria.X``, as X."""
        return {name[len(CRITERION) :]: at for name, at in self.places.items() if name.startswith(CRITERION)}


def mapping_of(log: Log, *, needs_time: bool = True) -> FieldMap:
    """The fields of ``log``; refuses a name that is not one of ours."""
    places = {name: (at,) if isinstance(at, str) else tuple(at) for name, at in log.fields.items()}
    known = {*TEXTS, "record_ids", "criteria"}
    for name in places:
        if name not in known and not (name.startswith(CRITERION) and len(name) > len(CRITERION)):
            raise TocsinError(
                "unknown-field",
                _("[log.fields] names {name!r}, which is not a field of an event").format(name=name),
                where=f"log {log.id}",
                why=_("what stands there would silently be lost"),
                remedy=_("use one of: {names}, criteria.X").format(names=", ".join(sorted(known))),
            )
    if needs_time and not places.get("time"):
        raise TocsinError(
            "field-without-place",
            _("[log.fields] does not say where the time of a line stands"),
            where=f"log {log.id}",
            why=_("a line without time cannot be placed in or out of the intrusion"),
            remedy=_("add time = \"...\" to [log.fields] of this log in case.toml"),
        )  # fmt: skip
    return FieldMap(places)


def refuse_fields(log: Log) -> None:
    """For formats whose fields are fixed: a mapping would silently have no effect."""
    if log.fields:
        raise TocsinError(
            "fields-not-used",
            _("[log.fields] has no effect on the format {format}").format(format=log.format),
            where=f"log {log.id}",
            why=_("whoever wrote it expects other values than those that would be read"),
            remedy=_("remove [log.fields] from this log, or read it as ndjson or csv"),
        )


def time_reading(time_format: str | None) -> TimeReading:
    """How to read times written in ``time_format`` (``strptime``), by default ISO 8601 or an epoch."""
    if time_format is None:
        return TimeReading()
    text = literal(time_format)
    if "%z" in time_format:  # the engine then answers an instant, not a wall clock
        return TimeReading(
            "nullif(time, '')", "null::bigint", "1", f"timezone('UTC', try_strptime(w, {text}))",
            "0", "false", "false",
        )  # fmt: skip
    is_day = not any(mark in time_format for mark in ("%H", "%I", "%c", "%X", "%T", "%R"))
    return TimeReading(
        "nullif(time, '')", "null::bigint", "0", f"try_strptime(w, {text})::timestamp",
        "null::integer", "true" if is_day else "false", "false",
    )  # fmt: skip


def criteria_sql(whole: str | None, parts: Mapping[str, str]) -> str:
    """The canonical criteria, from one text that holds all of them, or one expression for each."""
    if parts:
        pairs = ", ".join(f"{{'k': {literal(name)}, 'v': {parts[name]}}}" for name in sorted(parts))
        own = f"pairs_json(list_filter([{pairs}], lambda e: e.v <> ''))"
        return f"coalesce({own}, {criteria_sql(whole, {})})" if whole else own
    if whole is None:
        return "null::varchar"
    return f"criteria_json({whole})"


def reading(
    texts: Mapping[str, str],
    *,
    source: str = "line_batch",
    record_ids: str = NO_IDS,
    criteria: str = "null::varchar",
    reason: str = "reason",
    detail: str = "null::varchar",
    texts_before: Mapping[str, str] | None = None,
    is_settled: bool = False,
) -> str:
    """The query of a format: the keys of a line, then one text for each field.

    ``texts_before`` are named texts that an expression uses several times: the engine would compute them as often.
    """
    if texts_before:
        before = ", ".join(f"{sql} as {name}" for name, sql in texts_before.items())
        source = f"(select *, {before} from {source})"
    columns = ",\n    ".join(f"{texts.get(name, 'null::varchar')} as {name}" for name in TEXTS)
    if is_settled:
        columns += ",\n    settled_at, settled_doubt_s"
    return f"""select line_no, last_line, item_no, byte_offset, line_hash(raw, line) as line_hash,
    {columns},
    {record_ids} as record_ids,
    {criteria} as criteria,
    {reason} as reason, {detail} as detail
from {source}"""
