"""Parties, agreements, registers, evidence and logs."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from tocsin.analysis.facts.shape import BOOL, INT, LINKED, TEXT, TIME, local_midnight, midnight_after, naive, successor
from tocsin.engine.workbench import Workbench
from tocsin.evidence.case.model import Case
from tocsin.evidence.seal import EvidenceItem


def load_parties(bench: Workbench, case: Case, evidence: Sequence[EvidenceItem]) -> None:
    """Parties and their agreements and instructions, registers, evidence, logs and their clocks."""
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
                "until": midnight_after(item.to, zone),
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
        pa.schema([("log_id", TEXT), ("offset_s", pa.float64()), ("uncertainty_s", pa.float64()),
        ("trusted_node", TEXT)]),
        [
            {
                "log_id": log.id, "offset_s": log.clock_offset_seconds,
                "uncertainty_s": log.clock_uncertainty_seconds, "trusted_node": log.clock_trusted_node,
            }
            for log in case.log
        ],
    )  # fmt: skip
    # a late register is no reason to look at the logs again: what is told of these does not follow from it
    for name, items in (
        ("fact_evidence", evidence), ("fact_log_evidence", [item for item in evidence if item.role == "log"]),
    ):  # fmt: skip
        bench.facts(
            name,
            pa.schema(
                [("evidence_id", pa.int32()), ("role", TEXT), ("source", TEXT), ("path", TEXT), ("same_as", INT)]
            ),
            [
                {
                    "evidence_id": item.evidence_id, "role": item.role, "source": item.source,
                    "path": item.path, "same_as": item.same_as,
                }
                for item in items
            ],
        )  # fmt: skip
    bench.facts(
        "fact_register",
        pa.schema([("register", TEXT), ("population", TEXT), ("holder", TEXT)]),
        [{"register": item.id, "population": item.population, "holder": item.holder} for item in case.register_],
    )
    instructed = {item.controller for item in case.instruction if item.kind == "link_across_controllers"}
    bench.facts(
        "fact_scope",
        pa.schema([("controller", TEXT), ("scope", TEXT)]),
        [{"controller": name, "scope": LINKED} for name in sorted({successor(case.party, x) for x in instructed})],
    )
