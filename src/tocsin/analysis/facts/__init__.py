"""What the case file declares, as small tables that the steps can join.

Nothing is computed here: a declared fact becomes a row, with defaults filled in and names resolved.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.analysis.facts.parties import load_parties
from tocsin.analysis.facts.portals import load_portals
from tocsin.analysis.facts.shape import categories_of
from tocsin.analysis.facts.suspicions import load_suspicions
from tocsin.engine.workbench import Workbench
from tocsin.evidence.case.model import Case
from tocsin.evidence.decisions import Decision
from tocsin.evidence.seal import EvidenceItem

__all__ = ["categories_of", "load_facts"]


def load_facts(bench: Workbench, case: Case, evidence: Sequence[EvidenceItem], decisions: Sequence[Decision]) -> None:
    """Put every declared fact on the workbench, as tables whose names start with ``fact_``."""
    load_parties(bench, case, evidence)
    load_portals(bench, case)
    load_suspicions(bench, case, decisions)
