"""The same question answered by others on the same worlds: time, memory and correctness side by side, in one run.

    python benchmarks/table.py [--people 1000000 3300000 10000000 33000000] [--minutes 30] [--gigabytes 16]
        [--folder DIR] [--out FILE]

Beside ``tocsin run``: the floor by hand in DuckDB (``floor.py``) and in Polars, Splink alone over all records, and a
straightforward pandas script (``rivals/``). Each is tried at each size until it goes beyond the time or the memory
allowed; the size where it stops is told. They are told which sessions were hostile, and find named records only
(Splink: people only); none keeps bounds, replays a query or says why. Correctness is counted alike for all: records
read that were found, and pairs of found records that are one human being.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from scale import HERE, Cost, measure, measure_run, world_of

RIVALS = {
    "DuckDB by hand": HERE / "floor.py",
    "Polars by hand": HERE / "rivals/by_polars.py",
    "Splink alone": HERE / "rivals/by_splink.py",
    "pandas script": HERE / "rivals/by_pandas.py",
}
CORRECT = """
with found as (select register, record_id, hash(person) as person from read_parquet('{found}')),
known as (
    select f.person, p.person as human, t.record_id is not null as was_read
    from found f
    join read_parquet('{case}/truth/person.parquet') p on p.register = f.register and p.record_id = f.record_id
    left join read_parquet('{case}/truth/exposure.parquet') t on t.register = f.register and t.record_id = f.record_id
),
together as (select person, human, count(*) as n from known group by all)
select (select count(*) from known where was_read),
       (select count(*) from known),
       (select count(*) from read_parquet('{case}/truth/exposure.parquet') where person >= 0),
       (select sum(n * (n - 1) / 2)::bigint from together),
       (select sum(m * (m - 1) / 2)::bigint from (select sum(n) as m from together group by person)),
       (select sum(m * (m - 1) / 2)::bigint from (select sum(n) as m from together group by human))
"""


def correctness(case: Path, found: Path, *, finds_records: bool) -> dict[str, float]:
    """What a rival found, beside the truth."""
    with duckdb.connect(config={"memory_limit": "6GB", "temp_directory": str(found.parent / ".correct")}) as engine:
        engine.execute("set enable_progress_bar = false")
        right, all_, read, right_pairs, made_pairs, true_pairs = engine.execute(
            CORRECT.format(found=found, case=case)
        ).fetchall()[0]
    told = {
        "people_precision": right_pairs / max(1, made_pairs or 0),
        "people_recall": right_pairs / max(1, true_pairs or 0),
    }
    return told | ({"recall": right / read, "precision": right / max(1, all_)} if finds_records else {})


def try_rival(name: str, case: Path, minutes: float, gigabytes: float) -> dict[str, Any]:
    """One rival on one world."""
    with tempfile.TemporaryDirectory(dir=case.parent) as scratch:
        out = Path(scratch) / "found.parquet"
        command = [sys.executable, str(RIVALS[name]), str(case), str(out)]
        cost = measure(command, within=60 * minutes, most_gb=gigabytes)
        told = {"who": name, "seconds": cost.seconds, "cpu": cost.cpu, "peak_gb": cost.peak_gb}
        if cost.status or not out.exists():
            return told | {"stopped": _why(cost, minutes, gigabytes)}
        return told | correctness(case, out, finds_records=name != "Splink alone")


def _why(cost: Cost, minutes: float, gigabytes: float) -> str:
    if cost.seconds >= 60 * minutes:
        return f"not done in {minutes:g} minutes"
    if cost.status < 0 or "emory" in cost.text:
        return f"needs more than {gigabytes:g} GB"
    return (cost.text.strip().splitlines() or ["ended without a word"])[-1][:200]


def main() -> None:
    """Try everybody at each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[1_000_000, 3_300_000, 10_000_000, 33_000_000])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--gigabytes", type=float, default=16)
    parser.add_argument("--memory", default=None, help="of tocsin, as in 8GB")
    parser.add_argument("--only", nargs="*", default=None, help="some of them")
    parser.add_argument("--folder", type=Path, default=None, help="keep the worlds here")
    parser.add_argument("--out", type=Path, default=None)
    asked = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, duckdb {duckdb.__version__}"
    )
    left = [name for name in ("Tocsin", *RIVALS) if asked.only is None or name in asked.only]
    with tempfile.TemporaryDirectory() as scratch:
        for people in asked.people:
            case = world_of(asked.folder or Path(scratch), people)
            for name in list(left):
                if name == "Tocsin":
                    told = measure_run(case, asked.memory) | {"who": name}
                else:
                    told = try_rival(name, case, asked.minutes, asked.gigabytes)
                if "stopped" in told:
                    left.remove(name)
                print_row(people, told)
                if asked.out:
                    with asked.out.open("a", encoding="utf-8") as out:
                        out.write(json.dumps({"people": people, **told}) + "\n")


def print_row(people: int, told: dict[str, Any]) -> None:
    """One measure, for a person."""
    if "stopped" in told or "error" in told:
        end = told.get("stopped") or told["error"]
    else:
        end = ", ".join(
            f"{name.replace('_', ' ')} {told[name]:.6f}"
            for name in ("recall", "precision", "people_precision", "people_recall") if name in told
        )  # fmt: skip
    print(
        f"{people:>11,}  {told['who']:15} {told['seconds']:8.1f} s {told['cpu']:8.1f} s of CPU "
        f"{told['peak_gb']:6.1f} GB  {end}",
        flush=True,
    )


if __name__ == "__main__":
    main()
