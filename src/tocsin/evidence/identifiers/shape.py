"""The one shape of every module of this folder: a name, its macros in an ``.sql`` file, the classes it may answer.

A number is classified, never merely accepted or refused: a register is evidence, a wrong key in it is a fact about
the register, and what may be done with a number (search it, link on it, write to it) depends on its class.

>>> from tocsin.engine import Engine
>>> from tocsin.evidence.identifiers import rpps
>>> with Engine(threads=1) as engine:
...     load_identifiers(engine)
...     rpps.classify(engine, ["10003456787", None])
['wrong_key', 'missing']
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakSet

from tocsin.engine import Engine

FOLDER = Path(__file__).parent
MACRO_FILES = (
    "luhn.sql", "nir.sql", "birth_date.sql", "birth_rank.sql", "sex.sql", "rpps.sql", "adeli.sql", "finess.sql",
    "siren.sql", "iban.sql", "amc.sql",
)  # fmt: skip
"""In this order: a macro may use those before it."""


_LOADED: WeakSet[Engine] = WeakSet()


def load_identifiers(engine: Engine) -> None:
    """Make the macros of this folder known to ``engine``, for as long as it lives; once is enough."""
    if engine not in _LOADED:
        for name in MACRO_FILES:
            engine.run((FOLDER / name).read_text("utf-8"))
        _LOADED.add(engine)


@dataclass(frozen=True)
class Identifier:
    """One kind of identifier. ``macro`` takes the text as written and answers one of ``classes``."""

    name: str
    macro: str
    classes: tuple[str, ...]

    def classify(self, engine: Engine, values: Sequence[str | None]) -> list[str]:
        """The class of each of a few values (a column of millions calls the macro in SQL)."""
        sql = f"select {self.macro}(t) from (select unnest(?::varchar[]) as t, unnest(range(?)) as n) order by n"
        return [row[0] for row in engine.rows(sql, [list(values), len(values)])]
