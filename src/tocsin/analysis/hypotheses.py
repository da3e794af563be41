"""The hypotheses under which the bounds hold, as codes and figures; ``cli`` and reports put them in words.

A figure without its hypotheses is a claim. Each entry is ``{"code": ..., ...values}``; the sentence of each code is in
:func:`sentence_of`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.evidence.case import Case, CaseFolder
from tocsin.language import _

if TYPE_CHECKING:
    from tocsin.analysis.pipeline import Findings


def hypotheses_of(folder: CaseFolder, findings: Findings) -> list[dict[str, Any]]:
    """What the figures of these findings rest on, in the order in which a reader should doubt it."""
    engine, case = findings.bench.engine, folder.case
    told: list[dict[str, Any]] = [{"code": "only_these_accounts", "accounts": _count(findings, "compromised_account")}]
    unjudged = engine.value("select count(*) from hostile_session where verdict is null and grade = 'C'")
    if unjudged:
        told.append({"code": "unjudged_are_honest", "sessions": unjudged})
    indicated = engine.value("select count(*) from hostile_session where verdict is null and grade = 'A'")
    if indicated:
        told.append({"code": "two_links_are_enough", "sessions": indicated})
    told += _of_logs(case)
    told += [
        {"code": "one_state", "register": item.id}
        for item in case.register_
        if item.history == "snapshot" and not item.journal
    ]
    trusted = [name for (name,) in engine.rows("select log_id from clock_offset where how = 'trusted' order by 1")]
    if trusted:
        told.append({"code": "clocks_are_right", "logs": trusted})
    certified, replayed = engine.rows("select count(*) filter (result = 'certified'), count(*) from replay_check")[0]
    if replayed:
        told.append({"code": "replay", "certified": certified, "replayed": replayed})
    undeclared = [
        name for (name,) in engine.rows("select distinct held_for from holding where held_for like '?%' order by 1")
    ]
    if undeclared:
        told.append({"code": "undeclared_controllers", "codes": [name[1:] for name in undeclared]})
    outside = engine.value("select count(*) from unresolved")
    if outside:
        told.append({"code": "unresolved", "records": outside})
    return told


def _of_logs(case: Case) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    for log in case.log:
        if log.completeness == "declared":
            told.append({"code": "log_declared_whole", "log": log.id, "by": log.completeness_by})
        if log.completeness == "sequence" and log.sequence_last is None and log.counts:
            told.append({"code": "silent_end", "log": log.id})
        if log.completeness == "heartbeat" and log.counts:
            told.append({"code": "heartbeat", "log": log.id})
        if log.completeness == "comparison" and log.counts:
            told.append({"code": "comparison", "log": log.id, "other": log.compared_with or ""})
    return told


def _count(findings: Findings, table: str) -> int:
    return findings.bench.tables[table].rows


def sentence_of(item: dict[str, Any]) -> str:
    """One hypothesis in words, in the reader's language."""
    sentences = {
        "only_these_accounts": _("No account was held by the intruder beside the {accounts} known or suspected ones."),
        "unjudged_are_honest": _(
            "{sessions} sessions of compromised accounts that nobody judged are taken as honest, since a person judged"
            " other sessions of the same accounts."
        ),
        "two_links_are_enough": _("{sessions} sessions are hostile by two kinds of links, without a person's verdict."),
        "log_declared_whole": _("Log {log} is whole on the word of {by}."),
        "silent_end": _(
            "Log {log}: nothing was lost after its last number; the silence to the end of the period is not longer than"
            " others in it, or counts as a gap (give sequence_last to prove it)."
        ),
        "heartbeat": _("Log {log} was whole as long as lines kept coming."),
        "comparison": _("Log {log} is whole in each minute in which it holds as many lines as log {other}."),
        "clocks_are_right": _("The clocks of these logs are right: {logs}."),
        "one_state": _("Register {register} is known in one state only; it is taken as it stood at each read."),
        "replay": _(
            "{certified} of {replayed} replayed queries agree with the counts of their log lines; the others make"
            " possible exposures only."
        ),
        "undeclared_controllers": _(
            "Controller codes that no party declares: {codes}. Their people are counted apart."
        ),
        "unresolved": _("{records} record numbers read by the intruder are in no register; each counts as one person."),
    }
    values = {key: ", ".join(value) if isinstance(value, list) else value for key, value in item.items()}
    return sentences[item["code"]].format(**values)
