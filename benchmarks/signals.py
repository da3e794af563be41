"""Whether the signals find the intruder's sessions, and only those: recall and precision on worlds of known truth.

For each attack and seed, one world is graded with a third of its phished accounts declared, and with none; no verdict,
no indicator. ``unjudged_sessions = "honest"``, so that being a known account is not by itself counted as found. Then
each signal is left out in turn (ablation), and the honest sessions found are named by kind of establishment.

    PYTHONPATH=src python benchmarks/signals.py --people 5000 --seeds 3
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.table import Table

from tocsin.analysis.pipeline import grade_sessions, step
from tocsin.analysis.signalling import load_signals
from tocsin.engine import Engine
from tocsin.evidence.case import open_case
from tocsin.evidence.seal import seal_new_files, verify_seals
from tocsin.rehearsal import World, generate

ATTACKS: tuple[Literal["bulk", "shared", "slow"], ...] = ("bulk", "shared", "slow")
TARGETS = {"bulk": (0.95, 0.98), "shared": (0.95, 0.98), "slow": (0.80, 0.95)}
BLOCK = re.compile(r"^\[\[(compromised|indicator)\]\]\n(?:.+\n)*", re.MULTILINE)
SCORED = """
select coalesce(t.hostile, false) as hostile, coalesce(h.grade, 'C') as grade, left(s.account, 3) as kind, count(*)
from access_session s
left join (select portal, account, session_token, true as hostile from read_parquet('{truth}')) t
  on t.portal = s.portal and t.account = s.account and t.session_token = s.session_token
left join ({graded}) h on h.session_id = s.session_id
group by all
"""


@dataclass
class Score:
    """How many sessions were found, rightly and wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    proved_wrong: int = 0
    honest: Counter[str] | None = None

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    def add(self, other: Score) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.proved_wrong += other.proved_wrong
        self.honest = (self.honest or Counter()) + (other.honest or Counter())


def with_few_accounts(text: str, share: float) -> str:
    """The case without its indicators, and with the first ``share`` of its compromised accounts only."""
    blocks = [match.group() for match in BLOCK.finditer(text) if match.group(1) == "compromised"]
    kept = blocks[: round(share * len(blocks))]
    bare = BLOCK.sub("", text).replace("[case]\n", '[case]\nunjudged_sessions = "honest"\n', 1)
    return bare + "\n" + "\n".join(kept)


def grade_world(folder: Path, threads: int) -> tuple[dict[str, Score], float]:
    """The score with every signal (``""``), and without each in turn; and the seconds that grading took."""
    case = open_case(folder)
    seal_new_files(case, who="benchmark")
    scores: dict[str, Score] = {}
    with Engine(threads=threads) as engine:
        seconds: list[float] = []
        names = {"account_role", "session_feature", "session_person", "account_day", "account_habit", "session_guest",
                 "session_signal"}  # fmt: skip
        findings = grade_sessions(
            engine, case, verify_seals(case), [],
            announce=lambda name, spent: seconds.append(spent) if name in names else None,
        )  # fmt: skip
        (path,) = findings.bench.tables["session_signal"].files
        for name in ("", *(signal.name for signal in load_signals())):
            engine.run(
                "create or replace temp view session_signal as "
                f"select * from read_parquet('{path}') where signal <> '{name}'"
            )
            query = SCORED.format(truth=folder / "truth" / "hostile_session.parquet", graded=step("hostile_session"))
            score = Score(honest=Counter())
            for hostile, grade, kind, count in engine.rows(query):
                found = grade in ("A", "B")
                if hostile:
                    score.right += count * found
                    score.missed += count * (not found)
                elif found and score.honest is not None:
                    score.wrong += count
                    score.proved_wrong += count * (grade == "A")
                    score.honest[kind] += count
            scores[name] = score
    return scores, sum(seconds)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args(arguments)
    totals: dict[tuple[str, str], dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    spent = 0.0
    for attack in ATTACKS:
        for seed in range(1, given.seeds + 1):
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place)
                generate(World(people=given.people, seed=seed, attack=attack), folder)
                whole = (folder / "case.toml").read_text("utf-8").replace("[case]\n", '[case]\nsignals = "on"\n', 1)
                for known, share in (("a third", 1 / 3), ("none", 0.0)):
                    (folder / "case.toml").write_text(with_few_accounts(whole, share), "utf-8")
                    begun = time.perf_counter()
                    scores, seconds = grade_world(folder, given.threads)
                    spent = max(spent, seconds)
                    for name, score in scores.items():
                        totals[attack, known][name].add(score)
                    print_progress(attack, seed, known, scores[""], time.perf_counter() - begun)
    show(totals, spent)


def print_progress(attack: str, seed: int, known: str, score: Score, seconds: float) -> None:
    Console(stderr=True).print(
        f"{attack} {seed}, {known} known: recall {score.recall:.3f} precision {score.precision:.3f} ({seconds:.0f} s)"
    )


def show(totals: dict[tuple[str, str], dict[str, Score]], spent: float) -> None:
    """Print the scores, then what each signal is worth."""
    screen = Console(width=150)
    table = Table("attack", "accounts known", "sessions", "recall", "precision", "honest graded A", "honest found",
                  "target")  # fmt: skip
    for (attack, known), scores in totals.items():
        score, (recall, precision) = scores[""], TARGETS[attack]
        held = score.recall >= recall and score.precision >= precision
        table.add_row(
            attack, known, str(score.right + score.missed), f"{score.recall:.3f}", f"{score.precision:.3f}",
            str(score.proved_wrong), " ".join(f"{kind}:{n}" for kind, n in (score.honest or Counter()).items()),
            f"{recall} / {precision} {'held' if held else 'MISSED'}",
        )  # fmt: skip
    screen.print(table)
    table = Table("without", *(f"{attack}, {known}" for attack, known in totals))
    for name in next(iter(totals.values())):
        cells = [f"{scores[name].recall:.3f} {scores[name].precision:.3f}" for scores in totals.values()]
        table.add_row(name or "(all signals)", *cells)
    screen.print(table)
    screen.print(f"longest time of the signals and their tables: {spent:.2f} s")


if __name__ == "__main__":
    main()
