"""What people suspect, deny or decided: indicators, denials, verdicts, answers on two records."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import pyarrow as pa

from tocsin.analysis.facts.shape import INT, TEXT, TIME, naive
from tocsin.engine.workbench import Workbench
from tocsin.evidence.case.model import Case
from tocsin.evidence.decisions import Decision


def load_suspicions(bench: Workbench, case: Case, decisions: Sequence[Decision]) -> None:
    """``fact_indicator``, ``fact_verdict``, ``fact_denial`` and ``fact_merge``."""
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
    records = ("register", "record_id", "other_register", "other_record_id")
    bench.facts(
        "fact_merge",
        pa.schema([("n", INT), *((name, TEXT) for name in records), ("answer", TEXT)]),
        [
            {"n": item.n, **{name: item.subject.get(name) for name in records}, "answer": item.content.get("answer")}
            for item in decisions
            if item.kind == "merge"
        ],
    )
    denials = [item for item in decisions if item.kind == "denial" and not item.content.get("withdrawn")]
    bench.facts(
        "fact_denial",
        pa.schema([("n", INT), *((name, TEXT) for name in names), ("since", TIME), ("until", TIME), ("said_by", TEXT)]),
        [
            {
                "n": item.n, **{name: item.subject.get(name) for name in names},
                "since": _instant(item.subject.get("from")), "until": _instant(item.subject.get("to")),
                "said_by": item.content["said_by"],
            }
            for item in denials
        ],
    )  # fmt: skip


def _instant(text: str | None) -> dt.datetime | None:
    return None if text is None else naive(dt.datetime.fromisoformat(text))
