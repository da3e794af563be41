"""The whole analysis at the size of a country, beside the floor by hand on the same files: time, memory, correctness.

    python benchmarks/scale.py [--people 1000000 3300000 10000000 33000000] [--memory 8GB] [--folder DIR] [--out FILE]

For each size: a world (``nation.py``), the floor (``floor.py``), ``tocsin run``, each in a process of its own whose
wall time, processor time and peak resident memory are kept, then the run beside the truth (``nation_score.sql``).
Hostile sessions are given to both, so signals are off. Results are added to ``--out`` as JSON, one line a measure.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

HERE = Path(__file__).parent
TOCSIN = [sys.executable, "-m", "tocsin"]


@dataclass(frozen=True)
class Cost:
    """What one process cost."""

    seconds: float
    cpu: float
    peak_gb: float
    status: int
    text: str


def measure(command: list[str], *, within: float | None = None, most_gb: float | None = None) -> Cost:
    """The cost of one command; ended after ``within`` seconds, refused more than ``most_gb`` of data."""

    def limited() -> None:
        if most_gb is not None:
            resource.setrlimit(resource.RLIMIT_DATA, (int(most_gb * 1e9),) * 2)

    start = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, preexec_fn=limited)
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if within is not None and time.perf_counter() - start > within:
                process.kill()
            time.sleep(0.05)
        seconds = time.perf_counter() - start
        out.seek(0)
        text = out.read().decode(errors="replace")
    return Cost(
        seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e6, os.waitstatus_to_exitcode(status), text
    )


def world_of(folder: Path, people: int) -> Path:
    """The world of a size, made if it lacks, its verdicts given, its signals off."""
    case = folder / f"nation-{people}"
    if (case / "verdicts.toml").exists():
        return case
    made = measure([sys.executable, str(HERE / "nation.py"), str(case), "--people", str(people)])
    if made.status:
        raise SystemExit(made.text)
    print(f"world of {people:,} people made in {made.seconds:.0f} s ({made.cpu:.0f} s of CPU), {made.peak_gb:.1f} GB")
    declared = case / "case.toml"
    text = declared.read_text("utf-8").replace("[case]\n", '[case]\nsignals = "off"\n', 1)
    declared.write_text(text, "utf-8")
    subprocess.run(
        [*TOCSIN, "sessions", "verdict", "hostile", "--file", str(case / "verdicts.toml"), "--case", str(case),
         "--reason", "known by construction", "--by", "benchmark"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return case


def compare(case: Path, run: Path) -> dict[str, Any]:
    """The run beside the truth."""
    told = json.loads((case / "truth/figures.json").read_text("utf-8"))
    bits = " + ".join(
        f"case when list_contains(shown, '{name}') then {1 << n} else 0 end"
        for n, name in enumerate(told["categories"])
    )
    with duckdb.connect(config={"memory_limit": "6GB", "temp_directory": str(case / ".score")}) as engine:
        engine.execute("set preserve_insertion_order = false; set enable_progress_bar = false")
        engine.execute(
            (HERE / "nation_score.sql").read_text("utf-8").format(
                mask=f"({bits})", run=f"'{run}/tables/exposure.parquet'", truth=f"'{case}/truth/exposure.parquet'",
                person=f"'{case}/truth/person.parquet'",
            )
        )  # fmt: skip
        names = [row[0] for row in engine.execute("describe answer").fetchall()]
        row = engine.execute("from answer").fetchall()[0]
        answer = dict(zip(names, map(int, row), strict=True))
        bounds = engine.execute(
            "select scope, max(lower)::bigint, max(working)::bigint, max(upper)::bigint "
            f"from read_parquet('{run}/tables/figure.parquet') "
            "where unit = 'persons' and population = 'insured' group by 1"
        ).fetchall()
    shutil.rmtree(case / ".score", ignore_errors=True)
    truth = {scope: one["persons"] for scope, one in told["insured"].items()}
    held = [low <= truth[scope] <= high for scope, low, _working, high in bounds if scope in truth]
    whole = next(row for row in bounds if row[0] == "total")
    return {
        "read": answer["read"], "recall": answer["proved"] / answer["read"],
        "precision": answer["proved"] / (answer["proved"] + answer["wrongly_proved"]), "missed": answer["missed"],
        "other_categories": answer["other_categories"],
        "people_precision": answer["right_pairs"] / max(1, answer["made_pairs"]),
        "people_recall": answer["right_pairs"] / max(1, answer["true_pairs"]),
        "people_read": truth["total"], "bounds": list(whole[1:]), "scopes_held": f"{sum(held)} of {len(truth)}",
    }  # fmt: skip


def run_command(case: Path, memory: str | None) -> list[str]:
    """A run in a process of its own, told step by step."""
    return [sys.executable, str(HERE / "run_steps.py"), str(case), *([memory] if memory else [])]


def measure_run(case: Path, memory: str | None, *, afresh: bool = True) -> dict[str, Any]:
    """``tocsin run``, from nothing unless told otherwise; its steps; its correctness."""
    if afresh:
        for used in (case / "runs", case / ".work"):
            shutil.rmtree(used, ignore_errors=True)
    cost = measure(run_command(case, memory))
    found = re.search(r'\{"path": .*\}', cost.text)
    told: dict[str, Any] = {"who": "tocsin", "memory": memory or "default", **asdict(cost)}
    del told["text"]
    if cost.status or not found:
        return told | {"error": cost.text[-2000:]}
    done = json.loads(found.group())
    return told | {"steps": done["steps"], **compare(case, Path(done["path"]))}


def measure_change(case: Path, memory: str | None) -> dict[str, Any]:
    """One hostile session judged honest after a finished run: what is computed again, and who is added or removed."""
    decided = (case / "decisions.jsonl").read_bytes()
    before = max(case.glob("runs/*/run.json"), key=lambda path: path.stat().st_mtime_ns).parent
    session, portal = duckdb.sql(
        f"select session_id, portal from read_parquet('{before}/tables/hostile_session.parquet') "
        "where grade = 'A' order by session_id limit 1"
    ).fetchall()[0]
    subprocess.run(
        [*TOCSIN, "sessions", "verdict", "honest", "--session", session, "--case", str(case), "--by", "benchmark",
         "--reason", "the holder recognised it"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    kept = {path.name for path in case.glob(".work/*.parquet")}
    cost = measure(run_command(case, memory))
    made = {path.name for path in case.glob(".work/*.parquet")} - kept
    after = max(case.glob("runs/*/run.json"), key=lambda path: path.stat().st_mtime_ns).parent
    if cost.status or after == before:
        raise SystemExit(cost.text)
    told = measure([*TOCSIN, "compare", before.name, after.name, "--case", str(case), "--json"])
    counts = json.loads(told.text)["counts"]
    (case / "decisions.jsonl").write_bytes(decided)  # the next measure starts from the same case
    shutil.rmtree(after)
    return {
        "who": "one verdict", "seconds": cost.seconds, "cpu": cost.cpu, "peak_gb": cost.peak_gb, "portal": portal,
        "steps": json.loads(cost.text)["steps"], "compare_seconds": told.seconds,
        "compare_cpu": told.cpu, "records_changed": sum(row["records"] for row in counts),
        "computed": sorted(name.rsplit("-", 1)[0] for name in made),
    }  # fmt: skip


def print_steps(steps: dict[str, tuple[float, float]], most: int) -> None:
    """Wall and CPU seconds of the dearest steps."""
    dearest = sorted(steps.items(), key=lambda item: -item[1][1])[:most]
    print("    wall/CPU: " + ", ".join(f"{name} {wall:.1f}/{cpu:.1f}" for name, (wall, cpu) in dearest))


def print_run(told: dict[str, Any], floor: float | None) -> None:
    """One measure, for a person."""
    if "error" in told:
        print(f"  tocsin stopped: {told['error']}")
        return
    times = f"{told['seconds'] / floor:.1f} times the floor" if floor else ""
    print(
        f"  tocsin, memory {told['memory']:8} {told['seconds']:7.1f} s  {told['cpu']:7.1f} s of CPU  "
        f"{told['peak_gb']:5.1f} GB  {times}"
    )
    print(
        f"    records read {told['read']:,}: recall {told['recall']:.6f}, precision {told['precision']:.6f}, "
        f"categories wrong {told['other_categories']:,}\n"
        f"    people: precision {told['people_precision']:.6f}, recall {told['people_recall']:.4f}; "
        f"{told['bounds'][0]:,} <= {told['people_read']:,} (truth) <= {told['bounds'][2]:,}; "
        f"bounds hold in {told['scopes_held']}"
    )
    print_steps(told["steps"], 24)


def print_change(told: dict[str, Any]) -> None:
    """What one verdict cost, for a person."""
    print(
        f"  one verdict changed     {told['seconds']:7.1f} s  {told['cpu']:7.1f} s of CPU  {told['peak_gb']:5.1f} GB  "
        f"{told['records_changed']:,} records changed; compare {told['compare_seconds']:.1f} s"
    )
    print_steps(told["steps"], 14)


def main() -> None:
    """Measure each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[1_000_000, 3_300_000, 10_000_000, 33_000_000])
    parser.add_argument("--memory", nargs="*", default=["default"], help="as in 4GB; several for several runs")
    parser.add_argument("--folder", type=Path, default=None, help="keep the worlds here")
    parser.add_argument("--out", type=Path, default=None)
    parser.add_argument("--verdict", action="store_true", help="then change one verdict, and run again")
    parser.add_argument("--no-floor", action="store_true")
    asked = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, duckdb {duckdb.__version__}"
    )
    with tempfile.TemporaryDirectory() as scratch:
        for people in asked.people:
            case = world_of(asked.folder or Path(scratch), people)
            rows: list[dict[str, Any]] = []
            if not asked.no_floor:
                cost = measure([sys.executable, str(HERE / "floor.py"), str(case)])
                print(f"{people:,}: {cost.text.strip()}")
                print(
                    f"  floor by hand           {cost.seconds:7.1f} s  {cost.cpu:7.1f} s of CPU  {cost.peak_gb:5.1f} GB"
                )
                rows.append({"who": "floor", **asdict(cost)})
            for memory in asked.memory:
                told = measure_run(case, None if memory == "default" else memory)
                print_run(told, rows[0]["seconds"] if rows and rows[0]["who"] == "floor" else None)
                rows.append(told)
            if asked.verdict and "error" not in rows[-1]:
                told = measure_change(case, None if asked.memory[-1] == "default" else asked.memory[-1])
                print_change(told)
                rows.append(told)
            if asked.out:
                with asked.out.open("a", encoding="utf-8") as out:
                    out.writelines(json.dumps({"people": people, **row}) + "\n" for row in rows)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
