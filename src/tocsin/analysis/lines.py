"""The lines of all logs as views: placed in time and space, those delivered twice once.

What the case declares of a log stands in the view as constants: joining each of 200 million lines with a table of a
few rows would cost more than reading them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tocsin.analysis.reading import together
from tocsin.engine import literal
from tocsin.engine.workbench import Workbench


def place_lines(bench: Workbench, parsed: Mapping[int, str], step: Callable[[str], str]) -> None:
    """The view ``log_line``: the parts of all logs, each with what the case declares of it."""
    declared: dict[tuple[Any, ...], list[str]] = {}
    for evidence_id, *rest in bench.engine.rows(
        "select evidence_id, portal, log_id, node, counts, offset_us, uncertainty_s, aborted_below from log_file"
    ):
        if evidence_id in parsed:
            declared.setdefault(tuple(rest), []).append(parsed[evidence_id])
    parts = [
        step("log_line").format(
            files=source,
            event_at=f'"at" - to_microseconds({offset_us})' if offset_us else '"at"',
            uncertainty_s=f"{literal(float(uncertainty_s))}::double", aborted_below=f"{literal(aborted_below)}::bigint",
            portal=literal(portal), log_id=literal(log_id), node=literal(node), counts=literal(counts),
        )
        for (portal, log_id, node, counts, offset_us, uncertainty_s, aborted_below), sources in declared.items()
        for source in together(sources)
    ] or [
        step("log_line").format(
            files="(select * from parsed_line where false)", event_at='"at"', uncertainty_s="0::double",
            aborted_below="0::bigint", portal="''", log_id="''", node="''", counts="true",
        )
    ]  # fmt: skip
    bench.engine.run(f"create or replace temp view log_line as {' union all '.join(parts)}")
    bench.derive("log_line", step("log_line"), ["parsed_event", "log_file"])


def show_once(bench: Workbench, name: str, source: str, condition: str, *, has_repeats: bool) -> None:
    """The view ``name``: the lines of ``source``, those delivered twice once."""
    repeats = (
        "anti join redelivered_line r on r.evidence_id = e.evidence_id and r.line_no = e.line_no "
        "and r.item_no = e.item_no "
    )
    sql = f"select e.* from {source} e {repeats if has_repeats else ''}where {condition}"
    bench.engine.run(f"create or replace temp view {name} as {sql}")
    bench.derive(name, sql, [source, "redelivered_line"])
