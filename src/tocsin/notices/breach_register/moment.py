"""A moment written as far as it is known: a year, a month, a day, or an instant with its offset.

>>> [is_moment(text) for text in ("2024", "2024-02", "2024-02-30", "2024-02-01T15:00:00", "2024-02-01T15:00:00+01:00")]
[True, True, False, False, True]
>>> parts_of("2024-02")
(2024, 2)
"""

from __future__ import annotations

import re
from datetime import date, datetime

CLOCK = r"T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})"
SHAPE = re.compile(rf"([0-9]{{4}})(?:-([0-9]{{2}})(?:-([0-9]{{2}})({CLOCK})?)?)?")


def is_moment(text: str) -> bool:
    """Whether ``text`` is one."""
    found = SHAPE.fullmatch(text)
    if found is None:
        return False
    try:
        if found.group(4):
            datetime.fromisoformat(text)
        date(int(found.group(1)), int(found.group(2) or 1), int(found.group(3) or 1))
    except ValueError:
        return False
    return True


def parts_of(text: str) -> tuple[int, ...]:
    """Year, month and day, as far as they are known, as written."""
    found = SHAPE.fullmatch(text)
    return tuple(int(part) for part in found.groups()[:3] if part) if found else ()


def instant_of(text: str) -> datetime | None:
    """The instant, when the moment is one."""
    return datetime.fromisoformat(text) if "T" in text else None
