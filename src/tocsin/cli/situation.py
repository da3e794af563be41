"""The situation of a case, from its facts, its decisions and its run; with facts.toml alone it works as well."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from tocsin import __version__
from tocsin.analysis.asking import read_table
from tocsin.analysis.containment import find_containment
from tocsin.analysis.containment.find import Trace
from tocsin.analysis.containment.words import word_of_holder, word_of_trace, word_of_why
from tocsin.analysis.run import Run
from tocsin.cli.facts import open_facts
from tocsin.evidence import chain
from tocsin.evidence.case import open_case
from tocsin.evidence.decisions import decisions_in_force
from tocsin.evidence.seal import EvidenceItem, sealed_items
from tocsin.language import LANGUAGES, speaking
from tocsin.law.duties import duties_of
from tocsin.law.facts import EVERYONE, Facts
from tocsin.law.facts.load import FACTS_FILE
from tocsin.law.judgement import judge
from tocsin.law.risk.controllers import assess_facts, propose
from tocsin.notices.declared import Key, declared_figures, grouped_by_party
from tocsin.notices.figure import Computed, Figure
from tocsin.notices.preservation_letter import Wanted
from tocsin.notices.situation import RestsOn, Situation

DECISIONS = "decisions.jsonl"
TOTAL = "total"


def open_situations(folder: Path, run: str | None, now: datetime) -> tuple[dict[str, Situation], Run | None]:
    """The situation in each language, since forms and letters do not all speak that of the screen; and its run."""
    facts, found = open_facts(folder, run)
    figures = figures_of(folder, facts, found)
    rests_on = rests_on_of(folder, found)
    told = {}
    for language in LANGUAGES:
        with speaking(language):
            told[language] = _situation(facts, found, figures, rests_on, now)
    return told, found


def _situation(
    facts: Facts, found: Run | None, figures: dict[str, tuple[Figure, ...]], rests_on: RestsOn, now: datetime
) -> Situation:
    assessed = assess_facts(facts)
    proposals = propose(assessed)
    return Situation(
        facts, now, tuple(duties_of(facts, proposals, now=now)),
        {party.id: judge(facts, party.id, proposals) for party in facts.party},
        assessed, figures, found.id if found else None, rests_on,
    )  # fmt: skip


def figures_of(folder: Path, facts: Facts, found: Run | None) -> dict[str, tuple[Figure, ...]]:
    """By party: counted by the run, else declared."""
    computed = _computed(found) if found else {}
    declared = declared_figures(facts, decisions_in_force(folder / DECISIONS))
    merged = {(party, item.population, item.unit): item for party, items in declared.items() for item in items}
    return grouped_by_party({**merged, **computed})


def _computed(found: Run) -> dict[Key, Figure]:
    """The figures of the run; lines, and what has no upper bound yet, go to nobody."""
    base = str(found.manifest["case"]["base_date"])
    return {
        (EVERYONE if row["scope"] == TOTAL else row["scope"], row["population"], row["unit"]): Figure(
            row["population"], row["unit"], row["lower"], row["upper"], Computed(found.id, "figure", base),
            row["working"],
        )
        for row in read_table(found, "figure")
        if row["upper"] is not None and row["unit"] != "lines"
    }  # fmt: skip


def rests_on_of(folder: Path, found: Run | None) -> RestsOn:
    """What the filings made now rest on."""
    entries = chain.read(folder / DECISIONS)
    return RestsOn(
        sha256((folder / FACTS_FILE).read_bytes()).hexdigest(), found.id if found else None,
        entries[-1].digest if entries else None, __version__,
    )  # fmt: skip


def wanted_traces(folder: Path, found: Run | None) -> dict[tuple[str, str], tuple[Wanted, ...]]:
    """What the run found missing or in danger, by language and by the processor whose portal it is."""
    if found is None:
        return {}
    case = open_case(folder)
    traces = find_containment(case, found).traces
    wanted = {}
    for language in LANGUAGES:
        with speaking(language):
            for party in {portal.processor for portal in case.case.portal}:
                mine = {portal.id for portal in case.case.portal if portal.processor == party}
                wanted[language, party] = tuple(
                    _wanted(item) for item in traces if item.portal in ("", *mine) and item.holder != "processor"
                )
    return wanted


def sealed_logs(folder: Path, found: Run | None) -> dict[str, tuple[EvidenceItem, ...]]:
    """The sealed files of the logs, by the processor whose portal wrote them."""
    if found is None:
        return {}
    case = open_case(folder)
    owners = {portal.id: portal.processor for portal in case.case.portal}
    writers = {log.id: owners[log.portal] for log in case.case.log}
    logs = [item for item in sealed_items(case) if item.role == "log"]
    return {party: tuple(item for item in logs if writers.get(item.source) == party) for party in {*owners.values()}}


def _wanted(trace: Trace) -> Wanted:
    where = ", ".join(filter(None, (trace.portal, trace.node)))
    what = f"{word_of_trace(trace.what)} ({where})" if where else word_of_trace(trace.what)
    return Wanted(
        word_of_holder(trace.holder), what, trace.since, trace.until, word_of_why(trace.why), is_named=False,
        kind=trace.holder,
    )  # fmt: skip
