"""The models of the linkage, as Splink settings filled with the constants of ``constants.toml``.

*number*: pairs that a number already ties (one's own, the policyholder's, a card): is it one human being of the
family, or two? *names*: pairs that nothing ties but names and birth. Apart, because the chance of a wrong match does
not grow with the number of records in the first, and does in the second. *professional*: the second population, by its
own numbers.

>>> [comparison["output_column_name"] for comparison in settings_of("number", load_constants())["comparisons"]]
['number_and_birth', 'first_name_tie', 'sex_tie', 'rank_tie']
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CONSTANTS = HERE / "constants.toml"

_BIRTH = "birth_agreement(birth_day_l, birth_year_l, birth_day_r, birth_year_r)"
_FIRST = "first_name_agreement(first_name_l, surname_l, first_name_r, surname_r)"
_SURNAME = "surname_agreement(surname_l, birth_surname_l, first_name_l, surname_r, birth_surname_r, first_name_r)"
_TIE = "number_tie(own_nir_l, shared_nir_l, own_nir_r, shared_nir_r)"
_SEX = "case when sex_l = sex_r then 'same' when sex_l <> sex_r then 'differ' end"
_RANK = "case when birth_rank_l = birth_rank_r then 'same' when birth_rank_l <> birth_rank_r then 'differ' end"
_ADELI = "case when adeli_l = adeli_r then 'same' when adeli_l <> adeli_r then 'differ' end"
_PLACE = "case when finess_l = finess_r then 'same' when finess_l <> finess_r then 'differ' end"
_FIRST_IN_FAMILY = (
    f"case when {_FIRST} = 'same' and {_BIRTH} in ('same', 'default', 'compatible') then 'same, one birth'"
    f" else {_FIRST} end"
)
"""A family gives one first name to a father and his son, hardly ever to two children of one year."""
_BIRTHS = ("same", "default", "compatible", "near", "differ")
_FIRSTS = ("same", "swapped", "begun", "close", "differ")
_SURNAMES = ("same", "swapped", "part", "birth", "close", "differ")

COMPARISONS: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "number": {
        "number_and_birth": (
            f"{_TIE} || ' ' || coalesce({_BIRTH}, 'unknown')",
            tuple(f"{tie} {birth}" for tie in ("own", "holder", "family", "card") for birth in (*_BIRTHS, "unknown")),
        ),
        "first_name_tie": (_FIRST_IN_FAMILY, ("same, one birth", *_FIRSTS)),
        "sex_tie": (_SEX, ("same", "differ")),
        "rank_tie": (_RANK, ("same", "differ")),
    },
    "names": {
        "birth_tie": (_BIRTH, _BIRTHS),
        "first_name_tie": (_FIRST, _FIRSTS),
        "surname_tie": (_SURNAME, _SURNAMES),
        "sex_tie": (_SEX, ("same", "differ")),
    },
    "professional": {
        "adeli_tie": (_ADELI, ("same", "differ")),
        "place_tie": (_PLACE, ("same", "differ")),
        "first_name_tie": (_FIRST, _FIRSTS),
        "surname_tie": (_SURNAME, _SURNAMES),
    },
}
"""Model -> comparison -> (what agrees, its words). A word that is NULL weighs nothing."""
FREQUENCIES = {
    (model, f"{name}_tie", "same"): name for model in ("names", "professional") for name in ("first_name", "surname")
}
"""Where a rare value says more than a common one."""


@dataclass(frozen=True)
class Constants:
    """What the models weigh with."""

    strict: Mapping[str, float]
    """Model -> probability from which two records are told as one person."""
    loose: float
    """Probability from which two records may be one person, for the lower bound and the review."""
    most: int
    """Records of a block, at most."""
    number_prior: float
    """Share of one human being among the pairs that a number ties and that are compared."""
    names_matches: float
    """Pairs of one human being that no number ties, for each record of a scope."""
    professional_matches: float
    """Pairs of one professional without a common RPPS, for each record of a scope."""
    weights: Mapping[str, Mapping[str, Mapping[str, tuple[float, float]]]]
    """Model -> comparison -> word -> (m, u): its probability among pairs of one human being, and of two."""


def load_constants(path: Path = CONSTANTS) -> Constants:
    """The constants of a file."""
    told = tomllib.loads(path.read_text("utf-8"))
    weights = {
        model: {
            name: {word: (float(told[model][name][word][0]), float(told[model][name][word][1])) for word in words}
            for name, (_agreement, words) in comparisons.items()
        }
        for model, comparisons in COMPARISONS.items()
    }
    return Constants(
        {model: told[model]["strict"] for model in COMPARISONS}, told["loose"], told["most"], told["number"]["prior"],
        told["names"]["matches_per_record"],
        told["professional"]["matches_per_record"], weights,
    )  # fmt: skip


def settings_of(model: str, constants: Constants) -> dict[str, Any]:
    """Splink's settings of one model. Its prior is left at one half: the scope's own is applied afterwards."""
    return {
        "link_type": "dedupe_only", "unique_id_column_name": "node", "linker_uid": f"tocsin_{model}",
        "probability_two_random_records_match": 0.5,
        "blocking_rules_to_generate_predictions": ["l.node = r.node"],  # not used: pairs are given (blocked_pair.sql)
        "comparisons": [
            _comparison(model, name, agreement, words, constants)
            for name, (agreement, words) in COMPARISONS[model].items()
        ],
        "retain_intermediate_calculation_columns": False, "retain_matching_columns": False,
    }  # fmt: skip


def _comparison(model: str, name: str, agreement: str, words: tuple[str, ...], constants: Constants) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": f"({agreement}) is null", "label_for_charts": "unknown", "is_null_level": True}
    ]
    for word in words:
        m, u = constants.weights[model][name][word]
        level = {
            "sql_condition": f"({agreement}) = '{word}'" if word != words[-1] else "ELSE", "label_for_charts": word,
            "m_probability": m, "u_probability": u,
        }  # fmt: skip
        if (model, name, word) in FREQUENCIES:
            column = FREQUENCIES[model, name, word]
            level |= {"tf_adjustment_column": column, "sql_condition": f"{column}_l = {column}_r"}
        levels.append(level)
    return {"output_column_name": name, "comparison_levels": levels}
