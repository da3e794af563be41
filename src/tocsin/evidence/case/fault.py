"""One mistake in a case file."""

from __future__ import annotations

from dataclasses import dataclass

Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One mistake: where it stands, what it is, how to mend it."""

    location: Location
    kind: str
    what: str
    remedy: str
