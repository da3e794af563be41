"""``tocsin figures``: how many, between which bounds, under which hypotheses; and the negative, in its exact words."""

from __future__ import annotations

from typing import Any

from tocsin.analysis.asking import causes_of_possible, read_table
from tocsin.analysis.hypotheses import sentence_of
from tocsin.analysis.negative import negative_sentences, percent
from tocsin.analysis.run import Run, find_run
from tocsin.cli.screen import HERE, CaseOption, JsonOption, RunOption, number, print_json, print_table, screen
from tocsin.evidence.case import open_case
from tocsin.language import _

UNITS = ("lines", "records", "contracts", "households", "persons")


def figures(case: CaseOption = HERE, run: RunOption = None, json: JsonOption = False) -> None:
    """The figures of a run, with their bounds, coverage and hypotheses."""
    done = find_run(open_case(case), run)
    if json:
        print_json(
            {
                "run": done.id, "base_date": done.manifest["case"]["base_date"], "figures": read_table(done, "figure"),
                "categories": read_table(done, "category_figure"), "coverage": read_table(done, "coverage_share"),
                "negative": read_table(done, "negative"), "hypotheses": done.manifest["hypotheses"],
                "causes": causes_of_possible(done),
            }
        )  # fmt: skip
        return
    print_figures(done)


def print_figures(done: Run) -> None:
    """The figures for people: the total, each controller, categories, coverage, the negative, the hypotheses."""
    rows = read_table(done, "figure")
    base = done.manifest["case"]["base_date"]
    screen.print()
    for population in sorted({row["population"] for row in rows} - {"all"}):
        mine = [row for row in rows if row["population"] == population]
        title = _("Insured people") if population == "insured" else _("Professionals")
        scopes = [*sorted({row["scope"] for row in mine} - {"total"}), "total"]
        print_table(
            _("{title}: persons who may be concerned (base of {base}, run {run})").format(
                title=title, base=base, run=done.id
            ),
            [
                _("controller"),
                _("proved, at least"),
                _("working figure"),
                _("at most"),
                _("records proved"),
                _("records at most"),
            ],
            [_scope_row(scope, mine) for scope in scopes],
            right=(1, 2, 3, 4, 5),
        )
        screen.print()
    if any(row["unit"] == "persons" and row["working"] is None for row in rows):
        screen.print(
            _("Bounded: without instructions to link people across controllers, the total lies between the greatest"
              " lower figure and the sum of the upper ones."),
            markup=False, soft_wrap=True,
        )  # fmt: skip
    _print_units(rows)
    _print_coverage(done)
    _print_negative(done)
    screen.print(_("These bounds hold if:"), markup=False, style="bold")
    for item in done.manifest["hypotheses"]:
        screen.print("  - " + sentence_of(item), markup=False, soft_wrap=True)
    screen.print()


def _scope_row(scope: str, rows: list[dict[str, Any]]) -> list[object]:
    units = {row["unit"]: row for row in rows if row["scope"] == scope}
    persons, records = units.get("persons", {}), units.get("records", {})
    name = _("total") if scope == "total" else scope
    if scope == "total" and persons.get("working") is None and persons.get("upper") is not None:
        name = _("total, bounded")
    return [
        name, number(persons.get("lower")), number(persons.get("working")), number(persons.get("upper")),
        number(records.get("lower")), number(records.get("upper")),
    ]  # fmt: skip


def _print_units(rows: list[dict[str, Any]]) -> None:
    total = {row["unit"]: row for row in rows if row["scope"] == "total" and row["population"] in ("insured", "all")}
    words = {
        "lines": _("lines of the logs"), "records": _("records"), "contracts": _("contracts"),
        "households": _("households"), "persons": _("persons"),
    }  # fmt: skip
    told = [
        f"{words[unit]} {number(total[unit]['lower'])} <= {number(total[unit]['upper'])}"
        for unit in UNITS
        if unit in total
    ]
    if told:
        screen.print(_("Five units, never mixed: ") + "; ".join(told), markup=False, soft_wrap=True)


def _print_coverage(done: Run) -> None:
    for row in read_table(done, "coverage_share"):
        share = _("no log") if row["share"] is None else f"{percent(row['share'])} %"
        screen.print(_("Coverage of {portal}: {share}").format(portal=row["portal"], share=share), markup=False)
    causes = causes_of_possible(done)
    if causes:
        told = ", ".join(f"{item['cause']} ({number(item['records'])})" for item in causes)
        screen.print(_("Possible only, by cause (records): {told}").format(told=told), markup=False, soft_wrap=True)
    screen.print()


def _print_negative(done: Run) -> None:
    told = negative_sentences(read_table(done, "negative"))
    if not told:
        return
    screen.print(_("What the hostile and possibly hostile sessions did not return:"), markup=False, style="bold")
    for portal, sentence in told:
        screen.print(f"  {portal}: {sentence}", markup=False, soft_wrap=True)
    screen.print(
        _("  This says nothing of other intrusion paths: that is the CSIRT's statement, dated, or not known."),
        markup=False, soft_wrap=True,
    )  # fmt: skip
    screen.print()
