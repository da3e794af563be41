"""The controllers of a world, their agreements with the two operators, and their genealogy.

Each world holds the situations that were forgotten in 2024: an insurer served by both operators, insurers whose
agreement ended before the attack, an insurer merged into another, a portfolio transferred during the attack.

>>> cast = make_controllers(12)
>>> cast.names[0], cast.served_by[0].tolist()
('Mutuelle des Tilleuls', [True, True])
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.rehearsal.world import Flags

KINDS = ("Mutuelle", "Prévoyance", "Assurances", "Mutuelle", "Institution", "Mutuelle")
PLACES = (
    "des Tilleuls", "du Vieux-Pont", "de la Rive", "des Quatre-Vents", "du Grand-Large", "des Coquelicots",
    "de la Fontaine", "des Hauts-Jardins", "du Canal", "des Peupliers", "du Phare", "de la Clairière",
    "des Ateliers", "du Marronnier", "de la Halle", "des Lavandes", "du Gué", "des Remparts",
)  # fmt: skip
BOTH, LEFT_A, MERGED, SUCCESSOR, LEFT_B, SELLER, BUYER = range(7)
"""The controllers to which something happened, by number."""


@dataclass(frozen=True)
class Controllers:
    ids: tuple[str, ...]
    names: tuple[str, ...]
    codes: tuple[str, ...]
    served_by: Flags
    """(controller, operator): who holds its records, its agreement running or not."""
    agreement_ended: Flags
    successor: npt.NDArray[np.int64]
    """The controller that answers today (itself, but for the merged one)."""
    share: npt.NDArray[np.float64]
    """Weight of each among contracts that are open."""
    in_network: Flags
    """Whether opticians, who work through a network, may see its members."""


def make_controllers(count: int) -> Controllers:
    """``count`` controllers, the same for every seed: only people and events are drawn."""
    number = np.arange(count)
    served = np.stack([number % 2 == 0, number % 2 == 1], axis=1)
    served[[BOTH, SELLER, BUYER]] = True
    served[20::17] = True
    served[[LEFT_A, MERGED, SUCCESSOR]] = (True, False)
    served[LEFT_B] = (False, True)
    ended = np.isin(number, (LEFT_A, LEFT_B))
    share = 1.0 / (number + 2.0)
    share[[BOTH, SELLER, BUYER]] *= 0.4
    share[ended] = 0.0
    share[MERGED] *= 0.6
    in_network = number % 5 != 2
    in_network[[MERGED, SUCCESSOR]] = True
    successor = number.copy()
    successor[MERGED] = SUCCESSOR
    return Controllers(
        ids=tuple(f"amc-{n:03d}" for n in number),
        names=tuple(
            f"{KINDS[n % len(KINDS)]} {PLACES[n % len(PLACES)]}{_rank(n // len(PLACES))}" for n in range(count)
        ),
        codes=tuple(f"0{n:02d}{(n * 7919 + 100_003) % 1_000_000:06d}" for n in number),
        served_by=served,
        agreement_ended=ended,
        successor=successor,
        share=share / share.sum(),
        in_network=in_network,
    )


def _rank(times: int) -> str:
    """What tells apart insurers of one name."""
    return f" {times + 1}" if times else ""
