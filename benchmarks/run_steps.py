"""``tocsin run`` in this process, with the wall and processor seconds of each step: the first lie on a shared machine.

    python benchmarks/run_steps.py CASE [MEMORY]

Prints one JSON object. What lies between two steps that are told (reading, lists and digests) has a name of its own.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from tocsin.analysis.run import Watch, run_case
from tocsin.evidence.case import open_case


def main(case: Path, memory: str | None = None) -> None:
    """Run, and print."""
    steps: dict[str, tuple[float, float]] = {}
    before = [time.perf_counter(), time.process_time()]

    def told(name: str, _seconds: float) -> None:
        now = [time.perf_counter(), time.process_time()]
        steps[name if steps else "seals and reading"] = (round(now[0] - before[0], 3), round(now[1] - before[1], 3))
        before[:] = now

    run = run_case(open_case(case), who="benchmark", memory=memory, watch=Watch(step=told))
    told("tables, lists and digests", 0.0)
    print(json.dumps({"path": str(run.path), "steps": steps}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
