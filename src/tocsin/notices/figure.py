"""A figure of a notice: never alone, always between bounds, and it knows where it comes from.

>>> Figure("insured", "persons", 1742, 2310, Declared("the DPO", date(2024, 2, 3), "size of the base")).is_declared
True
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Computed:
    """Counted by a run."""

    run: str
    table: str
    base_date: str = ""


@dataclass(frozen=True)
class Declared:
    """Said by somebody, on a ground."""

    by: str
    on: date
    ground: str


@dataclass(frozen=True)
class Figure:
    """A count of one unit of one population: at least ``lower`` (``None``: not known), at most ``upper``."""

    population: str
    unit: str
    lower: int | None
    upper: int
    origin: Computed | Declared
    working: int | None = None

    @property
    def is_declared(self) -> bool:
        """Whether a person vouches for it, and no run."""
        return isinstance(self.origin, Declared)
