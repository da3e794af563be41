"""Who is insured where: contracts, and the records that the operators hold for them.

A record is one human on one contract as one operator writes it; one human has several: two contracts, both parents,
a former insurer whose records are still hosted, an insurer served by both operators.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.rehearsal.controllers import BUYER, LEFT_A, LEFT_B, SELLER, Controllers
from tocsin.rehearsal.people import CHILD, SPOUSE, People
from tocsin.rehearsal.world import DAY, HOUR, NEVER, Calendar, Flags, Ints, Rng, World

STILL = 2**31 - 1
"""``last_day`` of a contract that no one has ended."""
NO_CHANGE, BIRTH_FIX, SURNAME_FIX, CLOSING, DELETION, TRANSFER = range(6)
TRANSFER_DAY = 21


@dataclass(frozen=True)
class Contracts:
    """One entry a contract. Days count from 1970; instants are in milliseconds."""

    controller: Ints
    holder: Ints
    """The policyholder, a human."""
    group: Ints
    """The company whose contract it is part of, or -1."""
    first_day: Ints
    last_day: Ints
    known_from: Ints
    """When the operators received it: an instant."""
    ended_at: Ints
    """When they learnt, during the period of the logs, that it ends; NEVER otherwise."""


@dataclass(frozen=True)
class Records:
    """One entry a record; operator 0 is op-a."""

    person: Ints
    contract: Ints
    operator: Ints
    is_first: Flags
    """The first record of its human: it is written without errors."""
    change: Ints
    changed_at: Ints


def make_contracts(world: World, people: People, cast: Controllers) -> tuple[Contracts, Ints, Ints]:
    """The contracts, and who is on which: (human, contract) pairs."""
    rng, calendar = world.random("contracts"), Calendar.of(world)
    count, first = len(people.role), calendar.epoch_day
    head = np.flatnonzero(people.role == 0)
    households = len(head)
    adult_child = (people.role == CHILD) & (people.year <= 2005)
    own_contract = adult_child & (rng.random(count) < 0.45)
    separate_spouse = (people.role == SPOUSE) & people.split_couple
    both_parents = (rng.random(households) < 0.5)[people.household] & (people.role == CHILD) & people.split_couple
    moved = rng.random(households) < 0.012
    former = rng.random(households) < 0.18
    doubled = rng.random(households) < 0.04
    everyone = np.arange(count)
    pairs: list[tuple[Ints, Ints]] = []
    holders: list[Ints] = []
    kinds: list[Ints] = []
    total = 0

    def open_contracts(kind: int, holder: Ints, members: Ints, household_of_member: Ints | None = None) -> None:
        """Contracts of one kind, one for each holder; members follow that of their household, else their own."""
        nonlocal total
        number = np.full(count if household_of_member is None else households, -1)
        number[holder if household_of_member is None else people.household[holder]] = total + np.arange(len(holder))
        contract = number[members if household_of_member is None else household_of_member]
        pairs.append((members[contract >= 0], contract[contract >= 0]))
        holders.append(holder)
        kinds.append(np.full(len(holder), kind))
        total += len(holder)

    main = everyone[~separate_spouse & ~own_contract]
    open_contracts(0, head, main, people.household[main])
    spouse = np.flatnonzero(separate_spouse)
    with_spouse = everyone[separate_spouse | (both_parents & ~own_contract)]
    open_contracts(1, spouse, with_spouse, people.household[with_spouse])
    grown = np.flatnonzero(own_contract)
    open_contracts(2, grown, grown)
    open_contracts(3, head[doubled], head[doubled])
    open_contracts(4, head[former], main, people.household[main])
    open_contracts(5, head[moved], main, people.household[main])
    holder, kind = np.concatenate(holders), np.concatenate(kinds)
    contracts = _dated(rng, calendar, cast, people, holder, kind, moved, first)
    return contracts, np.concatenate([p for p, _c in pairs]), np.concatenate([c for _p, c in pairs])


def _dated(
    rng: Rng, calendar: Calendar, cast: Controllers, people: People, holder: Ints, kind: Ints, moved: Flags, first: int
) -> Contracts:
    total, household = len(holder), people.household[holder]
    controller = rng.choice(len(cast.ids), size=total, p=cast.share)
    of_household = controller[household]  # contracts of kind 0 come first, in the order of households
    controller = np.where((kind == 3) & (rng.random(total) < 0.5), of_household, controller)
    left = (kind == 4) & (rng.random(total) < 0.25)
    controller[left] = np.where(rng.random(int(left.sum())) < 0.5, LEFT_A, LEFT_B)
    first_day = first - 1 - rng.integers(0, 3_600, total)
    january = rng.random(total) < 0.6
    first_day[january] = first - 1 - 365 * rng.integers(0, 10, int(january.sum()))
    last_day = np.full(total, STILL)
    old = kind == 4
    last_day[old] = first - 2 - np.where(rng.random(int(old.sum())) < 0.5, 0, rng.integers(0, 900, int(old.sum())))
    first_day[old] = last_day[old] - rng.integers(200, 2_500, int(old.sum()))
    announced = (kind == 0) & (rng.random(total) < 0.01) & ~moved[household]
    last_day[announced] = first + rng.integers(2, calendar.days, int(announced.sum()))
    known = calendar.utc((np.maximum(first_day, first - 1_700) - 15) * DAY + rng.integers(6, 20, total) * HOUR)
    ended = np.full(total, NEVER)
    # those who change insurer during the period: the old contract ends the day before the new one starts
    move_day = rng.integers(3, calendar.days - 2, len(moved))
    leaving = (kind == 0) & moved[household]
    arriving = kind == 5
    last_day[leaving] = first + move_day[household[leaving]] - 1
    arrival = calendar.utc((first + move_day[household[arriving]]) * DAY + 9 * HOUR)
    known[arriving] = arrival + household[arriving] % HOUR
    ended[leaving] = calendar.utc((first + move_day[household[leaving]]) * DAY + 8 * HOUR) + household[leaving] % HOUR
    first_day[arriving] = first + move_day[household[arriving]]
    new = (kind == 0) & ~moved[household] & ~announced & (rng.random(total) < 0.01)
    first_day[new] = first + rng.integers(1, calendar.days - 1, int(new.sum()))
    known[new] = calendar.utc(first_day[new] * DAY) + rng.integers(7 * HOUR, 18 * HOUR, int(new.sum()))
    return Contracts(
        controller=controller.astype(np.int64), holder=holder, group=_groups(rng, controller, kind),
        first_day=first_day, last_day=last_day, known_from=known, ended_at=ended,
    )  # fmt: skip


def _groups(rng: Rng, controller: Ints, kind: Ints) -> Ints:
    """Company contracts: a third of contracts, in companies of very unequal sizes, each with one insurer."""
    total = len(controller)
    collective = (rng.random(total) < 0.35) & (kind <= 1)
    per_controller = max(2, total // 40 // (int(controller.max()) + 1))
    weight = np.cumsum(rng.lognormal(0.0, 1.3, per_controller))
    company = np.searchsorted(weight, rng.random(total) * weight[-1])
    return np.where(collective, controller * per_controller + company, -1)


def make_records(world: World, cast: Controllers, contracts: Contracts, human: Ints, contract: Ints) -> Records:
    """The records of both operators, and what happens to each while the logs run."""
    rng, calendar = world.random("records"), Calendar.of(world)
    served = cast.served_by[contracts.controller[contract]]
    person = np.concatenate([human[served[:, 0]], human[served[:, 1]]])
    on = np.concatenate([contract[served[:, 0]], contract[served[:, 1]]])
    operator = np.repeat([0, 1], [int(served[:, 0].sum()), int(served[:, 1].sum())])
    order = np.lexsort((operator, on, person))
    is_first = np.zeros(len(person), dtype=bool)
    is_first[order] = np.r_[True, person[order][1:] != person[order][:-1]]
    count = len(person)
    change = np.full(count, NO_CHANGE)
    lot = rng.random(count)
    for kind, low, high in ((BIRTH_FIX, 0.0, 0.004), (SURNAME_FIX, 0.004, 0.008)):
        change[(lot >= low) & (lot < high)] = kind
    former = contracts.last_day[on] < calendar.epoch_day - 400
    change[former & (lot > 0.97)] = DELETION
    at = calendar.start + rng.integers(2 * DAY, (calendar.days - 1) * DAY, count)
    if calendar.fold is not None:  # the register of op-b writes local times: none falls in the hour lived twice
        at[np.abs(at - calendar.fold) <= 2 * HOUR] += 4 * HOUR
    sold = (contracts.controller[on] == SELLER) & (contracts.last_day[on] == STILL) & (on % 4 == 0)
    change[sold], at[sold] = TRANSFER, calendar.instant(TRANSFER_DAY)
    ending = contracts.ended_at[on] < NEVER
    change[ending], at[ending] = CLOSING, contracts.ended_at[on][ending]
    # nothing happens to a record before it exists; changes are known to the second
    change[at <= contracts.known_from[on] + HOUR] = NO_CHANGE
    at = at // 1000 * 1000
    at[change == NO_CHANGE] = NEVER
    return Records(person=person, contract=on, operator=operator, is_first=is_first, change=change, changed_at=at)


__all__ = ["BUYER", "Contracts", "Records", "make_contracts", "make_records"]
