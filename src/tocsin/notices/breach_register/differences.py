"""What changed between two versions of a record, value by value, in the words of its table."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.notices.breach_register.cells import cells_of
from tocsin.notices.breach_register.record import BreachRecord, People


@dataclass(frozen=True)
class Change:
    """One value, before and after; empty: not known."""

    what: str
    before: str
    after: str


def differences(before: BreachRecord, after: BreachRecord) -> tuple[Change, ...]:
    """Each value that differs; a figure is named by its population, its unit and its bound."""
    old, new = cells_of(before), cells_of(after)
    found = [Change(key, old[key], new[key]) for key in old if key != "people" and old[key] != new[key]]
    return (*found, *_figures(before, after))


def _figures(before: BreachRecord, after: BreachRecord) -> list[Change]:
    olds = {(item.population, item.unit): item for item in before.people}
    news = {(item.population, item.unit): item for item in after.people}
    found = []
    for population, unit in dict.fromkeys([*olds, *news]):
        old, new = _parts(olds.get((population, unit))), _parts(news.get((population, unit)))
        found += [
            Change(f"people[{population} {unit}].{key}", old[key], new[key]) for key in old if old[key] != new[key]
        ]
    return found


def _parts(figure: People | None) -> dict[str, str]:
    names = ("lower", "working", "upper", "run", "by", "on", "ground")
    return {name: _text(getattr(figure, name, None)) for name in names}


def _text(value: object) -> str:
    return "" if value is None else str(value)
