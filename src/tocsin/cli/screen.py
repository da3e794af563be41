"""What all commands share of the screen: the case folder, JSON, tables, progress."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from tocsin.analysis.run import Watch
from tocsin.evidence.seal import EvidenceItem
from tocsin.language import _

screen = Console(emoji=False)  # with emoji, case.toml:100: would become a picture
errors = Console(stderr=True, emoji=False)

CaseOption = Annotated[Path, typer.Option("--case", help="the case folder")]
JsonOption = Annotated[bool, typer.Option("--json", help="print JSON instead of text")]
ByOption = Annotated[str | None, typer.Option("--by", help="who acts; else TOCSIN_BY, else the system user")]
RunOption = Annotated[str | None, typer.Option("--run", help="first letters of a run; else the last one")]
HERE = Path()


def author(by: str | None) -> str:
    """The person who acts."""
    return by or os.environ.get("TOCSIN_BY") or getpass.getuser()


def print_json(value: object) -> None:
    """``value`` as JSON, on the standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def print_table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *, right: Sequence[int] = ()
) -> None:
    """A table for people; ``right`` numbers the columns that hold figures."""
    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*[number(cell) if isinstance(cell, int) and not isinstance(cell, bool) else
                        "" if cell is None else str(cell) for cell in row])  # fmt: skip
    screen.print(table)


def number(value: int | None) -> str:
    """A count with thin groups of thousands; what is not known is said, never 0."""
    return _("not yet known") if value is None else f"{value:,}".replace(",", "\u202f")


@contextmanager
def watching(total_bytes: int, steps: int, *, silent: bool) -> Iterator[Watch]:
    """Progress with time left on the error stream, quiet for scripts."""
    if silent or not errors.is_terminal:
        yield Watch(sealed=_tell_sealed if not silent else _tell_nothing)
        return
    bars = Progress(
        TextColumn("{task.description:<28}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(), TimeRemainingColumn(), console=errors, transient=True,
    )  # fmt: skip
    with bars:
        reading = bars.add_task(_("reading the evidence"), total=max(total_bytes, 1))
        computing = bars.add_task(_("computing"), total=steps)

        def on_step(name: str, _seconds: float) -> None:
            bars.update(computing, advance=1, description=name.replace("_", " "))

        yield Watch(step=on_step, read=lambda count: bars.update(reading, advance=count), sealed=_tell_sealed)


def _tell_sealed(items: list[EvidenceItem]) -> None:
    if items:
        errors.print(_("Sealed {count} new files.").format(count=len(items)), markup=False)


def _tell_nothing(_items: Any) -> None:
    return None
