"""The score accepts a perfect run, and names what a wrong one got wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tocsin.errors import TocsinError
from tocsin.rehearsal import score


def write_run(world: Path, run: Path, *, drop: int = 0, invent: bool = False, shift: int = 0) -> Path:
    """A run that says the truth, but for what is asked."""
    tables = run / "tables"
    tables.mkdir(parents=True)
    rows = pq.read_table(world / "truth/exposure.parquet").group_by(["register", "record_id", "controller"]).aggregate(
        [("category", "list")])  # fmt: skip
    records = rows.to_pylist()[drop:]
    out = [
        {
            "register": row["register"], "record_id": row["record_id"], "controller": row["controller"],
            "confirmed": row["category_list"][:1], "deduced": row["category_list"][1:], "possible": [],
        }
        for row in records
    ]  # fmt: skip
    if invent:
        out[0]["confirmed"] = ["blood-group"]
    schema = pa.schema([
        ("register", pa.string()), ("record_id", pa.string()), ("controller", pa.string()),
        *((name, pa.list_(pa.string())) for name in ("confirmed", "deduced", "possible")),
    ])  # fmt: skip
    pq.write_table(pa.Table.from_pylist(out, schema), tables / "exposure.parquet")
    figures = json.loads((world / "truth/figures.json").read_text())["insured"]
    people = {"total": figures["total"]["persons"]} | {k: v["persons"] for k, v in figures["controllers"].items()}
    pq.write_table(pa.Table.from_pylist([
        {
            "scope": scope, "population": "insured", "unit": "persons",
            "lower": n + shift, "working": n, "upper": n + shift,
        }
        for scope, n in people.items() if n or shift == 0
    ]), tables / "figure.parquet")  # fmt: skip
    return run


def test_a_perfect_run_holds(whole_world: Path, tmp_path: Path) -> None:
    result = score(whole_world, write_run(whole_world, tmp_path / "run"))
    assert result.holds
    assert (result.precision, result.recall, result.possible_share) == (1.0, 1.0, 0.0)
    assert all(bound.width == 0 for bound in result.bounds)
    assert "yes" in "\n".join(result.lines())


def test_what_was_missed_or_invented_is_named(whole_world: Path, tmp_path: Path) -> None:
    result = score(whole_world, write_run(whole_world, tmp_path / "run", drop=3, invent=True))
    assert not result.holds
    assert result.missed > 3
    assert result.wrongly_confirmed == 1
    assert "blood-group" in result.wrong_examples[0]


def test_bounds_that_miss_the_truth_do_not_hold(whole_world: Path, tmp_path: Path) -> None:
    result = score(whole_world, write_run(whole_world, tmp_path / "run", shift=1))
    assert not result.holds
    assert "outside" in "\n".join(result.lines())


def test_a_scope_without_figure_does_not_hold(whole_world: Path, tmp_path: Path) -> None:
    run = write_run(whole_world, tmp_path / "run")
    path = run / "tables/figure.parquet"
    table = pq.read_table(path)
    pq.write_table(table.filter(pc.not_equal(table["scope"], "amc-003")), path)
    assert score(whole_world, run).unbounded == ("amc-003",)


def test_what_is_not_a_run_is_refused(whole_world: Path, tmp_path: Path) -> None:
    with pytest.raises(TocsinError) as caught:
        score(whole_world, tmp_path)
    assert caught.value.kind == "score-impossible"
