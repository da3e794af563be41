"""One person from many records: wrong merges by kind, recall beside Splink's default model, letters, bounds.

    PYTHONPATH=src python benchmarks/people.py [--records 1000000] [--seed 1] [--threads 2] [--data DIR]

Two parts. Registers full of errors that the rules were not written for (``hard_people.py``), where every wrong strict
merge is listed; then real and published records (historical people, FEBRL) if ``--data`` holds them, pairwise F1 of
each. Beside both, Splink as its documentation starts: its name, date and identifier comparisons, u by random sampling,
m by expectation maximisation, over the whole curve of thresholds."""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.comparison_creator import ComparisonCreator

from hard_people import KINDS, NAMED_TRAPS, make_hard_people
from published_people import PUBLISHED, write_published
from tocsin.analysis.identifying import identify_records
from tocsin.analysis.people import cluster_people, join_loosely
from tocsin.engine import Engine
from tocsin.evidence.case import open_case
from tocsin.evidence.seal import seal_new_files, verify_seals

THRESHOLDS = (
    0.0,
    2.0,
    4.0,
    6.0,
    8.0,
    10.0,
    12.0,
    14.0,
    16.0,
    18.0,
    20.0,
    22.0,
    24.0,
    26.0,
    28.0,
    30.0,
    34.0,
    38.0,
    42.0,
)
"""Match weights of Splink's curve (log2 of the odds)."""
EVERYBODY = """
create or replace temp table person as
select i.node, i.record_no, i.scope, i.population, i.register, i.record_id,
       coalesce(c.person_no, i.node) as person_no, coalesce(c.group_loose, i.node) as group_loose
from identity i left join cluster c on c.node = i.node
"""
EVERYBODY_READ = """
create or replace temp table person_exposure as
select distinct h.controller, p.population, p.scope, p.node, p.person_no, p.group_loose, true as is_proved
from person p join holding h on h.record_no = p.record_no
"""


def cluster(engine: Engine, folder: Path) -> dict[str, float]:
    """Everything Tocsin does from registers to people, as if everybody had been read; seconds of each step."""
    case = open_case(folder)
    seal_new_files(case, who="benchmark")
    items = verify_seals(case)
    seconds: dict[str, float] = {}
    bench = identify_records(engine, case, items, announce=lambda name, spent: seconds.__setitem__(name, spent))
    cluster_people(bench)
    engine.run(EVERYBODY)
    engine.run(EVERYBODY_READ)
    bench.derive("person_exposure", EVERYBODY + EVERYBODY_READ, ["identity", "cluster", "holding"])
    join_loosely(bench)
    engine.run(
        f"""
        create or replace temp table known as
        select p.node, p.person_no, p.group_loose, t.human, t.errors
        from person p join read_parquet('{folder / "truth.parquet"}') t using (register, record_id);
        create or replace temp table true_pair as
        select a.node, b.node as other from known a join known b on b.human = a.human and a.node < b.node
        """
    )
    return seconds


def pairs_of(engine: Engine, column: str) -> tuple[int, int]:
    """(right, all) pairs of records that a column of ``known`` joins."""
    right, found = engine.rows(
        f"""
        with joined as (select {column}, human, count(*) as n from known group by all)
        select (select sum(n * (n - 1)) // 2 from joined),
               (select sum(n * (n - 1)) // 2 from (select sum(n) as n from joined group by {column}))
        """
    )[0]
    return int(right or 0), int(found or 0)


def print_quality(engine: Engine) -> tuple[float, float]:
    """Print precision and recall of both clusterings; return those of the strict one."""
    truth = engine.value("select count(*) from true_pair")
    strict = (1.0, 0.0)
    for name, column in (("exact and linked, strict", "person_no"), ("loose", "group_loose")):
        right, found = pairs_of(engine, column)
        precision, recall = right / max(1, found), right / max(1, truth)
        f1 = 2 * right / max(1, found + truth)
        print(f"  {name:26} precision {precision:.6f}  recall {recall:.4f}  F1 {f1:.4f}  ({found - right} wrong pairs)")
        if column == "person_no":
            strict = (precision, recall)
    right, found = engine.rows(
        "select count(*) filter (a.human = b.human), count(*) from "
        "(select node, other from linked_pair where probability >= 0.5 union select a.node, b.node from known a"
        " join known b on a.person_no = b.person_no and a.node < b.node) p"
        " join known a on a.node = p.node join known b on b.node = p.other"
    )[0]
    f1 = 2 * right / max(1, found + truth)
    print(
        f"  {'pairs at 0.5 or more':26} precision {right / max(1, found):.6f}  recall {right / max(1, truth):.4f}"
        f"  F1 {f1:.4f}"
    )
    return strict


def print_wrong_merges(engine: Engine) -> None:
    """Every pair of records of two human beings that the strict clustering joins, by the errors they carry."""
    rows = engine.rows(
        """
        select a.errors | b.errors as errors, a.node, b.node
        from known a join known b on b.person_no = a.person_no and a.node < b.node and a.human <> b.human
        order by all
        """
    )
    trapped = [row for row in rows if row[0] & NAMED_TRAPS]
    print(f"  wrong strict merges: {len(rows)} pairs of records, of which {len(trapped)} carry a named trap")
    for errors, node, other in rows[:40]:
        print(f"    records {node} and {other}: {', '.join(told_errors(errors)) or 'no error: homonyms'}")
    missed = engine.rows(
        f"""
        select e.bit, count(*) as pairs, count(*) filter (a.person_no = b.person_no) as joined
        from true_pair p join known a on a.node = p.node join known b on b.node = p.other
        join (select unnest({list(KINDS)}) as bit) e on (a.errors | b.errors) & e.bit > 0
        group by e.bit order by e.bit
        """
    )
    print("  true pairs that carry an error, and the share joined strictly:")
    for bit, pairs, joined in missed:
        print(f"    {KINDS[bit]:40} {pairs:>9,}  {joined / pairs:.3f}")


def told_errors(errors: int) -> list[str]:
    return [name for bit, name in KINDS.items() if errors & bit]


def print_counts(engine: Engine) -> None:
    """Letters a person and controller, and the true number between loose and strict."""
    letters, people = engine.rows(
        """
        select count(distinct (h.controller, k.person_no)), count(distinct (h.controller, k.human))
        from known k join person p on p.node = k.node join holding h on h.record_no = p.record_no
        """
    )[0]
    print(f"  letters a person and controller: {letters / people:.4f} ({letters:,} for {people:,})")
    bad = engine.rows(
        """
        with said as (select unit, count(distinct person_loose) as low from loose_person group by unit),
             told as (
                select controller as unit, count(distinct k.person_no) as up, count(distinct k.human) as truth
                from known k join person p on p.node = k.node join holding h on h.record_no = p.record_no group by 1
                union all
                select p.scope, count(distinct k.person_no), count(distinct k.human)
                from known k join person p on p.node = k.node group by 1
             )
        select s.unit, s.low, t.truth, t.up, s.low <= t.truth and t.truth <= t.up as holds
        from said s join told t using (unit) order by holds, t.truth desc
        """
    )
    held = sum(row[4] for row in bad)
    print(f"  loose <= truth <= strict: {held} of {len(bad)} units")
    for unit, low, truth, up, holds in [*bad[:3], *[row for row in bad[3:] if not row[4]]]:
        print(f"    {unit:12} {low:,} <= {truth:,} <= {up:,}{'' if holds else '   <<< does not hold'}")


def print_splink(engine: Engine, number: str | None, ours: tuple[float, float]) -> None:
    """The default model of Splink on the same rows, and its recall at our precision."""
    columns = "node, scope, surname_key as surname, first_name_key as first_name, birth_date as dob"
    if number:
        columns += f", {number} as number"
    engine.run(
        f"create or replace temp table splink_input as select {columns} from identity where population = 'insured'"
    )
    engine.run(
        "create or replace temp table splink_rows as select node, scope, surname, first_name, "
        "case when length(dob) = 8 then left(dob, 4) || '-' || substr(dob, 5, 2) || '-' || right(dob, 2) else dob end"
        " as dob"
        f"{', number' if number else ''} from splink_input"
    )
    comparisons: list[ComparisonCreator | dict[str, Any]] = [
        compare.NameComparison("first_name"), compare.NameComparison("surname"),
        compare.DateOfBirthComparison("dob", input_is_string=True),
    ]  # fmt: skip
    rules: list[Any] = [block_on("surname", "dob"), block_on("first_name", "dob"), block_on("surname", "first_name")]
    if number:
        comparisons.append(compare.ExactMatch("number").configure(term_frequency_adjustments=True))
        rules.insert(0, block_on("number"))
    settings = SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="node", comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
    )  # fmt: skip
    begun = time.perf_counter()
    linker = Linker(DuckDBAPI(engine.connection).register("splink_rows"), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(rules[:2], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("surname", "first_name"))
    predicted = linker.inference.predict(threshold_match_weight=-5, warning_mode="never")
    spent = time.perf_counter() - begun
    engine.run(
        f"""
        create or replace temp table splink_pair as
        select p.match_weight as weight, a.human = b.human as is_right
        from {predicted.physical_name} p join known a on a.node = p.node_l join known b on b.node = p.node_r
        """
    )
    truth = engine.value("select count(*) from true_pair")
    print(f"  Splink's default model ({spent:.1f} s, estimation included): comparisons NameComparison(first_name),")
    print(f"    NameComparison(surname), DateOfBirthComparison(dob){', ExactMatch(number)' if number else ''}; blocks "
          f"{'number; ' if number else ''}surname+dob; first_name+dob; surname+first_name")  # fmt: skip
    best: tuple[float, float, float] | None = None
    highest = (0.0, 0.0, 0.0)
    top_f1 = 0.0
    for weight in THRESHOLDS:
        right, found = engine.rows(
            "select count(*) filter (is_right), count(*) from splink_pair where weight >= ?", [weight]
        )[0]
        precision, recall = right / found if found else 1.0, right / truth
        f1 = 2 * right / max(1, found + truth)
        top_f1 = max(top_f1, f1)
        print(f"    weight >= {weight:4.0f}  precision {precision:.6f}  recall {recall:.4f}  F1 {f1:.4f}")
        if found and precision >= ours[0] and (best is None or recall > best[1]):
            best = (precision, recall, weight)
        if found and (precision, recall) > highest[:2]:
            highest = (precision, recall, weight)
    if best:
        print(f"    at our precision ({ours[0]:.6f}): recall {best[1]:.4f} (weight {best[2]:.0f}), ours {ours[1]:.4f}")
    else:
        print(f"    never reaches our precision ({ours[0]:.6f}); at its highest ({highest[0]:.6f}) recall"
              f" {highest[1]:.4f}"
              f" (weight {highest[2]:.0f}), ours {ours[1]:.4f}")  # fmt: skip
    print(f"    its best F1: {top_f1:.4f}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--data", type=Path, help="folder of the published records (docs/benchmarks.md)")
    parser.add_argument("--folder", type=Path, help="keep the registers here, and use them again")
    parser.add_argument("--without-splink", action="store_true", help="leave Splink's default model out")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch) / "hard"
        if not (folder / "case.toml").exists():
            make_hard_people(folder, records=given.records, seed=given.seed)
        with Engine(threads=given.threads) as engine:
            seconds = cluster(engine, folder)
            count, humans = engine.rows("select count(*), count(distinct human) from known")[0]
            print(f"Registers full of errors: {count:,} records of {humans:,} human beings, one scope")
            steps = ("identity", "exact_person", "linked_pair", "cluster", "loose_person")
            print("  seconds: " + ", ".join(f"{name} {seconds[name]:.1f}" for name in steps))
            ours = print_quality(engine)
            print_wrong_merges(engine)
            print_counts(engine)
            if not given.without_splink:
                print_splink(engine, "own_nir", ours)
        for name in PUBLISHED:
            path = Path(scratch) / name
            if given.data is None or not write_published(name, given.data, path):
                print(f"{name}: skipped, its file is not in --data")
                continue
            with Engine(threads=given.threads) as engine:
                cluster(engine, path)
                count, humans = engine.rows("select count(*), count(distinct human) from known")[0]
                print(f"{name}: {count:,} records of {humans:,} human beings")
                ours = print_quality(engine)
                if not given.without_splink:
                    print_splink(engine, "contract" if name.startswith("febrl") else None, ours)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"peak memory {peak:.1f} GB")


if __name__ == "__main__":
    main()
