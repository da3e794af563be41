"""Pairs of records that exact keys leave open, weighed by Splink with constants: nothing is estimated here.

Splink works on the engine's own connection, so that no row passes through Python.
"""

from __future__ import annotations

from splink import DuckDBAPI, Linker

from tocsin.analysis.linkage.models import HERE, Constants, settings_of
from tocsin.engine import Engine

PRIOR = {
    "number": "{number_prior}",
    "names": "least(0.5, 2 * {names_matches} / s.records)",
    "professional": "least(0.5, 2 * {professional_matches} / s.records)",
}
"""In a scope of n records, n * n / 2 pairs hold ``names_matches`` * n pairs of one human being."""


KEYS = (
    "own_key", "shared_key", "card_key", "surname_day", "first_name_day", "names_year", "adeli_key", "place_key",
    "names_key",
)  # fmt: skip
"""Columns of ``keyed`` by which records meet."""


def score_pairs(engine: Engine, constants: Constants) -> None:
    """Make ``scored_pair`` (node, other, model, probability): pairs that may be one human being.

    Reads ``identity`` and ``exact_person``.
    """
    prepare(engine, constants)
    block_pairs(engine)
    engine.run(
        "create or replace temp table scored_pair (node bigint, other bigint, model varchar, probability double)"
    )
    # most small cases have nothing to compare, and Splink takes its time to prepare
    for (model,) in engine.rows("select distinct model from blocked_pair order by 1"):
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
    """Make the comparisons known, the view ``comparable``, the frequencies of names, and the table ``keyed``.

    A block of too many records is not compared: a number that so many hold is nobody's family, a name and a day that so
    many share tell nobody apart.
    """
    for name in ("compare", "comparable", "keyed"):
        engine.run((HERE / f"{name}.sql").read_text("utf-8"))
    for key in KEYS:
        too_many = f"select {key} from keyed where {key} is not null group by {key} having count(*) > {constants.most}"
        if engine.rows(f"{too_many} limit 1"):
            engine.run(f"update keyed set {key} = null where {key} in ({too_many})")


def block_pairs(engine: Engine) -> None:
    """Make ``blocked_pair`` (model, node, other), the pairs that are compared, and ``compared``, their records."""
    engine.run((HERE / "blocked_pair.sql").read_text("utf-8"))
    engine.run(
        """
        create or replace temp table compared as
        select * from comparable
        where node in (select node from blocked_pair union select other from blocked_pair)
        """
    )


def with_splink(engine: Engine, model: str, constants: Constants, use: str, *, details: bool = False) -> None:
    """Let Splink compare the blocked pairs of a model, run ``use`` on its table ``{predicted}``, and clean up."""
    engine.run(
        f"""
        create or replace temp table splink_pair as
        select '0' as match_key, node as join_key_l, other as join_key_r from blocked_pair where model = '{model}'
        """
    )
    settings = settings_of(model, constants) | {
        "retain_intermediate_calculation_columns": details,
        "retain_matching_columns": details,
    }
    api = DuckDBAPI(connection=engine.connection)
    linker = Linker(api.register("compared"), settings, log_level=None, validate_settings=False)
    given = linker.table_management
    given.register_blocked_pairs_for_predict(api.register("splink_pair"))
    for name in ("surname", "first_name"):
        given.register_term_frequency_lookup(api.register(f"frequency_of_{name}"), name)
    predicted = linker.inference.predict(warning_mode="never")
    engine.run(use.format(predicted=predicted.physical_name))
    made = engine.rows(
        "select table_name, table_type from information_schema.tables where starts_with(table_name, '__splink')"
    )
    for name, kind in made:
        engine.run(f"drop {'view' if kind == 'VIEW' else 'table'} if exists {name}")
    engine.run("drop table splink_pair")
