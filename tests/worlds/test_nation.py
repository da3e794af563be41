"""The world of the benchmark of scale holds what it says it holds: a run of it finds its truth, to the last record."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
EXACT = ("recall", "precision", "people_precision")


def bench(script: str, folder: Path, *more: str) -> list[dict[str, object]]:
    out = folder / "out.jsonl"
    command = [sys.executable, str(BENCHMARKS / script), "--people", "8000", "--folder", str(folder), "--out", str(out)]
    done = subprocess.run([*command, *more], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_a_run_of_a_small_nation_finds_its_truth(tmp_path: Path) -> None:
    run, change = bench("scale.py", tmp_path, "--no-floor", "--verdict", "--memory", "600MB")
    assert run["people"] == 8_000
    assert [run[name] for name in EXACT] == [1.0, 1.0, 1.0], run
    assert run["missed"] == run["other_categories"] == 0
    assert float(str(run["people_recall"])) > 0.95
    held, whole = str(run["scopes_held"]).split(" of ")
    assert held == whole
    assert change["records_changed"]
    assert not {"identity", "cluster", "linked_pair"} & set(change["computed"])  # type: ignore[arg-type]  # a list


@pytest.mark.slow
def test_the_others_are_compared_by_the_same_truth(tmp_path: Path) -> None:
    rows = bench("table.py", tmp_path, "--memory", "600MB", "--minutes", "5")
    assert {row["who"] for row in rows} == {
        "Tocsin", "DuckDB by hand", "Polars by hand", "Splink alone", "pandas script",
    }  # fmt: skip
    assert not [row for row in rows if "stopped" in row or "error" in row]
    by_hand = {row["who"]: row for row in rows if row["who"] in ("DuckDB by hand", "Polars by hand", "pandas script")}
    assert len({(row["recall"], row["people_recall"]) for row in by_hand.values()}) == 1, "one answer, three engines"
