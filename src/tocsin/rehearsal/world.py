"""What a rehearsal is asked to be, and its calendar: the only place where its dates are chosen.

The breach of a world happens in January 2024, the month of annual renewals; the world whose clocks are put back
(defect ``dst_fold``) happens in October 2024, so that its attack crosses the hour lived twice.

>>> World(defects=("clock_skew",)).chosen_defects
('clock_skew',)
>>> Calendar.of(World()).day(20)
datetime.date(2024, 1, 22)
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tocsin.errors import TocsinError
from tocsin.language import _

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Rng = np.random.Generator

DEFECTS = (
    "missing_node_interval", "truncated_gzip", "missing_rotated_file", "clock_skew", "dst_fold", "cut_long_line",
    "duplicate_delivery", "retention", "no_totals", "garbage_lines", "throttled", "mixed_encoding",
)  # fmt: skip
NEEDS_TEXT = ("truncated_gzip", "cut_long_line", "garbage_lines", "mixed_encoding")
HOUR, DAY = 3_600_000, 86_400_000
"""Milliseconds; every instant of a world is a whole number of milliseconds since 1970, UTC."""
NEVER = 253_370_764_800_000
"""An instant after every other (year 9999)."""
PORTAL_A, PORTAL_B = 0, 1


@dataclass(frozen=True)
class World:
    """One synthetic breach: the same world gives the same bytes."""

    people: int = 5_000
    seed: int = 1
    attack: Literal["bulk", "shared", "slow"] = "bulk"
    defects: bool | tuple[str, ...] = False
    events_per_person: float = 6.0
    controllers: int = 12
    form: Literal["text", "parquet"] = "text"
    instructions: bool = True

    operators = ("op-a", "op-b")

    def __post_init__(self) -> None:
        known = isinstance(self.defects, bool) or set(self.defects) <= set(DEFECTS)
        suits = isinstance(self.defects, bool) or self.form == "text" or not set(self.defects) & set(NEEDS_TEXT)
        for holds, what, remedy in (
            (self.people >= 200, _("a rehearsal needs at least 200 people"), _("ask for 1,000 or more")),
            (8 <= self.controllers <= 400, _("a rehearsal has 8 to 400 controllers"), _("ask for 12, or 84")),
            (1 <= self.events_per_person <= 100, _("a rehearsal has 1 to 100 events per person"), _("ask for 6")),
            (self.attack in ("bulk", "shared", "slow"), _("this attack is not known"), _("bulk, shared or slow")),
            (self.form in ("text", "parquet"), _("this form of logs is not known"), _("text or parquet")),
            (known, _("one of these defects is not known"), ", ".join(DEFECTS)),
            (suits, _("one of these defects only exists in text logs"), _('ask for form="text"')),
        ):
            if not holds:
                raise TocsinError("world-refused", what, why=_("nothing was written"), remedy=remedy)

    @property
    def chosen_defects(self) -> tuple[str, ...]:
        """The defects of this world, in the order of :data:`DEFECTS`; ``True`` draws three or four of them."""
        if not isinstance(self.defects, bool):
            return tuple(name for name in DEFECTS if name in self.defects)
        if not self.defects:
            return ()
        drawn = [name for name in DEFECTS if self.form == "text" or name not in NEEDS_TEXT]
        rng = self.random("defects")
        chosen = set(rng.choice(drawn, size=int(rng.integers(3, 5)), replace=False).tolist())
        return tuple(name for name in DEFECTS if name in chosen)

    def random(self, part: str) -> Rng:
        """The random numbers of one part of the world, independent of those of the other parts."""
        return np.random.default_rng([self.seed, self.people, *part.encode()])


@dataclass(frozen=True)
class Calendar:
    """The thirty days that the logs cover, in French local time."""

    first: dt.date
    fold: int | None
    """When clocks are put back (UTC), if they are."""
    days = 30

    @classmethod
    def of(cls, world: World) -> Calendar:
        if "dst_fold" in world.chosen_defects:
            return cls(dt.date(2024, 10, 2), int(dt.datetime(2024, 10, 27, 1, tzinfo=dt.UTC).timestamp() * 1000))
        return cls(dt.date(2024, 1, 2), None)

    def day(self, number: int) -> dt.date:
        return self.first + dt.timedelta(days=number)

    @property
    def epoch_day(self) -> int:
        """The first day, in days since 1970."""
        return (self.first - dt.date(1970, 1, 1)).days

    def utc(self, local: Ints) -> Ints:
        """Local wall-clock milliseconds to instants (the first passage through an hour lived twice)."""
        if self.fold is None:
            return local - HOUR
        return np.where(local < self.fold + 2 * HOUR, local - 2 * HOUR, local - HOUR)

    def instant(self, day: float, hour: float = 0) -> int:
        """Local ``hour`` of the day numbered ``day``, as an instant."""
        local = (self.epoch_day + int(day)) * DAY + round(hour * HOUR)
        return int(self.utc(np.array([local], dtype=np.int64))[0])

    @property
    def start(self) -> int:
        return self.instant(0)

    @property
    def end(self) -> int:
        return self.instant(self.days)

    def local_sql(self, instant: str) -> str:
        """SQL of the local wall-clock milliseconds of a column of instants."""
        if self.fold is None:
            return f"({instant} + {HOUR})"
        return f"({instant} + case when {instant} < {self.fold} then {2 * HOUR} else {HOUR} end)"

    def write(self, instant: int) -> str:
        """An instant as case.toml writes it, with its offset."""
        hours = 2 if self.fold is not None and instant < self.fold else 1
        zone = dt.timezone(dt.timedelta(hours=hours))
        return dt.datetime.fromtimestamp(instant / 1000, zone).isoformat(timespec="seconds")
