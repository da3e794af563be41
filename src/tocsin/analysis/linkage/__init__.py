"""Which records, beyond exact keys, are one human being? Splink weighs, constants say how much, refusals say no.

Exact keys come first (``steps/strict_key.sql``). What they leave open is compared pair by pair (``compare.sql``),
weighed by Splink with the constants of ``constants.toml``, and kept as the table ``linked_pair``: pairs that are told
as one person (``is_strict``) and pairs that may be one.

>>> min(load_constants().strict.values()) >= 0.99
True
"""

from __future__ import annotations

from pathlib import Path

from tocsin.analysis.linkage.models import CONSTANTS, HERE, load_constants, settings_of
from tocsin.analysis.linkage.score import score_pairs
from tocsin.engine import Engine
from tocsin.engine.workbench import Table, Workbench

__all__ = ["agreement_of", "link_pairs", "load_comparisons", "load_constants", "settings_of"]


def read_sql(name: str) -> str:
    """One SQL file of this folder."""
    return (HERE / f"{name}.sql").read_text("utf-8")


def load_comparisons(engine: Engine) -> None:
    """Make the comparisons of ``compare.sql`` known to the engine."""
    engine.run(read_sql("compare"))


def agreement_of(pairs: str) -> str:
    """The query that lays the pairs of a table side by side and says which are refused."""
    return read_sql("agreement").format(pairs=pairs)


def link_pairs(bench: Workbench) -> Table:
    """The table ``linked_pair``. Reads ``identity`` and ``exact_person``."""
    constants = load_constants()
    steps = ("compare", "comparable", "keyed", "blocked_pair", "agreement", "linked_pair")
    sources = [read_sql(name) for name in steps]
    sources += [
        CONSTANTS.read_text("utf-8"),
        (HERE / "models.py").read_text("utf-8"),
        (HERE / "score.py").read_text("utf-8"),
    ]

    def build(path: Path) -> None:
        engine = bench.engine
        score_pairs(engine, constants)
        engine.run(f"create or replace temp table agreement as {agreement_of('scored_pair')}")
        engine.write(read_sql("linked_pair").format(**constants.strict), path)
        for made in ("agreement", "scored_pair", "keyed", "blocked_pair", "compared", "scope_size"):
            engine.run(f"drop table {made}")
        engine.run("drop table frequency_of_surname; drop table frequency_of_first_name")

    return bench.make("linked_pair", sources, ["identity", "exact_person"], build, read_sql("linked_pair"))
