"""How a run compares with the truth of its world.

Three promises are checked for every seed: nothing is confirmed that was not read, everything read is at least possible,
and the number of people lies between the bounds. The rest are measures of precision, for who wants to do better.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tocsin.engine import Engine
from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.rehearsal.base import read_sql


@dataclass(frozen=True)
class Bound:
    """The number of insured people of one scope: what the run says, and the truth."""

    scope: str
    lower: int
    working: int | None
    truth: int
    upper: int

    @property
    def holds(self) -> bool:
        return self.lower <= self.truth <= self.upper

    @property
    def width(self) -> float:
        """The distance of the bounds, as a share of the truth."""
        return (self.upper - self.lower) / max(1, self.truth)

    @property
    def line(self) -> str:
        outside = "" if self.holds else "   <<< " + _("the truth is outside")
        figures = f"{self.lower:>10,} <= {self.truth:>10,} <= {self.upper:>10,}   ({self.width:.1%})"
        return f"{self.scope:12} {figures}{outside}"


@dataclass(frozen=True)
class Score:
    """Counts are of (register, record, controller, category)."""

    truth: int
    confirmed: int
    wrongly_confirmed: int
    missed: int
    established: int
    """Confirmed or deduced."""
    rightly_established: int
    wrong_examples: tuple[str, ...]
    missed_examples: tuple[str, ...]
    possible_share: float
    """Share of the registers' records that are possible and no more."""
    bounds: tuple[Bound, ...]
    unbounded: tuple[str, ...]
    """Scopes where people were read and the run gives no figure."""

    @property
    def precision(self) -> float:
        return self.rightly_established / self.established if self.established else 1.0

    @property
    def recall(self) -> float:
        return self.rightly_established / self.truth if self.truth else 1.0

    @property
    def holds(self) -> bool:
        """Whether the three promises are kept."""
        return not (self.wrongly_confirmed or self.missed or self.unbounded) and all(one.holds for one in self.bounds)

    def lines(self) -> list[str]:
        """The score, for a person."""
        return [
            _("promises kept: {answer}").format(answer=_("yes") if self.holds else _("NO")),
            _("confirmed, not read: {count} of {total}").format(count=self.wrongly_confirmed, total=self.confirmed),
            *(f"  {one}" for one in self.wrong_examples),
            _("read, nowhere in the run: {count} of {total}").format(count=self.missed, total=self.truth),
            *(f"  {one}" for one in self.missed_examples),
            _("confirmed or deduced: precision {precision:.4f}, recall {recall:.4f}").format(
                precision=self.precision, recall=self.recall
            ),
            _("records only possible: {share:.2%} of the registers").format(share=self.possible_share),
            *(one.line for one in self.bounds),
            *(_("{scope}: people were read, the run gives no figure").format(scope=one) for one in self.unbounded),
        ]


def score(folder: Path, run: Path) -> Score:
    """Compare ``run`` (its ``tables/exposure.parquet`` and ``tables/figure.parquet``) with the truth of ``folder``."""
    truth, tables = folder / "truth", run / "tables"
    for path in (
        truth / "exposure.parquet", truth / "figures.json", tables / "exposure.parquet", tables / "figure.parquet",
    ):  # fmt: skip
        if not path.is_file():
            raise TocsinError(
                "score-impossible", _("this file is missing"), where=str(path),
                why=_("a run is compared with the truth of the world that it read"),
                remedy=_("give the folder of a rehearsal, and a finished run of it"),
            )  # fmt: skip
    with Engine() as engine:
        engine.view("true_exposure", truth / "exposure.parquet")
        engine.view("true_person", truth / "person.parquet")
        engine.view("run_exposure", tables / "exposure.parquet")
        engine.view("run_figures", tables / "figure.parquet")
        engine.run(read_sql("score.sql"))
        counts = engine.records("select * from counts")[0]
        wrong = tuple(row[0] for row in engine.rows("select row from wrongly_confirmed order by row limit 5"))
        missed = tuple(row[0] for row in engine.rows("select row from missed order by row limit 5"))
        said = {row[0]: row[1:] for row in engine.rows("select * from said order by scope")}
    figures = json.loads((truth / "figures.json").read_text("utf-8"))["insured"]
    people = {"total": figures["total"]["persons"]}
    people |= {scope: one["persons"] for scope, one in sorted(figures["controllers"].items())}
    bounds = tuple(
        Bound(scope, said[scope][0], said[scope][1], n, said[scope][2]) for scope, n in people.items() if scope in said
    )
    unbounded = tuple(scope for scope, n in people.items() if n and scope not in said)
    return Score(**counts, wrong_examples=wrong, missed_examples=missed, bounds=bounds, unbounded=unbounded)
