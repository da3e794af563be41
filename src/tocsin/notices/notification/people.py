"""Who is concerned, how many, and which of their data."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.language import _
from tocsin.law.facts import Account, Party
from tocsin.law.risk.vocabulary import all_categories
from tocsin.law.risk.words import spelled
from tocsin.notices.figure import Figure, of_unit, origin_of, population_name, words_of
from tocsin.notices.notification.answer import UNKNOWN, Answer, said, yes_or_no
from tocsin.notices.notification.proposals import proposals
from tocsin.notices.situation import Situation

GROUP = "facts.toml [[group]], run"


def answer_people(situation: Situation, party: Party, account: Account, about: str) -> dict[str, Answer]:
    """People and data of the groups for which ``party`` answers."""
    assessed = situation.assessments.get(party.id, [])
    figures = [item for item in situation.figures_of(party.id) if _concerns(item, party, about)]
    populations = dict.fromkeys([*(item.group.population for item in assessed), *(item.population for item in figures)])
    found = {name for item in assessed for name in item.group.categories}
    categories = tuple(name for name in all_categories() if name in found)
    people = account.people or tuple(proposals()["relations"][name] for name in populations)
    persons, records = of_unit(figures, "persons"), of_unit(figures, "records")
    return {
        "people.relations": said(people, "facts.toml [[account]] people" if account.people else GROUP),
        "people.described": said("; ".join(map(described, persons)), _origins(persons)),
        "people.number": said(persons, _origins(persons)),
        "people.counted": _counted(persons),
        "people.are_identifiable": yes_or_no(_are_identifiable(categories), GROUP),
        "data.categories": said(categories, GROUP),
        "data.described": said(", ".join(map(spelled, categories)), GROUP),
        "data.are_sensitive": yes_or_no(_are_sensitive(categories), GROUP),
        "data.number": said(records, _origins(records)),
        "data.counted": _counted(records),
    }


def _concerns(figure: Figure, party: Party, about: str) -> bool:
    """A processor that answers for professionals counts these only."""
    return figure.population == "professional" if party.role != "controller" or about == "professionals" else True


def described(figure: Figure) -> str:
    return _("{population}: {figure}").format(population=population_name(figure.population), figure=words_of(figure))


def _origins(figures: Iterable[Figure]) -> str:
    return "; ".join(dict.fromkeys(map(origin_of, figures)))


def _counted(figures: tuple[Figure, ...]) -> Answer:
    """``exact`` only when the bounds meet in a run's figure."""
    if not figures:
        return UNKNOWN
    is_exact = all(item.lower == item.upper and not item.is_declared for item in figures)
    return Answer("exact" if is_exact else "approximate", _origins(figures))


def _are_identifiable(categories: tuple[str, ...]) -> bool | None:
    return any(all_categories()[name].names for name in categories) if categories else None


def _are_sensitive(categories: tuple[str, ...]) -> bool | None:
    return any(all_categories()[name].type == "sensitive" for name in categories) if categories else None
