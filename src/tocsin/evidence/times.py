"""Local times of logs, in UTC: which zone, and what to think of the hour that was lived twice.

Zones are those of the IANA database bundled with the engine (``Europe/Paris``), or fixed shifts (``UTC+2``): the
result does not depend on the machine. The SQL is in ``times.sql`` and ``local_time.sql``;
the hours of change are those that the engine tells (``zone_changes.sql``).

>>> fixed_shift("UTC+2"), fixed_shift("-03:30"), fixed_shift("Europe/Paris")
(7200, -12600, None)
"""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from functools import cache
from pathlib import Path

import duckdb

from tocsin.engine.duck import Engine, literal
from tocsin.errors import TocsinError
from tocsin.language import _

TIMES_SQL = Path(__file__).with_name("times.sql")
ZONE_CHANGES_SQL = Path(__file__).with_name("zone_changes.sql")
LOCAL_TIME_SQL = Path(__file__).with_name("local_time.sql")
FIXED = re.compile(r"(?:UTC|GMT)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?", re.IGNORECASE)

FIRST_YEAR, LAST_YEAR = 2000, 2050
"""Years whose changes are looked up; logs older or later are asked of the engine line by line."""


def _code(shift: int, doubt: int = 0) -> int:
    """Both numbers in one, as ``local_time.sql`` takes it."""
    return (shift + 86_400) * 100_000 + doubt


def code_parts(code: int) -> tuple[int, int]:
    """The shift from UTC and the doubt of a code, in seconds.

    >>> code_parts(_code(3600, 7200))
    (3600, 7200)
    """
    return code // 100_000 - 86_400, code % 100_000


def fixed_shift(zone: str) -> int | None:
    """Seconds east of UTC for ``UTC``, ``UTC+2`` or ``+05:30``; ``None`` for any other zone.

    The sign is that of ISO 8601: ``UTC+2`` is ahead of UTC (in IANA's ``Etc/GMT+2`` it is behind).
    """
    found = FIXED.fullmatch(zone.strip())
    if not found or not zone.strip():
        return None
    sign, hours, minutes = found.groups()
    return (int(hours or 0) * 3600 + int(minutes or 0) * 60) * (-1 if sign == "-" else 1)


def iana_name(zone: str) -> str | None:
    """The IANA name of a zone of whole hours (``UTC+2`` is ``Etc/GMT-2`` there), or ``None`` when it has none."""
    shift = fixed_shift(zone)
    if shift:
        zone = f"Etc/GMT{-shift // 3600:+d}" if shift % 3600 == 0 else ""
    elif shift == 0:
        zone = "UTC"
    return zone if zone in _known_zones() else None


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


Piece = tuple[dt.datetime, int | None]
"""From this wall clock on, this code; ``None`` where nothing is known."""
_PIECES: dict[str, list[Piece]] = {}
"""Zone -> its pieces, in order; the same for every engine."""


def check_time_format(engine: Engine, time_format: str | None, where: str) -> None:
    """Refuse a ``time_format`` that the engine cannot read."""
    if time_format is None:
        return
    try:
        engine.rows(f"select try_strptime('', {literal(time_format)})")
    except duckdb.Error as error:
        raise TocsinError(
            "unknown-time-format",
            _("time_format = {format!r} is not a strptime format").format(format=time_format),
            where=where,
            why=_("no line of this log could be placed in time"),
            remedy=_("write it as in %d/%m/%Y %H:%M:%S; leave it out for ISO 8601 and for epochs"),
        ) from error


def load_times(engine: Engine, zone: str, where: str) -> None:
    """Define the macros of ``times.sql``, and those of ``local_time.sql`` for ``zone``."""
    engine.run(TIMES_SQL.read_text("utf-8"))
    shift = fixed_shift(zone)
    if shift is not None:
        code, zone = f"case when wall is not null then {_code(shift)} end", "UTC"
    else:
        code = _tree(pieces_of(engine, zone, where))
    years = f"{FIRST_YEAR} to {LAST_YEAR}"
    engine.run(LOCAL_TIME_SQL.read_text("utf-8").format(zone=literal(zone), code=code, years=years))


def pieces_of(engine: Engine, zone: str, where: str) -> list[Piece]:
    """The periods of ``zone`` between two changes of its clocks, by wall clock; the last one says where they end.

    Raises :class:`TocsinError` ``unknown-time-zone``.
    """
    shift = fixed_shift(zone)
    if shift is not None:
        return [(dt.datetime(FIRST_YEAR, 1, 1), _code(shift)), (dt.datetime(LAST_YEAR, 1, 1), None)]  # noqa: DTZ001 - wall clocks of the zone
    try:
        return _PIECES[zone] if zone in _PIECES else _PIECES.setdefault(zone, _look_up(engine, zone))
    except duckdb.Error as error:
        raise TocsinError(
            "unknown-time-zone",
            _("the time zone {zone!r} is not known").format(zone=zone),
            where=where,
            why=_("an hour of error moves lines in or out of the hours of the intrusion"),
            remedy=_("write an IANA name, as Europe/Paris, or a fixed shift, as UTC+2, for time_zone in case.toml"),
        ) from error


def _look_up(engine: Engine, zone: str) -> list[Piece]:
    query = ZONE_CHANGES_SQL.read_text("utf-8").format(zone=literal(zone), first=FIRST_YEAR, last=LAST_YEAR)
    start = dt.datetime(FIRST_YEAR, 1, 1)  # noqa: DTZ001 - wall clocks of the zone
    end = dt.datetime(LAST_YEAR, 1, 1)  # noqa: DTZ001
    changes = [(dt.datetime.fromisoformat(at), before, after) for at, before, after in engine.rows(query)]
    changes = [change for change in changes if start < change[0] < end]
    if not changes:
        midnight = f"timestamp '{start}'"
        local = f"timezone({literal(zone)}, timezone('UTC', {midnight}))"
        first = engine.value(f"select epoch({local} - {midnight})::bigint")
        return [(start, _code(int(first))), (end, None)]
    pieces: list[Piece] = [(start, _code(changes[0][1]))]
    for at, before, after in changes:
        low, high = min(before, after), max(before, after)
        # between both local readings of the change, the earlier instant is that of the greater shift
        pieces.append((at + dt.timedelta(seconds=low), _code(high, high - low)))
        pieces.append((at + dt.timedelta(seconds=high), _code(after)))
    return [*pieces, (end, None)]


def _tree(pieces: list[Piece]) -> str:
    """The value of the last piece that begins at or before ``wall``, by halves; NULL before the first one."""

    def node(low: int, high: int) -> str:
        if low == high:
            value = pieces[low][1] if low >= 0 else None
            return "null" if value is None else f"{value}::bigint"
        middle = (low + high + 1) // 2
        before, after = node(low, middle - 1), node(middle, high)
        return f"case when wall < timestamp '{pieces[middle][0]}' then {before} else {after} end"

    return node(-1, len(pieces) - 1)
