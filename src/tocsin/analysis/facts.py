"""What the case file declares, as small tables that the steps can join.

Nothing is computed here: a declared fact becomes a row, with defaults filled in and names resolved.
"""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Sequence

import pyarrow as pa

from tocsin.engine.workbench import Workbench
from tocsin.evidence.case.checks import registers_of
from tocsin.evidence.case.model import Action, Answers, Case, Party
from tocsin.evidence.decisions import Decision
from tocsin.evidence.seal import EvidenceItem

TIME = pa.timestamp("us")
TEXT = pa.string()
INT = pa.int64()
BOOL = pa.bool_()
LINKED = "linked"
"""The scope of the controllers that instructed Tocsin to link people across them."""


def naive(instant: dt.datetime | None) -> dt.datetime | None:
    """An instant as the engine holds it: UTC, without zone."""
    return None if instant is None else instant.astimezone(dt.UTC).replace(tzinfo=None)


def local_midnight(day: dt.date | None, zone: str) -> dt.datetime | None:
    """The instant at which ``day`` starts in ``zone``, as :func:`naive`."""
    if day is None:
        return None
    return naive(dt.datetime.combine(day, dt.time(), zoneinfo.ZoneInfo(zone)))


def categories_of(case: Case) -> list[str]:
    """Every data category that the disclosure map names, sorted: the position is the bit of a mask."""
    return sorted({category for line in case.disclosure for category in line.categories}) or ["undescribed"]


def mask_of(categories: Sequence[str], names: Sequence[str]) -> int:
    """The bit mask of ``names``.

    >>> mask_of(["identity", "nir"], ["nir"])
    2
    """
    return sum(1 << categories.index(name) for name in set(names))


def successor(parties: Sequence[Party], party: str) -> str:
    """Who answers today for ``party``: the end of its chain of mergers."""
    into = {item.id: item.merged_into for item in parties}
    while (following := into.get(party)) is not None:
        party = following
    return party


def sends(answers: Answers, status: int) -> bool:
    """Whether an HTTP status sends data: the exceptions first, then the codes and classes that send nothing."""
    code, family = str(status), f"{status // 100}xx"
    if code in answers.content_status or family in answers.content_status:
        return True
    return code not in answers.nothing_status and family not in answers.nothing_status


def load_facts(
    bench: Workbench, case: Case, evidence: Sequence[EvidenceItem], decisions: Sequence[Decision]
) -> None:
    """Put every declared fact on the workbench, as tables whose names start with ``fact_``."""
    zone = case.case.time_zone
    head = case.case
    bench.facts(
        "fact_case",
        pa.schema([("occurred_from", TIME), ("occurred_to", TIME), ("unjudged", TEXT)]),
        [{
            "occurred_from": naive(head.occurred_from), "occurred_to": naive(head.occurred_to),
            "unjudged": head.unjudged_sessions,
        }],
    )  # fmt: skip
    bench.facts(
        "fact_controller",
        pa.schema([("code", TEXT), ("held_for", TEXT), ("controller", TEXT)]),
        [
            {"code": code, "held_for": party.id, "controller": successor(case.party, party.id)}
            for party in case.party
            for code in dict.fromkeys((*party.codes, party.id))
        ],
    )
    bench.facts(
        "fact_agreement",
        pa.schema([("controller", TEXT), ("processor", TEXT), ("since", TIME), ("until", TIME)]),
        [
            {
                "controller": item.controller, "processor": item.processor,
                "since": local_midnight(item.from_, zone),
                "until": local_midnight(item.to + dt.timedelta(days=1), zone) if item.to else None,
            }
            for item in case.agreement
        ],
    )  # fmt: skip
    bench.facts(
        "fact_log",
        pa.schema([
            ("log_id", TEXT), ("portal", TEXT), ("node", TEXT), ("counts", BOOL), ("uncertainty_s", pa.float64()),
            ("expected_from", TIME), ("expected_to", TIME), ("completeness", TEXT), ("heartbeat_s", INT),
            ("compared_with", TEXT), ("throttle_events", INT), ("throttle_window_s", INT),
            ("throttle_silent_s", INT), ("throttle_per", TEXT), ("sequence_first", INT), ("sequence_last", INT),
        ]),
        [
            {
                "log_id": log.id, "portal": log.portal, "node": log.node, "counts": log.counts,
                "uncertainty_s": log.clock_uncertainty_seconds,
                "expected_from": naive(log.expected_from or head.occurred_from),
                "expected_to": naive(log.expected_to or head.occurred_to),
                "completeness": log.completeness, "heartbeat_s": log.heartbeat_seconds,
                "compared_with": log.compared_with,
                "throttle_events": log.throttle.events if log.throttle else None,
                "throttle_window_s": log.throttle.window_minutes * 60 if log.throttle else None,
                "throttle_silent_s": log.throttle.silent_minutes * 60 if log.throttle else None,
                "throttle_per": log.throttle.per if log.throttle else None,
                "sequence_first": log.sequence_first, "sequence_last": log.sequence_last,
            }
            for log in case.log
        ],
    )  # fmt: skip
    bench.facts(
        "fact_clock",
        pa.schema([("log_id", TEXT), ("offset_s", pa.float64()), ("uncertainty_s", pa.float64()), ("trusted_node", TEXT)]),
        [
            {
                "log_id": log.id, "offset_s": log.clock_offset_seconds,
                "uncertainty_s": log.clock_uncertainty_seconds, "trusted_node": log.clock_trusted_node,
            }
            for log in case.log
        ],
    )  # fmt: skip
    bench.facts(
        "fact_evidence",
        pa.schema([("evidence_id", pa.int32()), ("role", TEXT), ("source", TEXT), ("path", TEXT), ("same_as", INT)]),
        [
            {
                "evidence_id": item.evidence_id, "role": item.role, "source": item.source,
                "path": item.path, "same_as": item.same_as,
            }
            for item in evidence
        ],
    )  # fmt: skip
    _load_portal_facts(bench, case)
    _load_suspicions(bench, case, decisions)


def _load_portal_facts(bench: Workbench, case: Case) -> None:
    zone = case.case.time_zone
    categories = categories_of(case)
    bench.facts(
        "fact_portal",
        pa.schema([("portal", TEXT), ("processor", TEXT), ("professionals", TEXT), ("aborted_below", INT)]),
        [
            {
                "portal": item.id, "processor": item.processor, "professionals": item.professionals,
                "aborted_below": item.answers.aborted_below_bytes,
            }
            for item in case.portal
        ],
    )  # fmt: skip
    bench.facts(
        "fact_status",
        pa.schema([("portal", TEXT), ("status", pa.int32()), ("sends", BOOL)]),
        [
            {"portal": item.id, "status": status, "sends": sends(item.answers, status)}
            for item in case.portal
            for status in range(100, 600)
        ],
    )
    bench.facts(
        "fact_outcome",
        pa.schema([("portal", TEXT), ("outcome", TEXT), ("meaning", TEXT)]),
        [
            {"portal": item.id, "outcome": word.lower(), "meaning": meaning}
            for item in case.portal
            for meaning, words in (
                ("membership", item.answers.membership_outcome), ("nothing", item.answers.nothing_outcome),
            )
            for word in words
        ],
    )  # fmt: skip
    bench.facts(
        "fact_action",
        pa.schema([("portal", TEXT), ("action", TEXT), ("kind", TEXT)]),
        [{"portal": item.portal, "action": item.name, "kind": item.kind} for item in case.action],
    )
    bench.facts(
        "fact_action_register",
        pa.schema([("portal", TEXT), ("action", TEXT), ("kind", TEXT), ("register", TEXT)]),
        [
            {"portal": item.portal, "action": item.name, "kind": item.kind, "register": register.id}
            for item in case.action
            for register in registers_of(case, item)
        ],
    )
    kinds: dict[tuple[str, str], Action] = {(item.portal, item.name): item for item in case.action}
    bench.facts(
        "fact_disclosure",
        pa.schema([
            ("portal", TEXT), ("action", TEXT), ("kind", TEXT), ("answer", TEXT), ("since", TIME), ("until", TIME),
            ("mask", INT), ("tested", BOOL), ("tested_by", TEXT), ("tested_on", TEXT),
        ]),
        [
            {
                "portal": line.portal, "action": line.action, "kind": kinds[line.portal, line.action].kind,
                "answer": line.answer, "since": local_midnight(line.from_, zone),
                "until": local_midnight(line.to + dt.timedelta(days=1), zone) if line.to else None,
                "mask": mask_of(categories, line.categories),
                "tested": line.tested_by is not None and line.tested_on is not None,
                "tested_by": line.tested_by, "tested_on": line.tested_on.isoformat() if line.tested_on else None,
            }
            for line in case.disclosure
        ],
    )  # fmt: skip
    everything = (1 << len(categories)) - 1
    bench.facts("fact_everything", pa.schema([("mask", INT)]), [{"mask": everything}])
    named = sorted({name for register in case.register_ for name in register.categories} | set(categories))
    bench.facts(
        "fact_category",
        pa.schema([("category", TEXT), ("mask", INT)]),
        [{"category": name, "mask": mask_of(categories, [name]) if name in categories else 0} for name in named],
    )
    bench.facts(
        "fact_register",
        pa.schema([("register", TEXT), ("population", TEXT), ("holder", TEXT)]),
        [{"register": item.id, "population": item.population, "holder": item.holder} for item in case.register_],
    )
    bench.facts(
        "fact_portal_register",
        pa.schema([("portal", TEXT), ("register", TEXT)]),
        [
            {"portal": item.id, "register": name}
            for item in case.portal
            for name in dict.fromkeys((*item.registers, *([item.professionals] if item.professionals else [])))
        ],
    )
    instructed = {item.controller for item in case.instruction if item.kind == "link_across_controllers"}
    bench.facts(
        "fact_scope",
        pa.schema([("controller", TEXT), ("scope", TEXT)]),
        [{"controller": name, "scope": LINKED} for name in sorted({successor(case.party, x) for x in instructed})],
    )
    portals = {item.id: item for item in case.portal}
    bench.facts(
        "fact_replayable",
        pa.schema([
            ("portal", TEXT), ("action", TEXT), ("page_size", INT), ("max_page_size", INT), ("first_page", INT),
            ("paging", TEXT), ("snapshot_time", INT), ("zone", TEXT),
        ]),
        [
            {
                "portal": item.portal, "action": item.name,
                "page_size": item.page_size or portals[item.portal].page_size, "max_page_size": item.max_page_size,
                "first_page": portals[item.portal].first_page if item.first_page is None else item.first_page,
                "paging": item.paging, "zone": zone,
                "snapshot_time": None if item.snapshot_time is None
                else item.snapshot_time.hour * 3600 + item.snapshot_time.minute * 60 + item.snapshot_time.second,
            }
            for item in case.action
        ],
    )  # fmt: skip
    bench.facts(
        "fact_compromised",
        pa.schema([("portal", TEXT), ("account", TEXT), ("since", TIME), ("until", TIME)]),
        [
            {
                "portal": item.portal, "account": item.account, "since": naive(item.last_known_good),
                "until": naive(item.closed_at),
            }
            for item in case.compromised
        ],
    )  # fmt: skip


def _load_suspicions(bench: Workbench, case: Case, decisions: Sequence[Decision]) -> None:
    bench.facts(
        "fact_indicator",
        pa.schema([("n", INT), ("kind", TEXT), ("value", TEXT), ("pattern", TEXT), ("since", TIME), ("until", TIME)]),
        [
            {
                "n": n, "kind": item.kind, "value": item.value, "pattern": re.escape(item.value).replace(r"\*", ".*"),
                "since": naive(item.from_), "until": naive(item.to),
            }
            for n, item in enumerate(case.indicator, start=1)
        ],
    )  # fmt: skip
    names = ("portal", "account", "session_token", "address", "user_agent")
    verdicts = [item for item in decisions if item.kind == "verdict"]
    bench.facts(
        "fact_verdict",
        pa.schema([
            ("n", INT), *((name, TEXT) for name in names), ("since", TIME), ("until", TIME),
            ("verdict", TEXT), ("who", TEXT), ("reason", TEXT),
        ]),
        [
            {
                "n": item.n, **{name: item.subject.get(name) for name in names},
                "since": _instant(item.subject.get("from")), "until": _instant(item.subject.get("to")),
                "verdict": item.content["verdict"], "who": item.who, "reason": item.reason,
            }
            for item in verdicts
        ],
    )  # fmt: skip


def _instant(text: str | None) -> dt.datetime | None:
    return None if text is None else naive(dt.datetime.fromisoformat(text))
