"""The order of the steps, from sealed evidence to figures. Each table is one SQL file of ``steps/``.

A step made once is kept by content (``engine/workbench.py``): what did not change is not computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from tocsin.analysis.addresses import find_addresses
from tocsin.analysis.facts import load_facts
from tocsin.analysis.lines import place_lines, show_once
from tocsin.analysis.people import ask_doubts, cluster_people, identify, join_loosely, name_people
from tocsin.analysis.reach import ReachRule, group_accounts
from tocsin.analysis.reaching import write_reachable
from tocsin.analysis.reading import Reports, read_evidence
from tocsin.analysis.replay import replay_all
from tocsin.analysis.signalling import find_signals
from tocsin.engine import Engine
from tocsin.engine.side_by_side import do_meanwhile
from tocsin.engine.workbench import Workbench
from tocsin.evidence.case import CaseFolder
from tocsin.evidence.decisions import Decision
from tocsin.evidence.seal import EvidenceItem

STEPS = Path(__file__).with_name("steps")
ORDER = (
    "registers", "logs", "record_history", "holding", "clock_offset", "log_file", "redelivered_line", "access_session",
    "account_role", "session_feature", "session_person", "account_day", "account_habit", "session_guest",
    "guest_group", "guest_pool", "session_signal", "hostile_session", "intruder_trait", "hostile_event",
    "compromised_account", "coverage_gap", "log_coverage", "coverage_share", "replay_event", "replay_row",
    "replay_check", "replayed_read", "gap_window", "reachable_record", "exposure", "unresolved", "identity",
    "exact_person", "linked_pair", "merge_pair", "cluster", "person_exposure", "person", "loose_person",
    "doubtful_pair", "figure", "category_figure", "negative", "remark",
)  # fmt: skip
"""The steps as they are announced."""
OF_PEOPLE = (
    "register_file", "record_history", "register_version", "holding", "fact_register", "fact_scope", "fact_merge",
)  # fmt: skip
"""What telling people apart rests on."""
AT_ONCE_BELOW = 4_000_000
"""Versions of records: below, people are told apart while the logs are examined. Beyond, one step alone keeps every
thread busy, and two would ask for the memory of both."""


@dataclass(frozen=True)
class Findings:
    """What a run computed, before it is written down."""

    bench: Workbench
    reports: Reports


def step(name: str) -> str:
    """The SQL of a step."""
    return (STEPS / f"{name}.sql").read_text("utf-8")


def compute_findings(
    engine: Engine,
    folder: CaseFolder,
    evidence: Sequence[EvidenceItem],
    decisions: Sequence[Decision],
    *,
    setting: str = "standard",
    announce: Callable[[str, float], None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Findings:
    """All the tables of a run, on a workbench in the case's work folder; ``setting`` is that of the signals."""
    bench, reports = _read(engine, folder, evidence, decisions, announce, progress)

    def find_reads() -> None:
        _find_sessions(bench, folder, reports.parsed, setting)
        _find_coverage(bench)
        reaches = _replay(bench, folder)
        _find_reach(bench, folder, reaches)
        _find_exposure(bench)

    if engine.threads > 1 and engine.value("select count(*) from register_file") < AT_ONCE_BELOW:
        _find_people_meanwhile(bench, find_reads)
    else:
        find_reads()
        _find_people(bench)
    _count(bench)
    return Findings(bench, reports)


def grade_sessions(
    engine: Engine,
    folder: CaseFolder,
    evidence: Sequence[EvidenceItem],
    decisions: Sequence[Decision],
    *,
    setting: str = "standard",
    announce: Callable[[str, float], None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Findings:
    """The first steps only: from sealed evidence to sessions with their grade."""
    bench, reports = _read(engine, folder, evidence, decisions, announce, progress)
    _find_sessions(bench, folder, reports.parsed, setting)
    return Findings(bench, reports)


def _read(
    engine: Engine, folder: CaseFolder, evidence: Sequence[EvidenceItem], decisions: Sequence[Decision],
    announce: Callable[[str, float], None] | None, progress: Callable[[int], None] | None,
) -> tuple[Workbench, Reports]:  # fmt: skip
    bench = Workbench(engine, folder.work, announce)
    load_facts(bench, folder.case, evidence, decisions)
    reports = read_evidence(bench, folder, evidence, progress)
    find_holders(bench)
    return bench, reports


def _find_people(bench: Workbench) -> None:
    """Who each record is about: nothing of it rests on what was read."""
    identify(bench)
    cluster_people(bench)


def _find_people_meanwhile(bench: Workbench, find_reads: Callable[[], None]) -> None:
    aside = bench.beside(OF_PEOPLE)
    do_meanwhile(bench.engine, aside.engine, lambda: _find_people(aside), find_reads)
    for name, table in aside.tables.items():
        if name not in OF_PEOPLE:
            bench.add(table)


def _view(bench: Workbench, name: str, inputs: Sequence[str]) -> None:
    sql = step(name)
    bench.engine.run(f"create or replace temp view {name} as {sql}")
    bench.derive(name, sql, inputs)


def _find_sessions(bench: Workbench, folder: CaseFolder, parsed: Mapping[int, str], setting: str) -> None:
    bench.compute("clock_offset", step("clock_offset"), ["fact_clock", "parsed_event", "fact_log_evidence", "fact_log"])
    bench.compute("log_file", step("log_file"), ["fact_log_evidence", "fact_log", "clock_offset", "fact_portal"])
    place_lines(bench, parsed, step)
    _view(bench, "access_event", ["log_line", "fact_status", "fact_outcome"])
    twice = bench.compute("redelivered_line", step("redelivered_line"), ["log_line"])
    show_once(bench, "event", "access_event", "counts", has_repeats=twice.rows > 0)
    show_once(bench, "delivered_line", "log_line", "true", has_repeats=twice.rows > 0)
    bench.compute("access_session", step("access_session"), ["event"])
    bench.facts(
        "indicator_address",
        pa.schema([("n", pa.int64()), ("address", pa.string())]),
        find_addresses(bench.engine),
    )
    inputs = [
        "access_session", "indicator_address", "fact_indicator", "fact_verdict", "fact_denial", "fact_compromised",
        "fact_case", "session_signal",
    ]  # fmt: skip
    find_signals(bench, step, on=folder.case.case.signals == "on", setting=setting)
    bench.compute("hostile_session", step("hostile_session"), inputs)
    bench.compute("intruder_trait", step("intruder_trait"), ["access_session", "hostile_session", "session_signal"])
    bench.compute("hostile_event", step("hostile_event"), ["event", "hostile_session", "fact_action"])


def _find_coverage(bench: Workbench) -> None:
    inputs = ["fact_compromised", "hostile_session", "fact_case", "fact_portal", "fact_log"]
    bench.compute("compromised_account", step("compromised_account"), inputs)
    inputs = [
        "delivered_line", "fact_log", "clock_offset", "truncated_evidence", "rejected_line",
        "fact_log_evidence",
    ]  # fmt: skip
    bench.compute("coverage_gap", step("coverage_gap"), inputs)
    bench.compute("log_coverage", step("log_coverage"), ["coverage_gap", "fact_log"])
    inputs = ["log_coverage", "compromised_account", "fact_log", "fact_portal"]
    bench.compute("coverage_share", step("coverage_share"), inputs)


def find_holders(bench: Workbench) -> None:
    bench.compute("record_history", step("record_history"), ["register_file"])
    _view(bench, "register_version", ["register_file", "record_history"])
    facts = ["register_version", "fact_register", "fact_controller"]
    bench.compute("holding", step("holding"), facts)
    _view(bench, "searchable", facts)


def _replay(bench: Workbench, folder: CaseFolder) -> list[ReachRule]:
    engine, case = bench.engine, folder.case
    accounts = engine.rows(
        "select portal, account from compromised_account "
        "union select portal, account from hostile_event where account is not null"
    )
    reaches = group_accounts(case, accounts)
    bench.facts(
        "account_reach",
        pa.schema([("portal", pa.string()), ("account", pa.string()), ("reach_id", pa.int64())]),
        [
            {"portal": rule.portal, "account": account, "reach_id": rule.reach_id}
            for rule in reaches
            for account in rule.accounts
        ],
    )
    bench.compute("replay_event", step("replay_event"), ["hostile_event", "fact_replayable", "account_reach"])
    rules = [item.model_dump(mode="json") for item in (*case.action, *case.portal, *case.reach)]
    inputs = ["replay_event", "searchable"]

    def build_rows(path: Path) -> None:
        replay_all(engine, case, reaches)
        engine.write("select * from replay_counts order by event_no", path.with_suffix(".counts"))
        engine.write("select * from replay_rows order by event_no, register, record_id", path)
        engine.run("drop table replay_rows; drop table replay_counts")

    rows = bench.make("replay_row", [rules, step("replay")], inputs, build_rows, step("replay"))
    engine.view("replay_rows", rows.files[0])
    engine.view("replay_counts", rows.files[0].with_suffix(".counts"))
    bench.compute("replay_check", step("replay_check"), ["replay_event", "replay_row"])
    inputs = ["replay_row", "replay_event", "replay_check", "fact_disclosure", "fact_everything"]
    bench.compute("replayed_read", step("replayed_read"), inputs)
    return reaches


def _find_reach(bench: Workbench, folder: CaseFolder, reaches: Sequence[ReachRule]) -> None:
    engine = bench.engine
    inputs = ["coverage_gap", "compromised_account", "fact_log", "fact_disclosure", "replay_check", "hostile_event"]
    bench.compute("gap_window", step("gap_window"), inputs)
    rules = [[rule.portal, rule.accounts, rule.condition] for rule in reaches]
    delays = [[portal.id, portal.visible_delay_minutes] for portal in folder.case.portal]
    bench.make(
        "reachable_record",
        [rules, delays],
        [
            "gap_window",
            "searchable",
            "fact_disclosure",
            "fact_action_register",
            "fact_portal_register",
            "fact_everything",
        ],
        lambda path: write_reachable(engine, folder.case, reaches, path),
    )


def _find_exposure(bench: Workbench) -> None:
    engine = bench.engine
    engine.run(
        "create or replace temp view register_account as "
        "select distinct register, account, record_id from register_version where account is not null"
    )
    engine.run(f"create or replace temp view shared_number as {step('shared_number')}")
    bench.derive("register_account", "", ["register_version"])
    inputs = [
        "hostile_event", "fact_action_register", "fact_disclosure", "holding", "fact_everything", "register_account",
        "fact_portal", "fact_portal_register",
    ]  # fmt: skip
    bench.derive("shared_number", step("shared_number"), ["holding", "fact_action_register"])
    _view(bench, "named_read", [*inputs, "shared_number"])
    bench.compute("exposure", step("exposure"), ["named_read", "replayed_read", "reachable_record", "holding"])
    bench.compute("unresolved", step("unresolved"), ["named_read", "holding"])


def _count(bench: Workbench) -> None:
    inputs = [
        "exposure", "identity", "cluster", "fact_register", "fact_scope", "fact_portal_register", "fact_portal",
        "fact_agreement", "fact_case",
    ]  # fmt: skip
    bench.compute("person_exposure", step("person_exposure"), inputs)
    name_people(bench)
    join_loosely(bench)
    ask_doubts(bench)
    inputs = [
        "person_exposure", "loose_person", "hostile_event", "coverage_gap", "unresolved", "fact_portal_register",
        "fact_register", "holding",
    ]  # fmt: skip
    bench.compute("figure", step("figure"), inputs)
    bench.compute("category_figure", step("category_figure"), ["person_exposure", "fact_category"])
    inputs = ["hostile_event", "fact_disclosure", "fact_category", "fact_portal", "coverage_share"]
    bench.compute("negative", step("negative"), inputs)
    inputs = [
        "rejected_line", "rejected_row", "parsed_event", "redelivered_line", "fact_evidence", "clock_offset",
        "coverage_gap", "hostile_event", "hostile_session", "access_session", "unresolved", "holding",
        "fact_indicator", "fact_compromised", "fact_verdict", "fact_log",
    ]  # fmt: skip
    bench.compute("remark", step("remark"), inputs)
