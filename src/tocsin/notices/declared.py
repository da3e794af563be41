"""Figures that persons declared: ``[[figure]]``, decisions of kind ``figure``, and the groups of the facts file.

The closest declaration wins: a decision of the case, then a ``[[figure]]``, then the sum of the groups of a party, who
are people apart by definition. A figure of the whole breach (``*``) is never given to one controller as its own, unless
it is the only one.

>>> from tocsin.law.facts import Group, Party
>>> facts = Facts(party=(Party(id="a", name="A", role="controller"),),
...               group=(Group(id="g", controller="a", categories=("name",), upper=3),))
>>> [item.upper for item in declared_figures(facts)["a"]]
[3]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from tocsin.evidence.decisions import Decision
from tocsin.language import _
from tocsin.law.facts import EVERYONE, Facts
from tocsin.law.facts.load import FACTS_FILE
from tocsin.notices.figure import Declared, Figure

Key = tuple[str, str, str]
"""Party, population, unit."""


def declared_figures(facts: Facts, decisions: Iterable[Decision] = ()) -> dict[str, tuple[Figure, ...]]:
    """The declared figures of each party."""
    found: dict[Key, Figure] = {**_of_groups(facts), **_of_facts(facts), **_of_decisions(decisions)}
    controllers = facts.controllers()
    if len(controllers) == 1:
        only = controllers[0].id
        for (party, population, unit), figure in [*found.items()]:
            if party == EVERYONE and population != "professional":
                found.setdefault((only, population, unit), figure)
    return grouped_by_party(found)


def grouped_by_party(found: Mapping[Key, Figure]) -> dict[str, tuple[Figure, ...]]:
    """The figures of each party, in order."""
    parties: dict[str, tuple[Figure, ...]] = {}
    for (party, _population, _unit), figure in sorted(found.items(), key=lambda item: item[0]):
        parties[party] = (*parties.get(party, ()), figure)
    return parties


def _of_facts(facts: Facts) -> dict[Key, Figure]:
    return {
        (item.controller, item.population, item.unit): Figure(
            item.population, item.unit, item.lower, item.upper, Declared(item.by, item.on, item.ground)
        )
        for item in facts.figure
    }


def _of_decisions(decisions: Iterable[Decision]) -> dict[Key, Figure]:
    """A figure that a person declared in the case; ``total`` is the whole breach."""
    found = {}
    for item in decisions:
        upper = item.content.get("upper")
        if item.kind != "figure" or not isinstance(upper, int):
            continue
        scope = str(item.subject.get("scope", EVERYONE)).replace("total", EVERYONE)
        population, unit = str(item.subject.get("population", "insured")), str(item.subject.get("unit", "persons"))
        day = datetime.fromisoformat(item.at).date()
        origin = Declared(item.who, day, item.reason)
        found[(scope, population, unit)] = Figure(population, unit, item.content.get("lower"), upper, origin)
    return found


def _of_groups(facts: Facts) -> dict[Key, Figure]:
    """The people of the groups of one party and population, when each group says how many at most."""
    sums: dict[Key, list[tuple[int | None, int | None]]] = {}
    for group in facts.group:
        sums.setdefault((group.controller, group.population, "persons"), []).append((group.lower, group.upper))
    found = {}
    for key, bounds in sums.items():
        uppers = [upper for _lower, upper in bounds if upper is not None]
        lowers = [lower for lower, _upper in bounds if lower is not None]
        if len(uppers) == len(bounds) and (key[0] != EVERYONE or len(bounds) == 1):
            undated: date | None = None
            origin = Declared(FACTS_FILE, undated, _("people of {count} groups").format(count=len(bounds)))
            found[key] = Figure(key[1], key[2], sum(lowers) if lowers else None, sum(uppers), origin)
    return found
