"""The types of declared facts, and the few readings of them that several tables share."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Sequence

import pyarrow as pa

from tocsin.evidence.case.model import Answers, Case, Party
from tocsin.evidence.times import iana_name

TIME = pa.timestamp("us")
TEXT = pa.string()
INT = pa.int64()
BOOL = pa.bool_()
LINKED = "linked"
"""The scope of the controllers that instructed Tocsin to link people across them."""


def naive(instant: dt.datetime | None) -> dt.datetime | None:
    """An instant as the engine holds it: UTC, without zone."""
    return None if instant is None else instant.astimezone(dt.UTC).replace(tzinfo=None)


def local_midnight(day: dt.date | None, zone: str) -> dt.datetime | None:
    """The instant at which ``day`` starts in ``zone``, as :func:`naive`."""
    if day is None:
        return None
    day = min(max(day, dt.date(2, 1, 1)), dt.date(9999, 12, 30))  # such days mean "since always" and "no end"
    return naive(dt.datetime.combine(day, dt.time(), zoneinfo.ZoneInfo(iana_name(zone) or zone)))


def midnight_after(day: dt.date | None, zone: str) -> dt.datetime | None:
    """The instant at which ``day`` ends in ``zone``."""
    return None if day is None else local_midnight(min(day, dt.date(9999, 12, 30)) + dt.timedelta(days=1), zone)


def categories_of(case: Case) -> list[str]:
    """Every data category that the disclosure map names, sorted: the position is the bit of a mask."""
    return sorted({category for line in case.disclosure for category in line.categories}) or ["undescribed"]


def mask_of(categories: Sequence[str], names: Sequence[str]) -> int:
    """The bit mask of ``names``.

    >>> mask_of(["identity", "nir"], ["nir"])
    2
    """
    return sum(1 << categories.index(name) for name in set(names))


def successor(parties: Sequence[Party], party: str) -> str:
    """Who answers today for ``party``: the end of its chain of mergers."""
    into = {item.id: item.merged_into for item in parties}
    while (following := into.get(party)) is not None:
        party = following
    return party


def sends(answers: Answers, status: int) -> bool:
    """Whether an HTTP status sends data: the exceptions first, then the codes and classes that send nothing."""
    code, family = str(status), f"{status // 100}xx"
    if code in answers.content_status or family in answers.content_status:
        return True
    return code not in answers.nothing_status and family not in answers.nothing_status
