"""What the report says of a run, before any language: figures, times and codes, aggregated by the engine.

Nothing here names a person. The remarks keep their example only where it cannot hold one (:data:`HARMLESS`).

>>> Bounds(3, None, 5).is_settled
False
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tocsin.analysis.asking import CAUSES_OF_POSSIBLE, asking
from tocsin.analysis.facts.shape import successor
from tocsin.analysis.run import Run
from tocsin.engine import Engine, literal
from tocsin.evidence.case import CaseFolder

QUESTIONS = Path(__file__).with_name("questions")
POPULATIONS = ("insured", "professional")
UNITS = ("lines", "records", "contracts", "households", "persons")
CLASSES = ("confirmed", "deduced", "possible_attribution", "possible_missing_evidence")
MOST_SESSIONS = 60
"""Sessions on the page; the others are counted, and listed by ``tocsin sessions list``."""
STEPS = 800
"""Of the time axis of a gap: finer than a printed page shows."""
HARMLESS = ("gap-",)
"""Remarks whose example holds dates only. That of others may quote a record number, an account or a line."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Bounds:
    """One figure: lower <= working <= upper; ``None`` is not yet known."""

    lower: int | None
    working: int | None
    upper: int | None

    @property
    def is_settled(self) -> bool:
        return self.working is not None


@dataclass(frozen=True)
class Controller:
    """One controller: its figures by population and unit, and how its agreement stood."""

    id: str
    name: str
    figures: Mapping[tuple[str, str], Bounds]
    ended: int
    is_linked: bool


@dataclass(frozen=True)
class Shared:
    """Linked controllers of one population: persons counted by each, together, and the pairs that share some."""

    population: str
    controllers: int
    persons: int
    in_several: int
    pairs: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Content:
    """Everything that the page shows."""

    run: str
    case_id: str
    title: str
    base_date: date
    time_zone: str
    start_s: float
    stop_s: float
    is_current_case: bool
    names: Mapping[str, str]
    processors: Mapping[str, str]
    totals: Mapping[tuple[str, str], Bounds]
    controllers: tuple[Controller, ...]
    linked: tuple[str, ...]
    shared: tuple[Shared, ...]
    lines_read: int
    lines_kept: int
    files: int
    span: Row
    hours: tuple[Row, ...]
    coverage: tuple[Row, ...]
    logs: tuple[Row, ...]
    intervals: tuple[Row, ...]
    gaps: tuple[Row, ...]
    windows: tuple[Row, ...]
    sessions: tuple[Row, ...]
    session_counts: tuple[Row, ...]
    accounts: Row
    categories: tuple[Row, ...]
    causes: tuple[Row, ...]
    negative: tuple[Row, ...]
    hypotheses: tuple[dict[str, Any], ...]
    remarks: tuple[Row, ...]
    evidence: tuple[Row, ...]
    inputs: Row


def ask(engine: Engine, question: str, **values: object) -> tuple[Row, ...]:
    """The rows of one file of ``questions/``, its blanks filled with ``values`` as literals."""
    sql = (QUESTIONS / f"{question}.sql").read_text("utf-8")
    return tuple(engine.records(sql.format(**{name: literal(value) for name, value in values.items()})))


def gather(folder: CaseFolder, run: Run) -> Content:
    """What the report says of ``run``. The names of parties are those that ``case.toml`` gives now."""
    case, manifest = folder.case, run.manifest
    start, stop = case.case.occurred_from.timestamp(), case.case.occurred_to.timestamp()
    names = {party.id: party.name for party in case.party}
    linked = tuple(sorted({
        successor(case.party, item.controller) for item in case.instruction if item.kind == "link_across_controllers"
    }))  # fmt: skip
    with asking(run) as engine:
        figures = engine.records("select * from figure")
        agreements = {row["controller"]: row for row in ask(engine, "agreement")}
        shared = ask(engine, "shared", linked=linked) if len(linked) > 1 else ()
        return Content(
            run=run.id, case_id=manifest["case"]["id"], title=manifest["case"]["title"],
            base_date=date.fromisoformat(manifest["case"]["base_date"]), time_zone=case.case.time_zone,
            start_s=start, stop_s=stop, is_current_case=manifest["case"]["sha256"] == folder.digest, names=names,
            processors={portal.id: names.get(portal.processor, portal.processor) for portal in case.portal},
            totals=_bounds_of(figures, "total"), controllers=_controllers(figures, agreements, names, linked),
            linked=linked, shared=_shared(shared, names),
            lines_read=sum(log["lines_read"] for log in manifest["reading"]["logs"]),
            lines_kept=sum(log["lines_kept"] for log in manifest["reading"]["logs"]),
            files=len(manifest["reading"]["logs"]),
            span=ask(engine, "span")[0], hours=ask(engine, "hour"),
            coverage=tuple(engine.records("select * from coverage_share order by portal")), logs=ask(engine, "log"),
            intervals=ask(engine, "interval", start_us=round(start * 1e6), steps=STEPS,
                          step_us=max(1, round((stop - start) * 1e6 / STEPS))),
            gaps=ask(engine, "gap"), windows=ask(engine, "held_window"),
            sessions=ask(engine, "session", most=MOST_SESSIONS), session_counts=ask(engine, "session_count"),
            accounts=ask(engine, "account_count")[0],
            categories=tuple(engine.records("select * from category_figure where scope = 'total'")),
            causes=tuple(engine.records(CAUSES_OF_POSSIBLE)),
            negative=tuple(engine.records("select * from negative order by portal, category")),
            hypotheses=tuple(manifest["hypotheses"]), remarks=tuple(_quiet(item) for item in manifest["remarks"]),
            evidence=tuple(manifest["evidence"]), inputs=manifest["inputs"],
        )  # fmt: skip


def _bounds_of(figures: list[dict[str, Any]], scope: str) -> dict[tuple[str, str], Bounds]:
    return {
        (row["population"], row["unit"]): Bounds(row["lower"], row["working"], row["upper"])
        for row in figures
        if row["scope"] == scope
    }


def _controllers(
    figures: list[dict[str, Any]], agreements: Mapping[str, Row], names: Mapping[str, str], linked: tuple[str, ...]
) -> tuple[Controller, ...]:
    scopes = sorted({row["scope"] for row in figures} - {"total"})
    found = [
        Controller(
            scope, names.get(scope, scope), _bounds_of(figures, scope),
            agreements[scope]["ended"] if scope in agreements else 0, scope in linked,
        )
        for scope in scopes
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda item: (-(_persons(item) or 0), item.name, item.id)))


def _persons(item: Controller) -> int | None:
    return next((item.figures[key].upper for key in item.figures if key == ("insured", "persons")), None)


def _shared(rows: tuple[Row, ...], names: Mapping[str, str]) -> tuple[Shared, ...]:
    told = []
    for population in POPULATIONS:
        mine = [row for row in rows if row["population"] == population]
        pairs: dict[tuple[str, str], int] = {}
        for row in mine:
            for n, one in enumerate(row["controllers"]):
                for other in row["controllers"][n + 1 :]:
                    pairs[one, other] = pairs.get((one, other), 0) + row["persons"]
        several = sum(row["persons"] for row in mine if len(row["controllers"]) > 1)
        controllers = {name for row in mine for name in row["controllers"]}
        if len(controllers) > 1:
            ranked = sorted(((names.get(a, a), names.get(b, b), count) for (a, b), count in pairs.items()),
                            key=lambda pair: (-pair[2], pair[0], pair[1]))  # fmt: skip
            persons = sum(row["persons"] for row in mine)
            told.append(Shared(population, len(controllers), persons, several, tuple(ranked)))
    return tuple(told)


def _quiet(item: dict[str, Any]) -> Row:
    return {**item, "detail": item["detail"] if item["code"].startswith(HARMLESS) else ""}
