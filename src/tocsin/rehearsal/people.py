"""The humans of a world, in households: who they really are, before any register writes them down.

>>> from tocsin.rehearsal.world import World
>>> humans = make_people(World(people=1_000))
>>> len(humans.household), bool((humans.twin_rank == 2).any())
(1000, True)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.rehearsal.names import NameTables, load_names
from tocsin.rehearsal.world import Flags, Ints, Rng, World

ADULT_HEAD, SPOUSE, CHILD = 0, 1, 2
PLAIN, PARTICLE, DOUBLE = 0, 1, 2
MAINLAND, ABROAD, CORSICA, OVERSEAS = 0, 1, 2, 3
BASE_YEAR = 2024


@dataclass(frozen=True)
class People:
    """One entry a human in each array; people of a household follow one another, its head first."""

    household: Ints
    role: Ints
    sex: Ints
    year: Ints
    month: Ints
    day: Ints
    """Month and day are 0 for a person whose civil status only knows the year ("lunar" date)."""
    twin_rank: Ints
    birth_surname: Ints
    usage_surname: Ints
    second_surname: Ints
    """The other half of a double surname, or -1."""
    particle: Ints
    first_name: Ints
    second_first_name: Ints
    """The other half of a compound first name, or -1."""
    place_kind: Ints
    department: Ints
    commune: Ints
    order: Ints
    provisional: Flags
    split_couple: Flags
    """Of a couple whose members have each their own contract."""


def make_people(world: World) -> People:
    rng, tables = world.random("people"), load_names()
    household, position, adults, size = _households(rng, world.people)
    role = np.where(position == 0, ADULT_HEAD, np.where((position == 1) & (adults == 2), SPOUSE, CHILD))
    head = np.flatnonzero(position == 0)[household]
    age = _ages(rng, household, role, head, size)
    count = world.people
    sex = rng.integers(1, 3, count)
    spouse = role == SPOUSE
    sex[spouse] = 3 - sex[head[spouse]]
    lunar, place_kind, department, commune = _places(rng, count, BASE_YEAR - 1 - age)
    year = BASE_YEAR - 1 - age
    month, day = rng.integers(1, 13, count), rng.integers(1, 29, count)
    new_year = rng.random(count) < np.where(place_kind == ABROAD, 0.12, 0.001)
    month[new_year], day[new_year] = 1, 1
    month[lunar], day[lunar] = 0, 0
    rank = np.ones(count, dtype=np.int64)
    child = np.flatnonzero(role == CHILD)
    twin = child[(role[child - 1] == CHILD) & (household[child - 1] == household[child])]
    twin = twin[rng.random(len(twin)) < 0.05]
    twin = twin[~np.isin(twin - 1, twin)]
    for part in (year, month, day, place_kind, department, commune):
        part[twin] = part[twin - 1]
    rank[twin] = 2
    birth_surname, usage, second, particle = _surnames(rng, tables, household, role, sex, head)
    first = tables.draw_first_names(rng, sex, year)
    compound = np.where(rng.random(count) < 0.05, tables.draw_first_names(rng, sex, year), -1)
    return People(
        household=household, role=role, sex=sex, year=year, month=month, day=day, twin_rank=rank,
        birth_surname=birth_surname, usage_surname=usage, second_surname=second, particle=particle, first_name=first,
        second_first_name=compound, place_kind=place_kind, department=department, commune=commune,
        order=_order_in_place(sex, year, month, department, commune),
        provisional=(place_kind == ABROAD) & (rng.random(count) < 0.06),
        split_couple=(rng.random(household.max() + 1) < 0.18)[household] & (adults == 2),
    )  # fmt: skip


def _households(rng: Rng, people: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Household, position in it, its number of adults and its size, for each human."""
    kind = rng.choice(4, size=people, p=(0.38, 0.27, 0.26, 0.09))
    adults = np.where((kind == 1) | (kind == 2), 2, 1)
    children = np.where(kind >= 2, rng.choice((1, 2, 3, 4), size=people, p=(0.4, 0.4, 0.15, 0.05)), 0)
    size = adults + children
    ends = np.cumsum(size)
    kept = int(np.searchsorted(ends, people)) + 1
    household = np.repeat(np.arange(kept), size[:kept])[:people]
    position = np.arange(people) - (ends - size)[household]
    return household, position, adults[household], size[household]


def _ages(rng: Rng, household: Ints, role: Ints, head: Ints, size: Ints) -> Ints:
    count = len(household)
    parent = size - np.where(role == SPOUSE, 1, 0) > 2
    age = np.where(parent, rng.integers(25, 58, count), rng.integers(21, 93, count))
    age = age[head]
    spouse = role == SPOUSE
    age[spouse] = np.clip(age[spouse] + rng.normal(0, 3, int(spouse.sum())).astype(np.int64), 20, 95)
    child = role == CHILD
    age[child] = np.clip(age[child] - 24 - rng.integers(0, 15, int(child.sum())), 0, 27)
    return age


def _places(rng: Rng, count: int, year: Ints) -> tuple[Flags, Ints, Ints, Ints]:
    kind = rng.choice((MAINLAND, ABROAD, CORSICA, OVERSEAS), size=count, p=(0.845, 0.12, 0.01, 0.025))
    department = rng.integers(1, 96, count)
    department[department == 20] = 75
    department[kind == ABROAD] = 99
    department[kind == OVERSEAS] = 97
    department[kind == CORSICA] = 20
    commune = rng.integers(1, 580, count)
    commune[kind == ABROAD] = rng.integers(101, 518, int((kind == ABROAD).sum()))
    commune[kind == OVERSEAS] += 100
    lunar = (kind == ABROAD) & (rng.random(count) < np.where(year < 1975, 0.15, 0.02))
    return lunar, kind, department, commune


def _surnames(
    rng: Rng, tables: NameTables, household: Ints, role: Ints, sex: Ints, head: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    count = len(household)
    own = tables.draw_surnames(rng, count)
    family = own[head]
    spouse_of_head = np.full(household.max() + 1, -1)
    spouses = np.flatnonzero(role == SPOUSE)
    spouse_of_head[household[spouses]] = spouses
    partner = spouse_of_head[household]
    father_is_spouse = (partner >= 0) & (sex[partner] == 1)
    family = np.where(father_is_spouse, own[partner], family)
    child = role == CHILD
    birth = np.where(child, family, own)
    married = (sex == 2) & ~child & (partner >= 0) & (rng.random(household.max() + 1) < 0.65)[household]
    usage = np.where(married, family, birth)
    second = np.full(count, -1)
    doubled = (child & (rng.random(household.max() + 1) < 0.1)[household]) | (married & (rng.random(count) < 0.08))
    other = np.where(father_is_spouse, own[head], np.where(partner >= 0, own[partner], own[head]))
    second[doubled] = np.where(child, other, birth)[doubled]
    second[second == usage] = -1
    particle = (rng.random(household.max() + 1) < 0.015)[household].astype(np.int64)
    return birth, usage, second, particle


def _order_in_place(sex: Ints, year: Ints, month: Ints, department: Ints, commune: Ints) -> Ints:
    """The order number in the register of births: unlike for two people of one sex, month and place."""
    place = (((sex * 100 + year % 100) * 13 + month) * 100 + department) * 1000 + commune
    order = np.argsort(place, kind="stable")
    ordered = place[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    rank = np.arange(len(place)) - np.repeat(starts, np.diff(np.r_[starts, len(place)]))
    out = np.empty(len(place), dtype=np.int64)
    out[order] = rank
    return (out + place % 631) % 998 + 1
