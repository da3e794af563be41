"""What the intruders ask: in bulk from one account or two, from a list shared by many, or slowly at an honest pace."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.engine import Engine
from tocsin.rehearsal.professionals import HEADLESS, SCRIPT, Accounts
from tocsin.rehearsal.work import (
    BY_CONTRACT,
    BY_MEMBER,
    EXPORT,
    LOOKUP,
    NO_TYPO,
    OWN_ACCOUNT,
    SEARCH,
    WRONG_MEMBER,
    WRONG_NIR,
    Asks,
    Desk,
    Sessions,
    draw_fates,
    draw_work_times,
    join_asks,
    join_sessions,
    unfold_contacts,
)  # fmt: skip
from tocsin.rehearsal.world import DAY, HOUR, PORTAL_A, PORTAL_B, Calendar, Ints, Rng, World

PAGE_SIZE = {SEARCH: 20, BY_CONTRACT: 25}
LEVELS = ((2, False), (3, False), (2, True), (3, True), (4, True))
"""Letters of the surname, birth year given or not: from the broadest search to the narrowest."""


@dataclass(frozen=True)
class Attack:
    """A whole attack. Detail pages and cards that follow an answer are added once the portal has answered."""

    compromised: Ints
    known_good: int
    starts_at: int
    closed_at: int
    sessions: Sessions
    asks: Asks
    queries: tuple[list[str], list[int | None]]
    """Surname prefix and birth year of the broad searches."""
    detail_percent: int
    family_percent: int


def attack_window(world: World, calendar: Calendar) -> tuple[int, int, int]:
    """Last instant at which the credentials were good, first hostile request, closing of the accounts."""
    if world.attack == "slow":
        return calendar.instant(3, 18), calendar.instant(6, 8.25), calendar.instant(27, 15)
    return calendar.instant(17, 18), calendar.instant(20, 7.5), calendar.instant(27, 15)


def choose_compromised(world: World, accounts: Accounts) -> Ints:
    """The phished accounts: small establishments, on both portals."""
    rng = world.random("compromised")
    small = accounts.profession <= 2
    on_a = rng.permutation(np.flatnonzero(small & (accounts.portal == PORTAL_A)))
    on_b = rng.permutation(np.flatnonzero(small & (accounts.portal == PORTAL_B)))
    if world.attack == "bulk":
        free = on_a[~accounts.in_network[on_a]]
        limited = on_b[accounts.in_network[on_b]]
        return np.concatenate([free[:1], limited[:1] if len(limited) else on_b[:1]])
    wanted = 30 if world.attack == "slow" else int(np.clip(8 + world.people // 40_000, 8, 30))
    wanted_a = round(wanted * (0.6 if world.attack == "slow" else 0.8))
    return np.concatenate([on_a[:wanted_a], on_b[: wanted - wanted_a]])


def plan_attack(
    world: World, calendar: Calendar, engine: Engine, accounts: Accounts, desk: Desk, compromised: Ints
) -> Attack:
    rng = world.random("attack")
    good, start, close = attack_window(world, calendar)
    queries: tuple[list[str], list[int | None]] = ([], [])
    if world.attack == "bulk":
        planned, queries = _bulk(rng, engine, accounts, compromised, start, close)
        rates = (25, 8)
    elif world.attack == "shared":
        planned, rates = _shared(rng, engine, accounts, desk, compromised, start, close), (3, 12)
    else:
        planned, rates = _slow(rng, calendar, accounts, desk, compromised, start, close), (10, 6)
    sessions = join_sessions([item for item, _asks in planned])
    offsets = np.cumsum([0, *[len(item.start) for item, _asks in planned]])
    asks = join_asks(
        [
            Asks(**{**vars(item), "session": item.session + offset})
            for (_sessions, item), offset in zip(planned, offsets.tolist(), strict=False)
        ]
    )
    own = np.flatnonzero(rng.random(len(sessions.start)) < 0.5)
    profile = Asks.of(
        accounts.portal[sessions.account[own]], sessions.start[own] + 6_000, own, own * 0 + OWN_ACCOUNT, own * 0 - 1
    )
    return Attack(compromised, good, start, close, sessions, join_asks([asks, profile]), queries, *rates)


def _robot(
    rng: Rng, accounts: Accounts, account: int, count: int, pace: int, start: int, end: int, per_session: int
) -> tuple[Sessions, Ints, Ints]:
    """Sessions of a robot that asks ``count`` questions every ``pace`` ms at most; instant and session of each."""
    runs = max(2, -(-count // per_session))
    share = -(-count // runs)
    number = np.arange(count) // share
    begin = start + (np.arange(runs) * ((end - start) / runs)).astype(np.int64)
    room = (end - start) // runs
    pace = int(min(pace, room * 0.9 / (share + 2)))
    begin = begin + rng.integers(0, max(1, room - pace * (share + 2)), runs)
    at = begin[number] + 12_000 + (np.arange(count) % share) * pace + rng.integers(0, max(1, pace // 8), count)
    sessions = Sessions(
        account=np.full(runs, account), start=begin,
        address=np.where(rng.random(runs) < 0.1, accounts.address[account], -1 - rng.integers(0, 9, runs)),
        browser=np.full(runs, SCRIPT if rng.random() < 0.6 else HEADLESS), hostile=np.ones(runs, dtype=bool),
    )  # fmt: skip
    return sessions, at, number


def _bulk(
    rng: Rng, engine: Engine, accounts: Accounts, compromised: Ints, start: int, close: int
) -> tuple[list[tuple[Sessions, Asks]], tuple[list[str], list[int | None]]]:
    planned = []
    prefixes: list[str] = []
    years: list[int | None] = []
    for account in compromised.tolist():
        if accounts.portal[account] == PORTAL_A:
            prefixes, years, rows = _broad_searches(rng, engine, start)
            query, page = _pages(rng, rows, PAGE_SIZE[SEARCH])
            action, about = np.full(len(query), SEARCH), np.full(len(query), -1)
        else:
            contracts, rows = _company_contracts(rng, engine, bool(accounts.in_network[account]))
            whole = rng.random(len(rows)) < 0.15
            number, page = _pages(rng, np.where(whole, 1, rows), PAGE_SIZE[BY_CONTRACT])
            action = np.where(whole[number], EXPORT, BY_CONTRACT)
            page = np.where(action == EXPORT, 0, page)
            query, about = np.full(len(number), -1), contracts[number]
        sessions, at, session = _robot(rng, accounts, account, len(query), 12_000, start, close - HOUR, 220)
        zero = at * 0
        asks = Asks.of(
            zero + accounts.portal[account], at, session, action, about,
            query=query, page=page, fate=draw_fates(rng, len(at)),
        )  # fmt: skip
        planned.append((sessions, asks))
    return planned, (prefixes, years)


def _broad_searches(rng: Rng, engine: Engine, start: int) -> tuple[list[str], list[int | None], Ints]:
    """A sweep of the alphabet, from a random letter, that should read about a third of the base."""
    base = f"from version where operator = 0 and vf <= {start} and vt > {start}"
    target = 0.33 * engine.value(f"select count(*) {base}")
    best: tuple[list[str], list[int | None], Ints] = ([], [], np.zeros(0, dtype=np.int64))
    for letters, with_year in LEVELS:
        year = "year" if with_year else "null::int"
        found = engine.rows(
            f"select left(surname_key, {letters}) as prefix, {year} as born, count(*) {base}"
            f" and length(surname_key) >= {letters} and rtrim(prefix) = prefix"
            " group by all having count(*) between 21 and 300 order by prefix, born"
        )
        rows = np.array([row[2] for row in found], dtype=np.int64)
        if rows.sum() > best[2].sum():
            best = ([row[0] for row in found], [row[1] for row in found], rows)
        if rows.sum() >= 1.5 * target:
            break
    shift = int(rng.integers(0, max(1, len(best[0]))))
    order = np.roll(np.arange(len(best[0])), -shift)
    order = order[: int(np.searchsorted(np.cumsum(best[2][order]), target)) + 1]
    return [best[0][n] for n in order.tolist()], [best[1][n] for n in order.tolist()], best[2][order]


def _company_contracts(rng: Rng, engine: Engine, in_network: bool) -> tuple[Ints, Ints]:
    """Company contracts, in random order: one record of each, and how many records it has."""
    found = engine.rows(
        "select min(rid), count(*) from version join controller_number using (controller) where operator = 1"
        f" and state = 0 and is_group and (in_network or not {str(in_network).lower()}) group by contract_id order by 1"
    )
    both = np.array(found, dtype=np.int64).reshape(-1, 2)[rng.permutation(len(found))]
    target = 0.25 * engine.value("select count(*) from version where operator = 1 and state = 0")
    both = both[: int(np.searchsorted(np.cumsum(both[:, 1]), target)) + 1]
    return both[:, 0], both[:, 1]


def _pages(rng: Rng, rows: Ints, size: int) -> tuple[Ints, Ints]:
    """Query and page (from 0) of each request: some pages are skipped, some asked twice, some lie beyond the end."""
    count = -(-rows // size) + (rng.random(len(rows)) < 0.04)
    number = np.repeat(np.arange(len(rows)), count)
    page = np.arange(len(number)) - np.repeat(np.cumsum(count) - count, count)
    times = rng.choice((0, 1, 2), size=len(number), p=(0.02, 0.96, 0.02))
    return np.repeat(number, times), np.repeat(page, times)


def _shared(
    rng: Rng, engine: Engine, accounts: Accounts, desk: Desk, compromised: Ints, start: int, close: int
) -> list[tuple[Sessions, Asks]]:
    """Lists of numbers stolen elsewhere, dealt among the accounts: a fourth of them is unknown here."""
    low, middle, _high = desk.operator_start
    listed = rng.permutation(np.arange(low, middle)[desk.nir_known[low:middle]])
    listed = listed[: int(0.35 * (middle - low))]
    by_number = "select min(rid) from version where operator = 1 group by member_no order by member_no"
    members = np.array(engine.rows(by_number), dtype=np.int64).ravel()
    first = int(rng.integers(0, len(members)))
    members = np.roll(members, -first)[: int(0.2 * len(members))]
    planned = []
    for portal, deal, action, wrong in (
        (PORTAL_A, listed, LOOKUP, WRONG_NIR), (PORTAL_B, members, BY_MEMBER, WRONG_MEMBER),
    ):  # fmt: skip
        hands = compromised[accounts.portal[compromised] == portal]
        for place, account in enumerate(hands.tolist()):
            about = deal[place :: len(hands)] if portal == PORTAL_A else np.array_split(deal, len(hands))[place]
            sessions, at, session = _robot(rng, accounts, account, len(about), 5_000, start, close - HOUR, 400)
            unknown = rng.random(len(about)) < 0.25
            asks = Asks.of(
                at * 0 + portal, at, session, at * 0 + action, about,
                typo=np.where(unknown, wrong, NO_TYPO), fate=draw_fates(rng, len(at)),
            )  # fmt: skip
            planned.append((sessions, asks))
    return planned


def _slow(
    rng: Rng, calendar: Calendar, accounts: Accounts, desk: Desk, compromised: Ints, start: int, close: int
) -> list[tuple[Sessions, Asks]]:
    """Each account asks like its owner, during opening hours, for three weeks, about people its owner never meets."""
    each = int(np.clip(0.06 * desk.operator_start[2] / len(compromised), 12, 1_500))
    account = np.repeat(compromised, each)
    local = draw_work_times(rng, calendar, accounts.profession[account])
    at = calendar.utc(local)
    kept = (at > start + HOUR) & (at < close - HOUR)
    account, local, at = account[kept], local[kept], at[kept]
    key, session = np.unique(account * 100_000 + local // (DAY // 2), return_inverse=True)
    begin = np.full(len(key), np.iinfo(np.int64).max)
    np.minimum.at(begin, session, at)
    holder = key // 100_000
    low, count = desk.bounds(accounts.portal[account])
    about = low + rng.integers(0, count)
    asks = unfold_contacts(rng, accounts, desk, account, session.astype(np.int64), at, about)
    # now and then a broader search, or the contract of a whole company
    broad = rng.random(len(asks.at)) < 0.12
    letters = np.where(broad & (asks.action == SEARCH), rng.integers(2, 4, len(asks.at)), asks.letters)
    action = np.where(broad & (asks.action == BY_MEMBER) & (asks.typo == NO_TYPO), BY_CONTRACT, asks.action)
    asks = Asks(**{**vars(asks), "letters": letters, "action": action})
    sessions = Sessions(
        account=holder, start=begin - 25_000,
        address=np.where(rng.random(len(key)) < 0.15, accounts.address[holder], -20 - rng.integers(0, 40, len(key))),
        browser=rng.integers(0, 5, len(key)), hostile=np.ones(len(key), dtype=bool),
    )  # fmt: skip
    return [(sessions, asks)]
