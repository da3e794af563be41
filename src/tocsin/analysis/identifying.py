"""The registers alone, up to who each record is about: for who measures or estimates the linkage, without any log."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tocsin.analysis.facts import load_facts
from tocsin.analysis.people import identify
from tocsin.analysis.pipeline import find_holders
from tocsin.analysis.reading import read_evidence
from tocsin.engine import Engine
from tocsin.engine.workbench import Workbench
from tocsin.evidence.case import CaseFolder
from tocsin.evidence.seal import EvidenceItem


def identify_records(
    engine: Engine,
    folder: CaseFolder,
    evidence: Sequence[EvidenceItem],
    *,
    announce: Callable[[str, float], None] | None = None,
) -> Workbench:
    """The workbench of a case with the table ``identity``."""
    bench = Workbench(engine, folder.work, announce)
    load_facts(bench, folder.case, evidence, [])
    read_evidence(bench, folder, [item for item in evidence if item.role != "log"], None)
    find_holders(bench)
    identify(bench)
    return bench
