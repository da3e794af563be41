"""Portals: how they answer, what each answer showed, which registers they read."""

from __future__ import annotations

import pyarrow as pa

from tocsin.analysis.facts.shape import (
    BOOL,
    INT,
    TEXT,
    TIME,
    categories_of,
    local_midnight,
    mask_of,
    midnight_after,
    naive,
    sends,
)
from tocsin.engine.workbench import Workbench
from tocsin.evidence.case.model import Action, Case
from tocsin.evidence.case.replayable import registers_of


def load_portals(bench: Workbench, case: Case) -> None:
    """Portals, the meaning of their answers, their actions, the disclosure map, compromised accounts."""
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
                "until": midnight_after(line.to, zone),
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
        "fact_portal_register",
        pa.schema([("portal", TEXT), ("register", TEXT)]),
        [
            {"portal": item.id, "register": name}
            for item in case.portal
            for name in dict.fromkeys((*item.registers, *([item.professionals] if item.professionals else [])))
        ],
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
