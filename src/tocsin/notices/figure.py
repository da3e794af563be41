"""A figure of a notice: never alone, always between bounds, and it knows where it comes from.

>>> figure = Figure("insured", "persons", 1742, 2310, Declared("the DPO", date(2024, 2, 3), "size of the base"))
>>> from tocsin.language import speaking
>>> with speaking("en"):
...     words_of(figure).replace("\u202f", " ")
'at least 1 742, possibly up to 2 310 persons'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tocsin.language import _
from tocsin.law.words import grouped


@dataclass(frozen=True)
class Computed:
    """Counted by a run."""

    run: str
    table: str
    base_date: str = ""


@dataclass(frozen=True)
class Declared:
    """Said by somebody, on a ground; ``on`` lacks only where the facts file itself says it, undated."""

    by: str
    on: date | None
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


def words_of(figure: Figure) -> str:
    """The figure as it may be told: in the conditional, the upper bound always beside the lower."""
    if figure.lower is None:
        return _("possibly up to {upper} {unit}; at least how many is not yet known").format(
            upper=grouped(figure.upper), unit=unit_name(figure.unit)
        )
    lower = grouped(figure.lower)
    return _("at least {lower}, possibly up to {upper} {unit}").format(
        lower=lower, upper=grouped(figure.upper), unit=unit_name(figure.unit)
    )


def origin_of(figure: Figure) -> str:
    """Where it comes from, in words."""
    origin = figure.origin
    if isinstance(origin, Computed):
        return _("computed: run {run}, table {table}, base of {day}").format(
            run=origin.run, table=origin.table, day=origin.base_date or "-"
        )
    if origin.on is None:
        return _("declared by {by}: {ground}").format(by=origin.by, ground=origin.ground)
    return _("declared by {by} on {on}: {ground}").format(by=origin.by, on=origin.on, ground=origin.ground)


def unit_name(unit: str) -> str:
    """A unit in words."""
    return {
        "lines": _("lines of the logs"), "records": _("records"), "contracts": _("contracts"),
        "households": _("households"), "persons": _("persons"),
    }[unit]  # fmt: skip


def population_name(population: str) -> str:
    """A population in words."""
    return {
        "insured": _("Insured people"), "professional": _("Professionals"), "other": _("Other people")
    }[population]  # fmt: skip


def of_unit(figures: Iterable[Figure], unit: str) -> tuple[Figure, ...]:
    """The figures of one unit, one for each population."""
    return tuple(item for item in figures if item.unit == unit)
