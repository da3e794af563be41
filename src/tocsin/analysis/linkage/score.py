"""Pairs of records that exact keys leave open, weighed by Splink with constants: nothing is estimated here.

Splink works on the engine's own connection, so that no row passes through Python.
"""

from __future__ import annotations

from splink import DuckDBAPI, Linker

from tocsin.analysis.linkage.models import BLOCKS, COMPARISONS, HERE, Constants, settings_of
from tocsin.engine import Engine

PRIOR = {
    "number": "{number_prior}",
    "names": "least(0.5, 2 * {names_matches} / s.records)",
    "professional": "least(0.5, 2 * {professional_matches} / s.records)",
}
"""In a scope of n records, n * n / 2 pairs hold ``names_matches`` * n pairs of one human being."""


def score_pairs(engine: Engine, constants: Constants) -> None:
    """Make ``scored_pair`` (node, other, model, probability): pairs that may be one human being.

    Reads ``identity`` and ``exact_person``; leaves ``compared`` and ``oversized`` too.
    """
    prepare(engine, constants)
    engine.run(
        """
        create or replace temp table scope_size as
        select scope, is_insured, count(*) as records from compared group by all;
        create or replace temp table scored_pair (node bigint, other bigint, model varchar, probability double)
        """
    )
    for model in COMPARISONS:
        if not _has_pairs(engine, model):
            continue
        prior = PRIOR[model].format(**vars(constants))
        with_splink(
            engine, model, constants,
            f"""
            insert into scored_pair
            with weighed as (
                select p.node_l as node, p.node_r as other, p.match_weight + log2({prior} / (1 - {prior})) as weight
                from {{predicted}} p
                join compared c on c.node = p.node_l
                join scope_size s on s.scope = c.scope and s.is_insured = c.is_insured
            )
            select node, other, '{model}', round(1 / (1 + pow(2, -weight)), 9)
            from weighed
            where 1 / (1 + pow(2, -weight)) >= {constants.loose}
            """,
        )  # fmt: skip


def prepare(engine: Engine, constants: Constants) -> None:
    """Make the comparisons known, and the tables ``compared`` and ``oversized``."""
    engine.run((HERE / "compare.sql").read_text("utf-8"))
    engine.run((HERE / "compared.sql").read_text("utf-8").format(most=constants.most))


def _has_pairs(engine: Engine, model: str) -> bool:
    """Whether there is anything to compare: most small cases have nothing, and Splink takes its time to prepare."""
    return any(
        engine.rows(f"select 1 from compared l join compared r on {block} and l.node < r.node limit 1")
        for block in BLOCKS[model]
    )


def with_splink(engine: Engine, model: str, constants: Constants, use: str, *, details: bool = False) -> None:
    """Let Splink compare the records of ``compared``, run ``use`` on its table ``{predicted}``, and clean up."""
    settings = settings_of(model, constants) | {
        "retain_intermediate_calculation_columns": details,
        "retain_matching_columns": details,
    }
    api = DuckDBAPI(connection=engine.connection)
    linker = Linker(api.register("compared"), settings, log_level=None, validate_settings=False)
    predicted = linker.inference.predict(warning_mode="never")
    engine.run(use.format(predicted=predicted.physical_name))
    made = engine.rows(
        "select table_name, table_type from information_schema.tables where starts_with(table_name, '__splink')"
    )
    for name, kind in made:
        engine.run(f"drop {'view' if kind == 'VIEW' else 'table'} if exists {name}")
