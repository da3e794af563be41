"""The constants of the models, counted on records of which it is known who is who. Never at run time.

m and u are shares counted, not fitted: each word of a comparison among the labelled pairs of one human being, and of
two.
"""

from __future__ import annotations

import re
from pathlib import Path

from tocsin.analysis.alone import alone_in
from tocsin.analysis.identifying import identify_records
from tocsin.analysis.linkage.models import COMPARISONS, CONSTANTS, Constants, load_constants
from tocsin.analysis.linkage.score import block_pairs, prepare, with_splink
from tocsin.analysis.people import find_exact
from tocsin.engine import Engine, literal
from tocsin.evidence.case import CaseFolder
from tocsin.evidence.seal import seal_new_files, verify_seals

LEAST_M = 0.02
"""m is never below: the labelled records show their own errors only, and others will come."""
SAMPLE = 2_500
"""Records drawn for random pairs: about three million pairs, a hundred of which share a birth day by chance."""
LABELLED = """
create or replace temp table labelled_pair as
select p.*, a.human = b.human as is_match
from {predicted} p join label a on a.node = p.node_l join label b on b.node = p.node_r
"""
PAIRS = """
create or replace temp table labelled_pair as
with labelled as (
    select c.*, k.own_key, k.shared_key, k.card_key, l.human
    from comparable c join label l on l.node = c.node join keyed k on k.node = c.node
)
select {words}, true as is_match
from labelled l join labelled r on r.human = l.human and r.scope = l.scope and l.node < r.node
where (l.own_nir is null or r.own_nir is null) and is_untied(l, r)
union all
select {words}, false
from (from labelled order by hash(node) limit {sample}) l
join (from labelled order by hash(node + 1) limit {sample}) r on l.human <> r.human
"""


def estimate_constants(folder: CaseFolder, truth: Path) -> str:
    """The text of a new ``constants.toml``: what is counted is new, what is chosen stays as it is."""
    seal_new_files(folder, who="people estimate")
    constants = load_constants()
    with alone_in(folder), Engine(spill=folder.work) as engine:
        bench = identify_records(engine, folder, verify_seals(folder))
        find_exact(bench)
        engine.run(
            "create or replace temp table label as select i.node, t.person_id as human from identity i join "
            f"read_parquet({literal(str(truth))}) t using (register, record_id)"
        )
        told = estimate(engine, constants)
    kept = CONSTANTS.read_text("utf-8")
    chosen = kept.index("\n[professional]\n")
    head, professional = kept[: kept.index("\n[number]\n") + 1], kept[kept.rindex("\n\n", 0, chosen) + 2 :]
    return head + "".join(_section(model, parts) for model, parts in told.items()) + professional


def _section(model: str, parts: dict[str, object]) -> str:
    plain = [f"{name} = {value}" for name, value in parts.items() if not isinstance(value, dict)]
    tables = [
        f"\n[{model}.{name}]\n" + "".join(f'"{word}" = {shares}\n' for word, shares in value.items())
        for name, value in parts.items()
        if isinstance(value, dict)
    ]
    return f"[{model}]\n" + "\n".join(plain) + "\n" + "".join(tables) + "\n"


def estimate(engine: Engine, constants: Constants) -> dict[str, dict[str, object]]:
    """New constants of the two models of insured people, as nested dictionaries.

    Reads ``identity``, ``exact_person`` and ``label`` (node, human). The prior is that of the pairs that exact keys
    leave open; m and u are those of all pairs, or they would describe what exact keys miss on this data and no other.
    """
    told: dict[str, dict[str, object]] = {model: {"strict": constants.strict[model]} for model in ("number", "names")}
    prepare(engine, constants)
    block_pairs(engine)
    with_splink(engine, "number", constants, LABELLED, details=True)
    matches, pairs = engine.rows("select count(*) filter (is_match), count(*) from labelled_pair")[0]
    told["number"]["prior"] = _short((matches + 0.5) / (pairs + 1))
    engine.run("update keyed set exact = node")
    block_pairs(engine)
    with_splink(engine, "number", constants, LABELLED, details=True)
    for name, (_agreement, words) in COMPARISONS["number"].items():
        place = f"list_extract({[*reversed(words)]}, gamma_{name} + 1)"
        told["number"][name] = _shares(engine, f"case when gamma_{name} >= 0 then {place} end", words)
    agreements = ", ".join(f"{agreement} as {name}" for name, (agreement, _words) in COMPARISONS["names"].items())
    engine.run(PAIRS.format(words=_sided(agreements), sample=SAMPLE))
    found = engine.value("select count(*) filter (is_match) from labelled_pair")
    told["names"]["matches_per_record"] = _short(found / engine.value("select count(*) from comparable"))
    for name, (_agreement, words) in COMPARISONS["names"].items():
        told["names"][name] = _shares(engine, name, words)
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
