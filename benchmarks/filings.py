"""How long every filing of a breach with many controllers takes, from declared facts alone or after a run.

``python benchmarks/filings.py --controllers 84`` writes the facts of a breach like that of the demo into a new folder,
prepares everything with one command, and prints what was made and how long it took.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FACTS = """
[breach]
title = "Reading of the portal"
natures = ["confidentiality"]
is_attack = true
occurred_from = 2024-01-22T08:00:00+01:00
[[party]]
id = "operator"
name = "Operator"
role = "processor"
aware_at = 2024-01-29T15:00:00+01:00
attack_known_at = 2024-01-29T15:00:00+01:00
[every_controller]
informed_at = 2024-02-02T15:00:00+01:00
[circumstances]
recipients = "unknown"
is_malicious = true
[[group]]
id = "insured"
categories = ["name", "birth_date", "nir", "insurer", "guarantees"]
[[account]]
summary = "Robots read the portal with phished accounts."
[[trace]]
what = "access logs of the portal"
held_by = "operator"
"""
PARTY = """
[[party]]
id = "c{n:03}"
name = "Controller {n:03}"
role = "controller"
[[figure]]
controller = "c{n:03}"
upper = {upper}
by = "its DPO"
on = 2024-02-03
ground = "size of its base"
"""


def main() -> None:
    """Prepare, and say how long it took."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--controllers", type=int, default=84)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        case = Path(name)
        parties = "".join(PARTY.format(n=n, upper=1000 * n) for n in range(1, given.controllers + 1))
        (case / "facts.toml").write_text(FACTS + parties, "utf-8")
        started = time.perf_counter()
        command = [sys.executable, "-m", "tocsin", "file", "prepare", "--case", name, "--json", "--at",
                   "2024-02-03T12:00:00+01:00"]  # fmt: skip
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - started
        kinds: dict[str, int] = {}
        for draft in json.loads(done.stdout)["drafts"]:
            kind = draft["series"]["kind"]
            kinds[kind] = kinds.get(kind, 0) + 1
        files = [path for path in case.rglob("*") if path.is_file()]
        print(f"{given.controllers} controllers: {kinds}, {len(files)} files, {seconds:.1f} s")


if __name__ == "__main__":
    main()
