"""Whether the signals find the intruder's sessions, and only those: recall and precision on worlds of known truth.

Worlds of 5,000 to 100,000 people in turn. Each is graded with a third of its phished accounts known, and with none; no
verdict and no other indicator, everything else as a case has it by default. Found is a session of grade A or B: that
an account is known finds none of its sessions, it makes them possible (U). In worlds of 20,000 people or fewer each
signal is left out in turn, and they are graded once more after their honest accounts changed their habits, in ways that
neither the generator nor the signals were written for: browsers update, computers are replaced, lines move to another
provider. ``--figures`` also runs those of 5,000 whole, with no verdict, and compares the figures with the truth.
Results are appended to a file, and not computed again.

    PYTHONPATH=src python benchmarks/signals.py --seeds 20 --results build/signals.jsonl
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import duckdb
from rich.console import Console
from rich.table import Table

from tocsin.analysis.pipeline import grade_sessions, step
from tocsin.analysis.run import run_case
from tocsin.analysis.signalling import load_signals
from tocsin.engine import Engine
from tocsin.evidence.case import open_case
from tocsin.evidence.seal import seal_new_files, verify_seals
from tocsin.rehearsal import World, generate, score

ATTACKS: tuple[Literal["bulk", "shared", "slow"], ...] = ("bulk", "shared", "slow")
SIZES = (5_000, 10_000, 20_000, 5_000, 10_000, 20_000, 5_000, 10_000, 50_000, 100_000)
SMALL, LIVED_IN = 5_000, 20_000
"""Worlds up to these sizes are run whole; have their habits changed, and each signal left out."""
TARGETS = {"bulk": (0.95, 0.98), "shared": (0.95, 0.98), "slow": (0.80, 0.95)}
BLOCK = re.compile(r"^\[\[(compromised|indicator)\]\]\n(?:.+\n)*", re.MULTILINE)
STEPS = {"account_role", "session_feature", "session_person", "account_day", "account_habit", "session_guest",
         "session_signal"}  # fmt: skip
SCORED = """
select coalesce(t.hostile, false) as hostile, coalesce(h.grade, 'C') as grade, left(s.account, 3) as kind, count(*)
from access_session s
left join (select portal, account, session_token, true as hostile from read_parquet('{truth}')) t
  on t.portal = s.portal and t.account = s.account and t.session_token = s.session_token
left join ({graded}) h on h.session_id = s.session_id
group by all
"""
UPDATED = """
select * replace (
    case when hash(account, 'browser') % 2 = 0 and hash(session_token) % 8 > 0
          and time > timestamp '2024-01-12' + to_days(cast(hash(account, 'day') % 8 as int))
         then replace(replace(user_agent, 'Chrome/120.', 'Chrome/121.'), 'Firefox/121.', 'Firefox/122.')
         when hash(account, 'computer') % 12 = 0 and time > timestamp '2024-01-15' and not {hostile}
         then 'Mozilla/5.0 (iPad; CPU OS 17_2 like Mac OS X) AppleWebKit/605.1.15 Version/17.2 Safari/604.1'
         else user_agent end as user_agent,
    case when hash(account, 'line') % 12 = 0 and time > timestamp '2024-01-14' and not {hostile}
         then concat('100.', 64 + hash(account) % 16, '.', hash(account, 'net') % 200, '.', 1 + hash(account) % 250)
         else address end as address)
from read_parquet('{path}')
"""
Result = dict[str, Any]


def with_few_accounts(text: str, share: float) -> str:
    """The case without its indicators, and with the first ``share`` of its compromised accounts only."""
    blocks = [match.group() for match in BLOCK.finditer(text) if match.group(1) == "compromised"]
    kept = blocks[: round(share * len(blocks))]
    return BLOCK.sub("", text) + "\n" + "\n".join(kept)


def change_habits(folder: Path) -> None:
    """Rewrite the logs: half of the accounts update their browser, one in twelve changes its computer, its line.

    Nothing changes for the intruder but the browsers that it shares with others.
    """
    tokens = f"(select session_token from read_parquet('{folder}/truth/hostile_session.parquet'))"
    for path in sorted((folder / "logs").rglob("*.parquet")):
        with duckdb.connect() as connection:
            query = UPDATED.format(path=path, hostile=f"session_token in {tokens}")
            connection.execute(f"copy ({query}) to '{path}.new' (format parquet)")
        path.with_name(path.name + ".new").replace(path)
    (folder / "manifest.jsonl").unlink()


def grade_world(folder: Path, threads: int, *, ablate: bool) -> tuple[Result, float]:
    """Counts with every signal (``""``), and without each in turn; and the seconds that the signals took."""
    case = open_case(folder)
    seal_new_files(case, who="benchmark")
    counts: Result = {}
    with Engine(threads=threads) as engine:
        seconds: list[float] = []
        findings = grade_sessions(
            engine, case, verify_seals(case), [],
            announce=lambda name, spent: seconds.append(spent) if name in STEPS else None,
        )  # fmt: skip
        (path,) = findings.bench.tables["session_signal"].files
        for name in ("", *(signal.name for signal in load_signals() if ablate)):
            engine.run(
                "create or replace temp view session_signal as "
                f"select * from read_parquet('{path}') where signal <> '{name}'"
            )
            query = SCORED.format(truth=folder / "truth" / "hostile_session.parquet", graded=step("hostile_session"))
            counts[name] = count_sessions(engine.rows(query))
    return counts, sum(seconds)


def count_sessions(rows: Sequence[tuple[Any, ...]]) -> Result:
    """What was found rightly and wrongly, and missed, of rows (hostile, grade, kind of account, count)."""
    told: Counter[str] = Counter()
    for hostile, grade, kind, count in rows:
        if hostile:
            told["right" if grade in "AB" else "missed"] += count
            told["proved_right"] += count * (grade == "A")
            told["possible_right"] += count * (grade == "U")
        else:
            told["honest"] += count
            told["possible_wrong"] += count * (grade == "U")
            if grade in "AB":
                told["wrong"] += count
                told["proved_wrong"] += count * (grade == "A")
                told[f"of {kind}"] += count
    return dict(told)


def compare_figures(folder: Path, threads: int) -> Result:
    """A whole run, and its figures beside the truth."""
    run = run_case(open_case(folder), who="benchmark", threads=threads)
    said = score(folder, run.path)
    total = next(bound for bound in said.bounds if bound.scope == "total")
    return {
        "lower": total.lower, "working": total.working, "upper": total.upper, "truth": total.truth,
        "confirmed": said.confirmed, "wrongly_confirmed": said.wrongly_confirmed, "read": said.truth,
        "missed": said.missed, "recall": said.recall, "precision": said.precision,
    }  # fmt: skip


def measure(people: int, seed: int, attack: Literal["bulk", "shared", "slow"], given: argparse.Namespace) -> Result:
    """Everything about one world."""
    result: Result = {"people": people, "seed": seed, "attack": attack}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "world"
        generate(World(people=people, seed=seed, attack=attack, form="parquet"), folder)
        whole = (folder / "case.toml").read_text("utf-8")
        for known, share in (("a third", 1 / 3), ("none", 0.0)):
            (folder / "case.toml").write_text(with_few_accounts(whole, share), "utf-8")
            result[known], seconds = grade_world(folder, given.threads, ablate=people <= LIVED_IN)
            result.setdefault("seconds", seconds)
            if given.figures and people <= SMALL:
                result[f"figures, {known}"] = compare_figures(folder, given.threads)
        if people <= LIVED_IN:
            change_habits(folder)
            (folder / "case.toml").write_text(with_few_accounts(whole, 0.0), "utf-8")
            result["none, habits changed"], _seconds = grade_world(folder, given.threads, ablate=False)
    return result


def worlds(seeds: int, sizes: Sequence[int]) -> Iterator[tuple[int, int, Literal["bulk", "shared", "slow"]]]:
    """Each seed has its size, the same for the three attacks."""
    for seed in range(1, seeds + 1):
        yield from ((sizes[seed % len(sizes)], seed, attack) for attack in ATTACKS)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=SIZES, help="sizes, taken in turn")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--figures", action="store_true", help="also the figures, on worlds of 5,000 people or fewer")
    parser.add_argument("--results", type=Path, default=Path("build/signals.jsonl"), help="kept from run to run")
    given = parser.parse_args(arguments)
    given.results.parent.mkdir(parents=True, exist_ok=True)
    lines = given.results.read_text("utf-8").splitlines() if given.results.exists() else []
    done = {(item["people"], item["seed"], item["attack"]): item for item in map(json.loads, lines)}
    wanted = list(worlds(given.seeds, given.people))
    for people, seed, attack in wanted:
        if (people, seed, attack) in done:
            continue
        begun = time.perf_counter()
        result = done[people, seed, attack] = measure(people, seed, attack, given)
        with given.results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(result) + "\n")
        recall, precision = recall_and_precision([result["none"][""]])
        Console(stderr=True).print(
            f"{attack} {seed}, {people} people: recall {recall:.3f} precision {precision:.3f} "
            f"({time.perf_counter() - begun:.0f} s)"
        )
    show([done[world] for world in wanted])


def recall_and_precision(counts: Sequence[Result]) -> tuple[float, float]:
    right, missed, wrong = (sum(item.get(name, 0) for item in counts) for name in ("right", "missed", "wrong"))
    return right / max(1, right + missed), right / max(1, right + wrong)


def show(results: Sequence[Result]) -> None:
    """Print the scores, then what each signal is worth, then the figures."""
    screen = Console(width=150)
    table = Table("attack", "accounts known", "worlds", "hostile", "recall", "worst", "precision", "worst",
                  "honest found (graded A)", "U: hostile, honest", "target")  # fmt: skip
    for attack in ATTACKS:
        for known in ("a third", "none", "none, habits changed"):
            counts = [item[known][""] for item in results if item["attack"] == attack and known in item]
            if not counts:
                continue
            (recall, precision), each = recall_and_precision(counts), [recall_and_precision([one]) for one in counts]
            held = recall >= TARGETS[attack][0] and precision >= TARGETS[attack][1]
            total: Counter[str] = Counter()
            for one in counts:
                total.update(one)
            kinds = " ".join(f"{name[3:]}:{n}" for name, n in sorted(total.items()) if name.startswith("of "))
            table.add_row(
                attack, known, str(len(counts)), str(total["right"] + total["missed"]), f"{recall:.3f}",
                f"{min(one[0] for one in each):.3f}", f"{precision:.4f}", f"{min(one[1] for one in each):.3f}",
                f"{total['wrong']} ({total['proved_wrong']}) of {total['honest']} {kinds}",
                f"{total['possible_right']}, {total['possible_wrong']}",
                "held" if held else "MISSED",
            )  # fmt: skip
    screen.print(table)
    show_ablation(screen, results)
    show_figures(screen, results)
    screen.print(f"longest time of the signals and their tables: {max(item['seconds'] for item in results):.1f} s")


def show_ablation(screen: Console, results: Sequence[Result]) -> None:
    pairs = [(attack, known) for attack in ATTACKS for known in ("a third", "none")]
    table = Table("without", *(f"{attack}, {known}" for attack, known in pairs))
    results = [item for item in results if item["people"] <= LIVED_IN]
    for name in results[0]["none"]:
        cells = []
        for attack, known in pairs:
            recall, precision = recall_and_precision(
                [item[known].get(name, {}) for item in results if item["attack"] == attack]
            )
            cells.append(f"{recall:.3f} {precision:.4f}")
        table.add_row(name or "(all signals)", *cells)
    screen.print(table)


def show_figures(screen: Console, results: Sequence[Result]) -> None:
    """People: the figures of runs without any verdict, as shares of the truth."""
    told: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for item in results:
        for name, figures in item.items():
            if name.startswith("figures, "):
                told[item["attack"], name.removeprefix("figures, ")].append(figures)
    if not told:
        return
    table = Table("attack", "accounts known", "worlds", "lower / truth", "working / truth", "upper / truth",
                  "truth between", "records confirmed wrongly", "records read, nowhere")  # fmt: skip
    for (attack, known), items in told.items():
        shares = {
            name: [item[name] / item["truth"] for item in items if item[name] is not None]
            for name in ("lower", "working", "upper")
        }
        table.add_row(
            attack, known, str(len(items)),
            *(f"{min(share):.3f} to {max(share):.3f}" if share else "not computed" for share in shares.values()),
            str(sum(item["lower"] <= item["truth"] <= item["upper"] for item in items)),
            f"{sum(item['wrongly_confirmed'] for item in items)} of {sum(item['confirmed'] for item in items)}",
            f"{sum(item['missed'] for item in items)} of {sum(item['read'] for item in items)}",
        )  # fmt: skip
    screen.print(table)


if __name__ == "__main__":
    main()
