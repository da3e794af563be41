"""What accounts ask of the portals: sessions, and in each the questions of a working day.

A contact is one patient at the counter: a look-up, then perhaps a detail page or the family's card. Contacts are drawn
for all accounts at once, then unfolded into asks; nothing here knows what the portal will answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from tocsin.rehearsal.professionals import PROFESSIONS, Accounts
from tocsin.rehearsal.world import DAY, HOUR, PORTAL_A, PORTAL_B, Calendar, Flags, Ints, Rng

SIGN_IN, OWN_ACCOUNT, LOOKUP, SEARCH, DETAIL, FAMILY, INVOICE, BY_MEMBER, BY_CONTRACT, EXPORT = range(10)
NO_TYPO, WRONG_NIR, WRONG_BIRTH, WRONG_MEMBER = range(4)
DELIVERED, SERVER_ERROR, ABORTED_LATE, ABORTED_EARLY = range(4)
CONTACTS = {
    PORTAL_A: (
        ((LOOKUP, DETAIL), 0.38), ((LOOKUP,), 0.19), ((SEARCH, DETAIL), 0.19), ((LOOKUP, FAMILY), 0.12),
        ((LOOKUP, LOOKUP, DETAIL), 0.05), ((SEARCH,), 0.045), ((OWN_ACCOUNT,), 0.015), ((DETAIL, INVOICE), 0.01),
    ),
    PORTAL_B: (
        ((BY_MEMBER, DETAIL), 0.54), ((BY_MEMBER,), 0.25), ((BY_CONTRACT, DETAIL), 0.12),
        ((BY_MEMBER, BY_MEMBER, DETAIL), 0.05), ((OWN_ACCOUNT,), 0.02), ((DETAIL, INVOICE), 0.02),
    ),
}  # fmt: skip
TYPO_CONTACT = {PORTAL_A: 4, PORTAL_B: 3}
"""The kind of contact whose first question is mistyped."""


@dataclass(frozen=True)
class Asks:
    """One entry a request; ``about`` is the record whose traits it gives, ``query`` a broad search of the intruder."""

    portal: Ints
    at: Ints
    session: Ints
    action: Ints
    about: Ints
    typo: Ints
    letters: Ints
    """Letters of the surname given to a search; 0 for all."""
    query: Ints
    page: Ints
    fate: Ints

    @classmethod
    def of(cls, portal: Ints, at: Ints, session: Ints, action: Ints, about: Ints, **others: Ints) -> Asks:
        zero = np.zeros(len(at), dtype=np.int64)
        plain = {"typo": zero, "letters": zero, "query": zero - 1, "page": zero, "fate": zero}
        return cls(portal, at, session, action, about, **{**plain, **others})


@dataclass(frozen=True)
class Sessions:
    account: Ints
    start: Ints
    address: Ints
    """Own network of an establishment; negative: a network of the intruder."""
    browser: Ints
    hostile: Flags


@dataclass(frozen=True)
class Desk:
    """What a professional needs of the registers to ask plausible questions."""

    operator_start: tuple[int, int, int]
    """Records of op-a, then of op-b: their bounds."""
    nir_known: Flags
    is_group: Flags

    def bounds(self, portal: Ints) -> tuple[Ints, Ints]:
        low = np.array(self.operator_start)[portal]
        return low, np.array(self.operator_start)[portal + 1] - low


def join_asks(parts: Sequence[Asks]) -> Asks:
    return Asks(*(np.concatenate([getattr(part, item.name) for part in parts]) for item in fields(Asks)))


def join_sessions(parts: Sequence[Sessions]) -> Sessions:
    return Sessions(*(np.concatenate([getattr(part, item.name) for part in parts]) for item in fields(Sessions)))


def draw_work_times(rng: Rng, calendar: Calendar, profession: Ints) -> Ints:
    """A working instant of each contact, in local milliseconds: opening hours, weekdays, and the peak of renewals."""
    local = np.zeros(len(profession), dtype=np.int64)
    weekday = np.array([calendar.day(n).weekday() for n in range(calendar.days)])
    peak = np.where(np.arange(calendar.days) < 9, 1.6, 1.0)
    for code, kind in enumerate(PROFESSIONS):
        chosen = np.flatnonzero(profession == code)
        weight = np.array(kind.week)[weekday] * peak
        day = rng.choice(calendar.days, size=len(chosen), p=weight / weight.sum())
        length = np.array([end - start for start, end in kind.hours])
        span = rng.choice(len(kind.hours), size=len(chosen), p=length / length.sum())
        start = np.array([start for start, _end in kind.hours])[span]
        hour = start * HOUR + rng.integers(0, length[span] * HOUR)
        local[chosen] = (calendar.epoch_day + day) * DAY + np.minimum(hour, DAY - 600_000)
    return local


def draw_patients(rng: Rng, accounts: Accounts, desk: Desk, account: Ints) -> Ints:
    """The record of each contact: mostly regulars, who live around the establishment."""
    low, count = desk.bounds(accounts.portal[account])
    strangers = np.array([kind.strangers for kind in PROFESSIONS])[accounts.profession[account]]
    home = accounts.professional[account] * 2_654_435_761 % count
    near = (home + rng.exponential(80.0, len(account)).astype(np.int64)) % count
    return low + np.where(rng.random(len(account)) < strangers, rng.integers(0, count), near)


def unfold_contacts(
    rng: Rng, accounts: Accounts, desk: Desk, account: Ints, session: Ints, at: Ints, about: Ints
) -> Asks:
    """The questions of each contact, some tens of seconds apart."""
    portal = accounts.portal[account]
    steps = np.full((len(account), 3), -1)
    typo_first = np.zeros(len(account), dtype=bool)
    for side, kinds in CONTACTS.items():
        chosen = np.flatnonzero(portal == side)
        table = np.array([[*actions, *[-1] * (3 - len(actions))] for actions, _share in kinds])
        share = np.array([share for _actions, share in kinds])
        kind = rng.choice(len(kinds), size=len(chosen), p=share / share.sum())
        steps[chosen] = table[kind]
        typo_first[chosen] = kind == TYPO_CONTACT[side]
    # who has no usable number is searched by name; who is in a company's contract, by member number
    steps = np.where((steps == LOOKUP) & ~desk.nir_known[about][:, None], SEARCH, steps)
    steps = np.where((steps == BY_CONTRACT) & desk.is_group[about][:, None], BY_MEMBER, steps)
    gap = rng.integers(4_000, 45_000, len(account))
    kept = steps >= 0
    row, place = np.nonzero(kept)
    action = steps[kept]
    typo = np.where(typo_first[row] & (place == 0), _typo_of(rng, action), NO_TYPO)
    count = len(row)
    return Asks.of(
        portal[row], at[row] + place * gap[row], session[row], action, np.where(action == OWN_ACCOUNT, -1, about[row]),
        typo=typo, letters=np.where((action == SEARCH) & (rng.random(count) < 0.35), 4, 0),
        page=((action == SEARCH) & (rng.random(count) < 0.04)).astype(np.int64), fate=draw_fates(rng, count),
    )  # fmt: skip


def _typo_of(rng: Rng, action: Ints) -> Ints:
    wrong = np.where(rng.random(len(action)) < 0.6, WRONG_NIR, WRONG_BIRTH)
    return np.where(action == LOOKUP, wrong, np.where(action == BY_MEMBER, WRONG_MEMBER, NO_TYPO))


def draw_fates(rng: Rng, count: int) -> Ints:
    """What becomes of each answer on its way: nearly all arrive."""
    return rng.choice(4, size=count, p=(0.9945, 0.0025, 0.002, 0.001))


def plan_honest_work(
    rng: Rng, calendar: Calendar, accounts: Accounts, desk: Desk, closed_at: Ints, events: int
) -> tuple[Sessions, Asks]:
    """About ``events`` requests of ordinary work. An account works no more once it is closed (``closed_at``)."""
    contacts = int(events / 2.05)
    weight = np.cumsum(accounts.activity)
    account = np.searchsorted(weight, rng.random(contacts) * weight[-1]).astype(np.int64)
    local = draw_work_times(rng, calendar, accounts.profession[account])
    at = calendar.utc(local)
    kept = at < closed_at[account] - HOUR
    account, local, at = account[kept], local[kept], at[kept]
    half_day = local // (DAY // 2)
    key, session = np.unique(account * 100_000 + half_day, return_inverse=True)
    start = np.full(len(key), np.iinfo(np.int64).max)
    np.minimum.at(start, session, at)
    holder = key // 100_000
    # a locum works on other people's accounts, from a line and a machine of its own
    locum = (accounts.profession[holder] == 0) & (key % 61 == 0)
    sessions = Sessions(
        account=holder, start=start - 25_000,
        address=np.where(locum, 4_000_000 + key % 7, accounts.address[holder]),
        browser=np.where(locum, key % 5, accounts.browser[holder]),
        hostile=np.zeros(len(key), dtype=bool),
    )  # fmt: skip
    about = draw_patients(rng, accounts, desk, account)
    return sessions, unfold_contacts(rng, accounts, desk, account, session.astype(np.int64), at, about)


def sign_in(sessions: Sessions, accounts: Accounts) -> Asks:
    """The first line of each session."""
    number = np.arange(len(sessions.start))
    return Asks.of(accounts.portal[sessions.account], sessions.start, number, number * 0 + SIGN_IN, number * 0 - 1)
