"""How much the figures rest on the numbers of the signals: counted again with cautious, standard and wide ones.

Logs are not read again, and people not linked again: only what follows from the grades is computed three times.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tocsin.analysis.alone import alone_in
from tocsin.analysis.pipeline import compute_findings
from tocsin.analysis.signalling import SETTINGS
from tocsin.engine import Engine
from tocsin.errors import TocsinError
from tocsin.evidence.case import CaseFolder
from tocsin.evidence.decisions import Decision
from tocsin.evidence.seal import EvidenceItem
from tocsin.language import _


@dataclass(frozen=True)
class Outcome:
    """The figures of one setting: insured persons in total, and how many sessions they rest on."""

    setting: str
    grade_a: int
    grade_b: int
    grade_u: int
    lower: int
    working: int | None
    upper: int


def measure_sensitivity(
    folder: CaseFolder,
    evidence: Sequence[EvidenceItem],
    decisions: Sequence[Decision],
    *,
    memory: str | None = None,
    threads: int | None = None,
    announce: Callable[[str, float], None] | None = None,
) -> list[Outcome]:
    """The figures at each of the settings. Raises :class:`TocsinError` ``signals-off`` when there are no signals."""
    if folder.case.case.signals == "off":
        raise TocsinError(
            "signals-off", _("the signals are off in this case"), where=folder.place("case", "signals"),
            why=_("the figures rest on verdicts and indicators alone: no number of a signal moves them"),
            remedy=_('write signals = "on" in [case]'),
        )  # fmt: skip
    told = []
    for setting in SETTINGS:
        with alone_in(folder), Engine(memory=memory, threads=threads, spill=folder.work) as engine:
            compute_findings(engine, folder, evidence, decisions, setting=setting, announce=announce)
            ((a, b, u),) = engine.rows(
                "select count(*) filter (grade = 'A'), count(*) filter (grade = 'B'), count(*) filter (grade = 'U')"
                " from hostile_session"
            )
            ((lower, working, upper),) = engine.rows(
                "select lower, working, upper from figure"
                " where scope = 'total' and population = 'insured' and unit = 'persons'"
            ) or [(0, 0, 0)]
        told.append(Outcome(setting, a, b, u, lower, working, upper))
    return told
