"""The accounts of the portals, the professionals behind them, and how each kind of them works.

The look-alikes of an attack are here on purpose: admissions desks that read hundreds of strangers, chains behind one
address, software that checks rights before dawn, night pharmacies, locums on several accounts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.rehearsal import identifiers
from tocsin.rehearsal.names import load_names
from tocsin.rehearsal.world import PORTAL_A, PORTAL_B, Flags, Ints, World


@dataclass(frozen=True)
class Profession:
    """A kind of account: its share of accounts, how much it works, when, and whom it sees."""

    prefix: str
    name: str
    share: float
    activity: float
    hours: tuple[tuple[int, int], ...]
    week: tuple[int, ...]
    """Weight of Monday to Sunday."""
    strangers: float
    """Share of patients outside its regulars."""
    in_network: bool = False


PROFESSIONS = (
    Profession("pha", "Pharmacie", 0.54, 1.0, ((8, 13), (14, 20)), (5, 5, 5, 5, 5, 3, 0), 0.15),
    Profession("opt", "Optique", 0.16, 0.6, ((9, 13), (14, 19)), (1, 5, 5, 5, 5, 6, 0), 0.4, in_network=True),
    Profession("lab", "Laboratoire", 0.1, 1.5, ((7, 12), (14, 18)), (5, 5, 5, 5, 5, 3, 0), 0.5),
    Profession("hos", "Clinique", 0.05, 4.0, ((6, 22),), (5, 5, 5, 5, 5, 2, 2), 0.95),
    Profession("cha", "Grande Pharmacie", 0.1, 1.2, ((8, 20),), (5, 5, 5, 5, 5, 5, 0), 0.25),
    Profession("nui", "Pharmacie de nuit", 0.02, 0.7, ((0, 6), (19, 24)), (4, 4, 4, 4, 5, 6, 6), 0.7),
    Profession("rob", "Logiciel", 0.03, 6.0, ((4, 7),), (5, 5, 5, 5, 5, 5, 0), 0.1),
)
CHAIN = 4
PROFESSIONS_ARE_SOFTWARE: Flags = np.array([p.prefix == "rob" for p in PROFESSIONS])
BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Edg/119.0.0.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0",
    "LogicielOfficine/8.2 (verification des droits)",
    "python-requests/2.31.0",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/119.0.0.0 Safari/537.36",
)
SOFTWARE, SCRIPT, HEADLESS = 5, 6, 7


@dataclass(frozen=True)
class Accounts:
    """One entry an account."""

    portal: Ints
    name: list[str]
    profession: Ints
    in_network: Flags
    """It only sees the controllers of its network."""
    activity: npt.NDArray[np.float64]
    address: Ints
    browser: Ints
    professional: Ints
    """The human: the same number on both portals for who works with both."""
    record_id: list[str]


def make_accounts(world: World) -> Accounts:
    rng = world.random("accounts")
    people = int(np.clip(world.people * world.events_per_person / 500, 90, 60_000))
    kind = rng.choice(len(PROFESSIONS), size=people, p=[p.share for p in PROFESSIONS])
    kind[: len(PROFESSIONS)] = np.arange(len(PROFESSIONS))
    on_b = rng.random(people) < 0.5
    on_both = rng.random(people) < 0.3
    on_a = np.flatnonzero(~on_b | on_both)
    human = np.concatenate([on_a, np.flatnonzero(on_b | on_both)])
    portal = np.repeat([PORTAL_A, PORTAL_B], [len(on_a), len(human) - len(on_a)])
    count = len(human)
    profession = kind[human]
    address = human + 1
    chained = profession == CHAIN
    address[chained] = (human[chained] % max(1, people // 120)) + people + 1
    prefix = np.array([p.prefix for p in PROFESSIONS])[profession]
    serial = np.strings.zfill((human * 7 + 101).astype("U7"), 6)
    return Accounts(
        portal=portal,
        name=[f"{p}-{s}" for p, s in zip(prefix.tolist(), serial.tolist(), strict=True)],
        profession=profession,
        in_network=np.array([p.in_network for p in PROFESSIONS])[profession],
        activity=np.array([p.activity for p in PROFESSIONS])[profession] * rng.lognormal(0.0, 0.5, count),
        address=address,
        browser=np.where(PROFESSIONS_ARE_SOFTWARE[profession], SOFTWARE, rng.integers(0, 5, count)),
        professional=human,
        record_id=[
            f"{'PA' if on == PORTAL_A else 'PB'}{number:07d}"
            for on, number in zip(portal.tolist(), (human * 3 + 11).tolist(), strict=True)
        ],
    )


def describe_accounts(world: World, accounts: Accounts) -> dict[str, list[str]]:
    """The registers of professionals: what a person reads on the profile page of the portal."""
    rng, tables = world.random("professionals"), load_names()
    people = int(accounts.professional.max()) + 1
    sex = rng.integers(1, 3, people)
    first = tables.draw_first_names(rng, sex, np.full(people, 1975) + rng.integers(-20, 22, people))
    surname = tables.draw_surnames(rng, people)
    department = rng.integers(1, 96, people)
    human = accounts.professional
    columns = {
        "surname": [tables.surnames[n] for n in surname[human].tolist()],
        "first_name": [tables.first_vocabulary[n] for n in first[human].tolist()],
        "role": [PROFESSIONS[n].name for n in accounts.profession.tolist()],
        "rpps": identifiers.rpps(human * 13 + 1_000),
        "adeli": identifiers.adeli(department[human], human),
        "finess": identifiers.finess(department[human], human),
        "iban": identifiers.iban(human * 17),
        "email": [f"contact@etablissement-{n}.example" for n in human.tolist()],
    }
    # opticians had an ADELI number, not yet an RPPS one
    optician = np.array([p.prefix == "opt" for p in PROFESSIONS])[accounts.profession].tolist()
    columns["rpps"] = ["" if hidden else value for hidden, value in zip(optician, columns["rpps"], strict=True)]
    return columns
