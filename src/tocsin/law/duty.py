"""A duty: who, to whom, what, by when, under which text, counted how, and where it stands.

>>> Duty.__dataclass_params__.frozen
True
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from tocsin.law.texts import Version

Pace = Literal["dated", "at_once", "waiting"]
"""``dated``: there is a deadline; ``at_once``: the law gives no hours; ``waiting``: what starts it has not come."""
State = Literal["open", "overdue", "to_decide", "waiting", "sent", "closed", "closed_late", "not_owed"]


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One line of the list of duties."""

    kind: str
    by: str
    to: str
    what: str
    basis: Version
    pace: Pace
    place: str
    since: datetime | None = None
    """The moment that starts it."""
    due: datetime | None = None
    about: str = ""
    """Which people, breach or phase, when the same duty stands several times."""
    computation: tuple[str, ...] = ()
    information: tuple[str, ...] = ()
    """What must be known and does not move the deadline."""
    reasons: tuple[str, ...] = ()
    """Why it is owed, or may not be."""
    asks: tuple[str, ...] = ()
    """What a person must still decide, give or explain."""
    at_stake: str = ""
    filed_by: str = ""
    """Who files for whom owes, under a mandate in force."""
    state: State = "open"
    sent_at: datetime | None = None
    received_at: datetime | None = None
    receipt: str = ""
    standing: str = "in_force"

    @property
    def order(self) -> tuple[bool, datetime, str, str]:
        """What comes first: what is due first, or should have left already."""
        moment = self.due or self.since
        return (moment is None, moment or datetime.max.replace(tzinfo=UTC), self.kind, self.by)
