"""Sessions on a screen too narrow for a table of sentences: one below the other."""

from __future__ import annotations

from typing import Any

from rich.padding import Padding
from rich.text import Text

from tocsin.cli.screen import number, screen
from tocsin.language import _

WIDE = 130
"""On fewer columns a sentence in a table is a tower of single words: sessions then stand one below the other."""


def print_narrow(rows: list[dict[str, Any]]) -> None:
    """Each session in two lines and its sentence."""
    for row in rows:
        told = [row["grade"] or "-", row["session_id"], row["portal"], row["account"], row["address"]]
        screen.print("  ".join(str(cell or "-") for cell in told), markup=False, style="bold", highlight=False)
        when = _("{since} to {until} (UTC), answers: {answers}").format(
            since=row["first_at"], until=row["last_at"][11:], answers=number(row["answered_lines"])
        )
        screen.print(Padding(Text(f"{when}\n{row['reason']}"), (0, 0, 1, 3)), highlight=False)
