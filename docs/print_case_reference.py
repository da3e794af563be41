"""Print the tables of ``docs/case-file.md`` from the model of the case file, so that the page never lags behind it.

``python docs/print_case_reference.py`` rewrites what stands between the two marks of the page; a test holds that
nothing would change.

>>> words_for(dt.date | None)
'day'
"""

from __future__ import annotations

import datetime as dt
import inspect
import sys
import types
import typing
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from tocsin.evidence.case import model

PAGE = Path(__file__).with_name("case-file.md")
BEGIN = "<!-- printed by docs/print_case_reference.py: begin -->\n"
END = "<!-- printed by docs/print_case_reference.py: end -->\n"
SIMPLE = [
    (model.Id, "short name"), (model.Ids, "list of short names"), (model.Words, "list of texts"),
    (model.Instant, "instant with offset"), (str, "text"), (bool, "true or false"), (int, "whole number"),
    (float, "number"), (dt.date, "day"), (dt.time, "time of day"), (dict[str, str], "table of texts"),
    (dict[str, model.Words], "table of lists of texts"), (dict[model.Id, model.Words], "table of lists of texts"),
    (dict[str, str | tuple[str, ...]], "table of texts, or of lists of texts"),
]  # fmt: skip


def words_for(hint: Any) -> str:
    """A type, as a person says it."""
    for known, words in SIMPLE:
        if hint == known:
            return words
    if typing.get_origin(hint) is Literal:
        return ", ".join(f"`{value}`" for value in typing.get_args(hint))
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return words_for(next(part for part in typing.get_args(hint) if part is not types.NoneType))
    if table_of(hint) is not None:
        return "table"
    raise TypeError(hint)


def table_of(hint: Any) -> type[BaseModel] | None:
    """The class of the inner table, when a key holds one, several or a named set of them."""
    if inspect.isclass(hint) and issubclass(hint, BaseModel):
        return hint
    return next((found for part in typing.get_args(hint) if (found := table_of(part))), None)


def default_of(field: Any) -> str:
    """What holds when the key is absent."""
    if field.default is PydanticUndefined:
        return "required"
    if field.default is None or field.default in ((), {}, ""):
        return ""
    if isinstance(field.default, BaseModel):
        return "see there"
    if isinstance(field.default, tuple):
        return ", ".join(f"`{part}`" for part in field.default)
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def lines_of(table: type[BaseModel]) -> list[str]:
    """The reference of one table, then of those inside it."""
    heading, _, said = (inspect.getdoc(table) or "").partition(":")
    lines = [f"### {heading}", "", said.strip()[:1].upper() + said.strip()[1:], ""]
    lines += ["| Key | Type | Default | What it says |", "|---|---|---|---|"]
    hints = typing.get_type_hints(table, include_extras=True)
    inner = []
    for name, field in table.model_fields.items():
        cells = (f"`{field.alias or name}`", words_for(hints[name]), default_of(field), field.description or "")
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        inner += [found] if (found := table_of(hints[name])) else []
    for found in inner:
        lines += ["", *lines_of(found)]
    return lines


def print_reference() -> str:
    """All tables, in the order of the file."""
    lines: list[str] = []
    for hint in typing.get_type_hints(model.Case, include_extras=True).values():
        if table := table_of(hint):
            lines += [*lines_of(table), ""]
    return "\n".join(lines)


def printed_page(page: str) -> str:
    """The page with its printed part made again."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + "\n" + print_reference() + "\n" + END + rest.split(END)[1]


if __name__ == "__main__":
    text = printed_page(PAGE.read_text("utf-8"))
    sys.stdout.write(f"{PAGE}: {len(text)} characters\n")
    PAGE.write_text(text, "utf-8")
