"""The constants of the models, counted on records of which it is known who is who. Never at run time.

m and u are shares counted, not fitted: each word of a comparison among the labelled pairs of one human being, and of two.
"""

from __future__ import annotations

import re

from tocsin.analysis.linkage.models import COMPARISONS, UNTIED, Constants
from tocsin.analysis.linkage.score import with_splink
from tocsin.engine import Engine

LEAST_M = 0.02
"""m is never below: the labelled records show their own errors only, and others will come."""
SAMPLE = 2_500
"""Records drawn for random pairs: about three million pairs, a hundred of which share a birth day by chance."""
PAIRS = """
create or replace temp table labelled_pair as
with labelled as (select c.*, l.human from compared c join label l on l.node = c.node)
select {words}, true as is_match
from labelled l join labelled r on r.human = l.human and r.scope = l.scope and l.node < r.node and l.exact <> r.exact
where (l.own_nir is null or r.own_nir is null) and {untied}
union all
select {words}, false
from (from labelled order by hash(node) limit {sample}) l
join (from labelled order by hash(node + 1) limit {sample}) r on l.human <> r.human
"""


def estimate(engine: Engine, constants: Constants) -> dict[str, object]:
    """Constants as nested dictionaries. Reads ``compared`` (left by ``score_pairs``) and ``label`` (node, human)."""
    told: dict[str, object] = {"strict": constants.strict, "loose": constants.loose, "most": constants.most}
    with_splink(
        engine, "number", constants,
        """
        create or replace temp table labelled_pair as
        select p.*, a.human = b.human as is_match
        from {predicted} p join label a on a.node = p.node_l join label b on b.node = p.node_r
        """, details=True,
    )  # fmt: skip
    matches, pairs = engine.rows("select count(*) filter (is_match), count(*) from labelled_pair")[0]
    told["number"] = {"prior": _short((matches + 0.5) / (pairs + 1))}
    for name, (_agreement, words) in COMPARISONS["number"].items():
        place = "list_extract({}, gamma_{} + 1)".format([*reversed(words)], name)
        told["number"][name] = _shares(engine, f"case when gamma_{name} >= 0 then {place} end", words)  # type: ignore[index]
    agreements = ", ".join(f"{agreement} as {name}" for name, (agreement, _words) in COMPARISONS["names"].items())
    engine.run(PAIRS.format(words=_sided(agreements), untied=UNTIED, sample=SAMPLE))
    found = engine.value("select count(*) filter (is_match) from labelled_pair")
    told["names"] = {"matches_per_record": _short(found / engine.value("select count(*) from compared"))}
    for name, (_agreement, words) in COMPARISONS["names"].items():
        told["names"][name] = _shares(engine, name, words)  # type: ignore[index]
    return told


def _sided(agreements: str) -> str:
    """The same agreements between ``l`` and ``r`` instead of columns that end in ``_l`` and ``_r``."""
    return re.sub(r"\b(\w+)_([lr])\b", r"\2.\1", agreements)


def _shares(engine: Engine, word: str, words: tuple[str, ...]) -> dict[str, list[float]]:
    counts = {
        row[0]: row[1:]
        for row in engine.rows(
            f"select {word} as word, count(*) filter (is_match), count(*) filter (not is_match) from labelled_pair "
            "group by word having word is not null"
        )
    }
    totals = [sum(row[side] for row in counts.values()) + 0.5 * len(words) for side in (0, 1)]
    shares = {name: [(counts.get(name, (0, 0))[side] + 0.5) / totals[side] for side in (0, 1)] for name in words}
    return {name: [_short(max(m, LEAST_M)), _short(u)] for name, (m, u) in shares.items()}


def _short(value: float) -> float:
    return float(f"{value:.3g}")
