"""Real names with real-looking errors: historical people (Wikidata, injected errors) read through a simulated portal.

The data lie beside the project (``../shared``) and are never copied into it; without them the test is skipped, visibly.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
from pathlib import Path

import duckdb
import pytest

from tests.minicase import TESTED, line
from tocsin.analysis.run import run_case
from tocsin.evidence.case import open_case
from tocsin.evidence.decisions import decide

HERE = Path(__file__).parents[2]
PEOPLE = HERE.parent / "shared" / "data" / "record_linkage" / "historical_50k_open.csv.gz"
CASE = f"""
[case]
id = "historical"
title = "Historical people behind a portal"
base_date = 2024-01-22
occurred_from = 2024-01-01T00:00:00Z
occurred_to = 2024-01-31T00:00:00Z
time_zone = "UTC"
[[party]]
id = "op"
name = "Operator"
kind = "processor"
[[party]]
id = "museum"
name = "Museum"
kind = "controller"
[[register]]
id = "people"
holder = "museum"
files = ["people.csv"]
separator = ","
[register.columns]
record_id = "unique_id"
surname = "surname"
first_name = "first_name"
birth_date = "dob"
birth_place = "birth_place"
[[portal]]
id = "p"
processor = "op"
registers = ["people"]
[[action]]
portal = "p"
name = "read"
kind = "record"
[[action]]
portal = "p"
name = "search"
kind = "search"
order = ["surname", "first_name", "record_id"]
page_size = 10
[action.criteria]
name = {{ column = "surname", match = "prefix", normalise = "name" }}
year = {{ column = "birth_date", match = "year" }}
[[disclosure]]
portal = "p"
action = "read"
categories = ["identity"]
{TESTED}
[[disclosure]]
portal = "p"
action = "search"
categories = ["identity"]
{TESTED}
[[log]]
id = "l"
portal = "p"
node = "n"
files = ["log.ndjson"]
format = "ocsf"
completeness = "sequence"
sequence_first = 1
"""


@pytest.mark.skipif(not PEOPLE.exists(), reason="the historical people are not beside the project")
def test_the_portal_gives_the_true_list(tmp_path: Path) -> None:
    with gzip.open(PEOPLE, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (tmp_path / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    draw = random.Random(7)
    ordered = sorted(
        rows, key=lambda row: (row["surname"] or "\uffff", row["first_name"] or "\uffff", row["unique_id"])
    )
    expected: set[str] = set()
    lines = []
    for n in range(300):
        minute = f"{8 + n // 60:02}:{n % 60:02}"
        chosen = draw.choice(rows)
        name, year = chosen["surname"][:3], chosen["dob"][:4]
        if n % 2 or not name.isascii() or not name.isalpha() or len(year) < 4:
            expected.add(chosen["unique_id"])
            lines.append(line("read", minute, ids=[chosen["unique_id"]]))
            continue
        # the simulated portal: plain Python, no code of the analysis
        found = [
            row for row in ordered if row["surname"].lower().startswith(name.lower()) and row["dob"].startswith(year)
        ]
        page = found[:10]
        expected |= {row["unique_id"] for row in page}
        lines.append(
            line("search", minute, criteria={"name": name, "year": year}, page=1, total=len(found), returned=len(page))
        )
    for number, event in enumerate(lines, start=1):
        event["metadata"] = {"sequence": number}
    (tmp_path / "log.ndjson").write_text("".join(json.dumps(event) + "\n" for event in lines), "utf-8")
    (tmp_path / "case.toml").write_text(CASE + f"sequence_last = {len(lines)}\n", "utf-8")
    decide(
        tmp_path / "decisions.jsonl",
        who="t",
        kind="verdict",
        reason="all of it",
        bodies=[{"account": "acc", "verdict": "hostile"}],
    )
    run = run_case(open_case(tmp_path), who="t")
    assert run.manifest["reading"]["registers"][0]["rows_kept"] == len(rows)
    query = f"select record_id from read_parquet('{run.table('exposure')}') where class in ('confirmed', 'deduced')"
    listed = {record for (record,) in duckdb.sql(query).fetchall()}
    results = duckdb.sql(
        f"select result, count(*) from read_parquet('{run.table('replay_check')}') group by 1"
    ).fetchall()
    assert dict(results).keys() == {"certified"}, results
    assert listed == expected
    truth = len({record.rsplit("-", 1)[0] for record in expected})
    lower, upper = duckdb.sql(
        f"select lower, upper from read_parquet('{run.table('figure')}') where scope = 'total' and unit = 'persons'"
    ).fetchall()[0]
    assert lower <= truth <= upper, (lower, truth, upper)
    print(f"\n{len(listed)} records, {lower} <= {truth} people <= {upper}")  # noqa: T201 - the figures of this test
