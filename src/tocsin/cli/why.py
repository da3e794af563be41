"""``tocsin why``: from one person down to the bytes of the log lines."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tocsin.analysis.run import find_run
from tocsin.analysis.tracing import trace_person
from tocsin.cli.screen import HERE, CaseOption, JsonOption, RunOption, print_json, screen
from tocsin.evidence.case import open_case
from tocsin.language import _


def why(
    person: Annotated[str, typer.Argument(help="a person id, or register/record_id")],
    case: CaseOption = HERE,
    run: RunOption = None,
    limit: Annotated[int, typer.Option(help="at most so many lines a record")] = 5,
    json: JsonOption = False,
) -> None:
    """Why a person is on the list: records, data shown, log lines, bytes."""
    folder = open_case(case)
    done = find_run(folder, run)
    trace = trace_person(folder, done, person, limit=limit)
    if json:
        print_json({"run": done.id, "who": trace.who, "records": trace.records})
        return
    if not trace.records:
        screen.print(
            _("{who}: excluded. The record was outside the reach of every compromised account while evidence was"
              " missing, and no hostile line in the analysed logs returned it.").format(who=person),
            markup=False, soft_wrap=True,
        )  # fmt: skip
        return
    for record in trace.records:
        _print_record(record)


def _print_record(record: dict[str, Any]) -> None:
    screen.print(
        f"{record['person_id']}  {record['register']}/{record['record_id']}  {record['controller']}"
        + (" " + _("(held for {party})").format(party=record["held_for"])
           if record["held_for"] != record["controller"] else ""),
        style="bold", markup=False, highlight=False, soft_wrap=True,
    )  # fmt: skip
    words = {
        "confirmed": _("confirmed: a line names the record"),
        "deduced": _("deduced: the query replayed on the register as it stood, counts agreeing"),
        "possible_attribution": _("possible: the session may be the intruder's"),
        "possible_missing_evidence": _("possible: evidence is missing"),
    }
    for name, sentence in words.items():
        if record[name]:
            screen.print(f"  {sentence}: {', '.join(record[name])}", markup=False, soft_wrap=True)
    if record["causes"]:
        screen.print(_("  missing evidence: {causes}").format(causes=", ".join(record["causes"])), markup=False)
    if record["agreement"] == "ended":
        screen.print(_("  held after the end of the agreement: tell counsel (GDPR 28(3)(g))"), markup=False)
    for line in record["lines"]:
        screen.print(
            f"  {line['event_at']}  {line['file']}:{line['line_no']}"
            + (f" [{line['item_no']}]" if line["item_no"] else "")
            + f"  {_('byte')} {line['byte_offset']}  {line['account']}  {line['action']}"
            + f"  {_('session')} {line['session_id']} ({line['grade']})",
            markup=False, highlight=False, soft_wrap=True,
        )  # fmt: skip
        if line["result"]:
            screen.print(
                _("    replay: {result}; the log counts {total}, the replay {replayed}").format(
                    result=line["result"], total=line["total"], replayed=line["replayed_total"]
                ),
                markup=False,
            )
        screen.print("    " + line["text"], markup=False, highlight=False, soft_wrap=True, style="dim")
