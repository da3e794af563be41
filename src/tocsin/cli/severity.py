"""``tocsin severity``: how bad for the people, group by group, with the arithmetic and what would change it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from tocsin.cli.facts import names_of, open_facts
from tocsin.cli.register_case import BesideOption, with_register
from tocsin.cli.screen import HERE, CaseOption, JsonOption, RunOption, print_json, print_table, screen
from tocsin.language import _
from tocsin.law.judgement import level_name
from tocsin.law.risk.assessment import Assessment, severity_name
from tocsin.law.risk.controllers import assess_facts, propose
from tocsin.law.risk.words import spelled


def severity(
    case: CaseOption = HERE,
    run: RunOption = None,
    party: Annotated[str | None, typer.Option("--party", help="only the groups of this party")] = None,
    why: Annotated[bool, typer.Option("--why", help="show each factor, each reason and what would change it")] = False,
    register: BesideOption = None,
    json: JsonOption = False,
) -> None:
    """Severity and proposed risk of each group of people who had the same data exposed."""
    facts, found = open_facts(case, run)
    facts = with_register(facts, case, register)
    names = names_of(facts, party)
    assessed = {key: value for key, value in assess_facts(facts).items() if party in (None, key)}
    proposals = propose(assessed)
    if json:
        print_json(
            {
                "run": found.id if found else None,
                "proposed": {key: value.level for key, value in proposals.items()},
                "groups": [{"party": key, **as_json(item)} for key, value in assessed.items() for item in value],
            }
        )
        return
    rows = [
        [names[key], item.group.id, ", ".join(map(spelled, item.group.categories)), _people(item),
         item.score.arithmetic, severity_name(item.severity), f"{item.likelihood}/4", level_name(item.level)]
        for key, value in assessed.items() for item in value
    ]  # fmt: skip
    if not rows:
        screen.print(
            _("No group of people is declared or computed: add a [[group]] to facts.toml, or run."), markup=False
        )
        return
    print_table(
        _("Severity by group of people who had the same data exposed (a proposal: a named person decides)"),
        [_("who answers"), _("group"), _("data"), _("people"), _("ENISA 2013"), _("severity (CNIL)"), _("likelihood"),
         _("proposed")],
        rows,
    )  # fmt: skip
    screen.print(
        _("The ENISA score is no legal conclusion: its paper gives no threshold for Articles 33 and 34."), markup=False
    )
    if why:
        for key, value in assessed.items():
            for item in value:
                print_reasons(names[key], item)


def as_json(item: Assessment) -> dict[str, Any]:
    """An assessment, with its arithmetic."""
    return {
        "group": asdict(item.group), "level": item.level, "severity": item.severity, "likelihood": item.likelihood,
        "enisa": {"score": item.score.value, "band": item.score.band, "arithmetic": item.score.arithmetic,
                  "steps": item.score.steps},
        "reasons": item.reasons, "would_change": item.would_change,
    }  # fmt: skip


def print_reasons(name: str, item: Assessment) -> None:
    """Each factor, each reason, what would change it."""
    screen.print()
    screen.print(f"{name}, {item.group.id}: {level_name(item.level)}", markup=False, style="bold")
    parts = [
        (_("ENISA 2013"), (item.score.arithmetic, *item.score.steps)),
        (_("reasons"), item.reasons),
        (_("would change it"), item.would_change or (_("none of the facts tried, alone"),)),
    ]
    for title, lines in parts:
        words = _("   {title}: {text}").format(title=title, text="\n      ".join(lines))
        screen.print(words, markup=False, soft_wrap=True, highlight=False)


def _people(item: Assessment) -> str:
    lower, upper = item.group.lower, item.group.upper
    if lower is None and upper is None:
        return _("not yet known")
    return f"{lower if lower is not None else '?'} <= {upper if upper is not None else '?'}"
