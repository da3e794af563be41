"""The truth of a world: what the portals really sent to the intruder, whose it was, and the right figures."""

from __future__ import annotations

import json
from pathlib import Path

from tocsin.engine import Engine
from tocsin.rehearsal.base import read_sql, register_table
from tocsin.rehearsal.controllers import Controllers
from tocsin.rehearsal.disclosure import DISCLOSURES
from tocsin.rehearsal.world import Calendar


def write_truth(engine: Engine, calendar: Calendar, cast: Controllers, folder: Path) -> None:
    """Write exposure, person and hostile_session (Parquet), and figures.json."""
    lines = [
        {
            "portal": line.portal, "action": line.action, "answer": line.answer, "category": category,
            "since": calendar.start - 1 if line.from_day is None else calendar.instant(line.from_day),
            "until": calendar.end if line.to_day is None else calendar.instant(line.to_day + 1),
        }
        for line in DISCLOSURES
        for category in line.categories
    ]  # fmt: skip
    register_table(engine, "disclosure_line", {key: [line[key] for line in lines] for key in lines[0]})
    engine.run(read_sql("truth.sql"))
    for name, order in (
        ("exposure", "portal, register, record_id, controller, category"),
        ("person", "register, record_id"),
        ("hostile_session", "portal, account, session_token"),
    ):
        engine.write(f"select * from truth_{name} order by {order}", folder / f"{name}.parquet")
    figures = {
        scope: {"persons": persons, "records": records}
        for scope, persons, records in engine.rows("select * from truth_figures order by scope")
    }
    nothing = {"persons": 0, "records": 0}
    answering = [name for n, name in enumerate(cast.ids) if cast.successor[n] == n]
    written = {
        "insured": {
            "total": figures.get("insured/total", nothing),
            "controllers": {name: figures.get(f"insured/{name}", nothing) for name in answering},
        },
        "professional": {
            "total": figures.get("professional/total", nothing),
            "controllers": {name: figures.get(f"professional/{name}", nothing) for name in ("op-a", "op-b")},
        },
    }
    (folder / "figures.json").write_text(json.dumps(written, indent=1, sort_keys=True) + "\n", "utf-8")
