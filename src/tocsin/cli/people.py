"""``tocsin people``: the list, one controller at a time; ``review``: who is one human being?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import duckdb
import typer

from tocsin.analysis.run import find_run
from tocsin.cli import estimate, review
from tocsin.cli.screen import HERE, CaseOption, JsonOption, RunOption, number, print_json, print_table, screen
from tocsin.engine import literal
from tocsin.errors import TocsinError
from tocsin.evidence.case import open_case
from tocsin.language import _

app = typer.Typer(help="People: list them, tell who is one human being.")
app.command("review")(review.review)
app.command("answer")(review.answer)
app.command("estimate")(estimate.estimate)

CLASSES = ("confirmed", "deduced", "possible_attribution", "possible_missing_evidence")

PERSONS = """
select person_id, controller, population, string_agg(distinct register || '/' || record_id,
' ' order by register || '/' || record_id)
           as records, min(list_position({classes}, class)) as class_rank,
       list_sort(list_distinct(flatten(list(confirmed)))) as confirmed,
       list_sort(list_distinct(flatten(list(deduced)))) as deduced,
       list_sort(list_distinct(flatten(list(possible)))) as possible,
       min(first_read_at) as first_read_at, max(last_read_at) as last_read_at,
       list_sort(list(distinct agreement)) as agreements
from read_parquet({path})
where ({controller} is null or controller = {controller})
group by person_id, controller, population
having ({wanted} is null or min(list_position({classes}, class)) = list_position({classes}, {wanted}))
order by controller, class_rank, person_id
"""
SAFE = "case when regexp_matches({column}, '^[=+@\\-\\t\\r]') then '''' || {column} else {column} end as {column}"
"""A cell that a spreadsheet would run as a formula is quoted (OWASP: CSV injection)."""


@app.callback(invoke_without_command=True)
def people(
    context: typer.Context,
    case: CaseOption = HERE,
    run: RunOption = None,
    controller: Annotated[str | None, typer.Option(help="only this controller's people")] = None,
    kind: Annotated[str | None, typer.Option("--class", help="only this class")] = None,
    limit: Annotated[int, typer.Option(help="at most so many on screen")] = 20,
    out: Annotated[Path | None, typer.Option(help="write all of them to this .parquet or .csv file")] = None,
    json: JsonOption = False,
) -> None:
    """People whose records were, or may have been, read: their records, what was shown, from when to when."""
    if context.invoked_subcommand is not None:
        return
    folder = open_case(case)
    done = find_run(folder, run)
    if kind is not None and kind not in CLASSES:
        raise TocsinError(
            "unknown-class", _("{name!r} is not a class").format(name=kind),
            remedy=_("use one of {words}").format(words=", ".join(CLASSES)),
        )  # fmt: skip
    known = sorted(party.id for party in folder.case.party)
    if controller is not None and controller not in known and not controller.startswith("?"):
        raise TocsinError(
            "unknown-controller", _("{name!r} is not a party of this case").format(name=controller),
            remedy=_("use one of {words}").format(words=", ".join(known)),
        )  # fmt: skip
    query = PERSONS.format(
        classes=literal(list(CLASSES)), path=literal(str(done.table("exposure"))),
        controller=f"{literal(controller)}::varchar", wanted=f"{literal(kind)}::varchar",
    )  # fmt: skip
    with duckdb.connect() as connection:
        total = connection.execute(f"select count(*) from ({query})").fetchone()
        count = total[0] if total else 0
        if out is not None:
            _export(connection, query, out)
        result = connection.execute(f"select * from ({query}) limit {int(limit)}")
        names = [column[0] for column in result.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    for row in rows:
        row["class"] = CLASSES[row.pop("class_rank") - 1]
    if json:
        print_json({"run": done.id, "count": count, "people": rows})
        return
    print_table(
        _("{count} people and controllers to tell (run {run})").format(count=number(count), run=done.id),
        [_("person"), _("controller"), _("records"), _("class"), _("shown"), _("first read")],
        [
            [row["person_id"], row["controller"], row["records"], row["class"],
             ", ".join(row["confirmed"] + row["deduced"] or [f"({name})" for name in row["possible"]]),
             row["first_read_at"] or ""]
            for row in rows
        ],
    )  # fmt: skip
    if count > len(rows):
        screen.print(
            _("… and {count} more: --limit, or --out FILE").format(count=number(count - len(rows))), markup=False
        )
    if out is not None:
        screen.print(_("Wrote {path}").format(path=out), markup=False)


def _export(connection: duckdb.DuckDBPyConnection, query: str, out: Path) -> None:
    if out.suffix in (".parquet", ".csv"):
        out.touch(0o600)  # private from its first byte; refused here when its folder is not there
    if out.suffix == ".parquet":
        connection.execute(f"copy ({query}) to {literal(str(out))} (format parquet, compression zstd)")
    elif out.suffix == ".csv":
        texts = ", ".join(SAFE.format(column=name) for name in ("person_id", "controller", "population", "records"))
        joined = ", ".join(f"array_to_string({name}, ' ') as {name}" for name in ("confirmed", "deduced", "possible"))
        connection.execute(
            f"copy (select {texts}, class_rank, {joined}, first_read_at, last_read_at from ({query})) "
            f"to {literal(str(out))} (format csv, header)"
        )
    else:
        raise TocsinError(
            "unknown-list-format", _("{name!r} is neither .parquet nor .csv").format(name=out.name),
            remedy=_("give a file name that ends in .parquet or .csv"),
        )  # fmt: skip
    out.chmod(0o600)
