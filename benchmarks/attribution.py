"""What a wrong attribution does to the bounds: sessions missed, and honest sessions taken for the intruder's.

Worlds of known truth are judged rightly, then with a share of the hostile sessions missed (drawn at random, judged
honest), then with honest sessions judged hostile. The bounds hold under a hypothesis, that the attribution is right;
this prints by how much they miss the truth when it is not.

    PYTHONPATH=src python benchmarks/attribution.py --people 5000 --seeds 3
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from tocsin.analysis.run import find_run, run_case
from tocsin.evidence.case import open_case
from tocsin.evidence.decisions import decide
from tocsin.rehearsal import World, generate, score

ERRORS = (("none", 0.0, 0), ("1 hostile in 20 missed", 0.05, 0), ("1 in 5 missed", 0.2, 0), ("half missed", 0.5, 0),
          ("1 honest taken for hostile", 0.0, 1), ("10 honest taken for hostile", 0.0, 10))  # fmt: skip
DRAWN = """
select portal, account, session_token from read_parquet('{path}')
order by hash(portal, account, session_token, {seed}) limit {count}
"""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args(arguments)
    table = Table("attack", "error", "lower / truth", "working / truth", "upper / truth", "truth between",
                  "confirmed wrongly", "read, nowhere")  # fmt: skip
    for attack in ("bulk", "shared", "slow"):
        told: dict[str, list[tuple[float, float, float, bool, int, int]]] = defaultdict(list)
        for seed in range(1, given.seeds + 1):
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place) / "world"
                generate(World(people=given.people, seed=seed, attack=attack), folder)
                for name, missed, added in ERRORS:
                    told[name].append(judge(folder, seed, missed, added))
        for name, rows in told.items():
            shares = [f"{min(row[n] for row in rows):.3f} to {max(row[n] for row in rows):.3f}" for n in range(3)]
            held = f"{sum(row[3] for row in rows)} of {len(rows)}"
            table.add_row(
                attack, name, *shares, held, str(sum(row[4] for row in rows)), str(sum(row[5] for row in rows))
            )
    Console(width=150).print(table)


def judge(folder: Path, seed: int, missed: float, added: int) -> tuple[float, float, float, bool, int, int]:
    """Run with every hostile session judged, but for these errors; the figures as shares of the truth."""
    truth = folder / "truth" / "hostile_session.parquet"
    names = ("portal", "account", "session_token")
    (folder / "decisions.jsonl").unlink(missing_ok=True)
    with duckdb.connect() as connection:
        count = len(connection.execute(f"select 1 from read_parquet('{truth}')").fetchall())
        rows = connection.execute(DRAWN.format(path=truth, seed=seed, count=count)).fetchall()
        lost = rows[: round(missed * count)]
        honest: list[tuple[str, ...]] = []
        if added:
            sessions = find_run(open_case(folder), None).table("access_session")
            connection.execute(
                f"create view honest as select s.* from read_parquet('{sessions}') s"
                f" anti join read_parquet('{truth}') t using (portal, account, session_token) where s.named_records > 0"
            )
            query = DRAWN.replace("read_parquet('{path}')", "honest")
            honest = connection.execute(query.format(seed=seed, count=added)).fetchall()
    for verdict, chosen in (("hostile", [row for row in rows if row not in lost] + honest), ("honest", lost)):
        bodies = [{**dict(zip(names, row, strict=True)), "verdict": verdict} for row in chosen]
        if bodies:
            decide(folder / "decisions.jsonl", who="benchmark", kind="verdict", reason="as drawn", bodies=bodies)
    run = run_case(open_case(folder), who="benchmark", threads=1)
    said = score(folder, run.path)
    total = next(bound for bound in said.bounds if bound.scope == "total")
    shares = [value / total.truth for value in (total.lower, total.working or 0, total.upper)]
    return shares[0], shares[1], shares[2], total.holds, said.wrongly_confirmed, said.missed


if __name__ == "__main__":
    main()
