"""The main job at one million people and six million events, beside the same answer written by hand in DuckDB.

    python benchmarks/end_to_end.py [--people 1000000] [--form text|parquet|both] [--signals off|on] [--folder DIR]

The floor reads the same files, takes the hostile sessions as given, joins named records to the register, makes people
by one exact key and writes one Parquet list for each controller. It does not seal, replay, bound, or explain. Since
both are told which sessions were hostile, signals are off unless asked.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FLOOR = Path(__file__).with_name("floor.py")


def measure(command: list[str]) -> tuple[float, float, str]:
    """(seconds, peak resident memory in GB, what it printed) of one command."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out)
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        out.seek(0)
        text = out.read().decode()
    if status != 0:
        raise SystemExit(f"{' '.join(command)} ended with {status}\n{text}")
    return seconds, usage.ru_maxrss / 1e6, text


def bench(folder: Path, people: int, form: str, signals: str) -> None:
    """Generate, run, score, and print the table for one form of logs."""
    case = folder / form
    script = (
        "import sys; from pathlib import Path; from tocsin.rehearsal import World, generate; "
        f"generate(World(people={people}, seed=1, controllers=84, form={form!r}), Path(sys.argv[1]))"
    )
    tocsin = [sys.executable, "-m", "tocsin"]
    if not (case / "case.toml").exists():
        seconds, memory, _text = measure([sys.executable, "-c", script, str(case)])
        print(f"\n{form}: world of {people:,} people made in {seconds:.0f} s, {memory:.1f} GB")
        subprocess.run(
            [*tocsin, "sessions", "verdict", "hostile", "--file", str(case / "verdicts.toml"), "--case", str(case),
             "--reason", "known by construction", "--by", "benchmark"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    declared = case / "case.toml"
    text = re.sub(r"(?m)^signals = .*\n", "", declared.read_text("utf-8"))
    declared.write_text(text.replace("[case]\n", f'[case]\nsignals = "{signals}"\n', 1), "utf-8")
    size = sum(path.stat().st_size for path in case.rglob("logs/**/*") if path.is_file()) / 1e6
    floor_seconds, floor_memory, floor_text = measure([sys.executable, str(FLOOR), str(case)])
    for used in (case / "runs", case / ".work"):
        subprocess.run(["rm", "-rf", str(used)], check=True)
    seconds, memory, text = measure([*tocsin, "run", "--case", str(case), "--json"])
    run = Path(json.loads(text)["path"])
    lines = sum(item["lines_read"] for item in json.loads(text)["reading"]["logs"])
    print(f"{form}: {lines:,} lines of logs, {size:.0f} MB")
    print(f"  floor by hand   {floor_seconds:7.1f} s   {floor_memory:5.1f} GB   {floor_text.strip()}")
    print(f"  tocsin run      {seconds:7.1f} s   {memory:5.1f} GB   {seconds / floor_seconds:.1f} times the floor")
    steps = json.loads((run / "durations.json").read_text())
    for name, spent in sorted(steps.items(), key=lambda item: -item[1])[:16]:
        print(f"    {name:24} {spent:7.2f} s")
    print(f"    {'sum of the steps':24} {sum(steps.values()):7.2f} s")
    _seconds, _memory, scored = measure([*tocsin, "rehearse", str(case), "--score"])
    print("  " + "\n  ".join(scored.splitlines()[:6]))


def main() -> None:
    """Print the machine, then the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--form", choices=("text", "parquet", "both"), default="both")
    parser.add_argument("--signals", choices=("off", "on"), default="off")
    parser.add_argument("--folder", type=Path, default=None, help="keep the worlds here")
    asked = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.folder or Path(scratch)
        for form in ("text", "parquet") if asked.form == "both" else (asked.form,):
            bench(folder, asked.people, form, asked.signals)


if __name__ == "__main__":
    main()
