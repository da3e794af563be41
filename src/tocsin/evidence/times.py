"""Local times of logs, in UTC: which zone, and what to think of the hour that was lived twice.

Zones are those of the IANA database bundled with the engine (``Europe/Paris``), or fixed shifts (``UTC+2``): the
result does not depend on the machine. The SQL is in ``times.sql`` and ``local_time.sql``.

>>> fixed_shift("UTC+2"), fixed_shift("-03:30"), fixed_shift("Europe/Paris")
(7200, -12600, None)
"""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from tocsin.engine.duck import Engine, literal
from tocsin.errors import TocsinError
from tocsin.language import _

TIMES_SQL = Path(__file__).with_name("times.sql")
LOCAL_TIME_SQL = Path(__file__).with_name("local_time.sql")
FIXED = re.compile(r"(?:UTC|GMT)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?", re.IGNORECASE)

DAYS_NEAR_CHANGE = """
with day as (
    select d, timezone({zone}, d) - timezone({zone}, d + interval 1 day) as length
    from range(timestamp '1970-01-01', timestamp '2100-01-01', interval 1 day) r(d)
),
changed as (select d from day where length <> interval '-24 hours')
select distinct (d + to_days(k::integer))::date::varchar as near from changed, range(-1, 2) s(k) order by near
"""


def fixed_shift(zone: str) -> int | None:
    """Seconds east of UTC for ``UTC``, ``UTC+2`` or ``+05:30``; ``None`` for any other zone.

    The sign is that of ISO 8601: ``UTC+2`` is ahead of UTC (in IANA's ``Etc/GMT+2`` it is behind).
    """
    found = FIXED.fullmatch(zone.strip())
    if not found or not zone.strip():
        return None
    sign, hours, minutes = found.groups()
    return (int(hours or 0) * 3600 + int(minutes or 0) * 60) * (-1 if sign == "-" else 1)


_DAYS: dict[str, str] = {}
"""Zone -> the days of ``DAYS_NEAR_CHANGE``, as SQL; the same for every engine."""


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
        engine.run(
            f"""
            create or replace temp macro local_reading(wall) as wall - to_seconds({shift});
            create or replace temp macro local_doubt_s(wall, instant) as 0;
            create or replace temp macro local_earliest(wall, instant, doubt_s) as instant;
            """
        )
        return
    try:
        if zone not in _DAYS:
            days = [f"date '{day}'" for (day,) in engine.rows(DAYS_NEAR_CHANGE.format(zone=literal(zone)))]
            _DAYS[zone] = f"[{', '.join(days)}]::date[]"
    except duckdb.Error as error:
        raise TocsinError(
            "unknown-time-zone",
            _("the time zone {zone!r} is not known").format(zone=zone),
            where=where,
            why=_("an hour of error moves lines in or out of the hours of the intrusion"),
            remedy=_("write an IANA name, as Europe/Paris, or a fixed shift, as UTC+2, for time_zone in case.toml"),
        ) from error
    engine.run(f"set variable days_near_change = {_DAYS[zone]}")
    engine.run(LOCAL_TIME_SQL.read_text("utf-8").format(zone=literal(zone)))
