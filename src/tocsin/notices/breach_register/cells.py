"""A record as one row of texts, and back: what a spreadsheet can hold, in a form that a person can read and type.

A list of words is separated by commas. Figures, measures and filings take one line each in their cell, as
``key: value | key: value``; a backslash protects a bar or a backslash, and ``\\n`` stands for a new line.

>>> from tocsin.notices.breach_register.record import People
>>> print(line_of(People(upper=50, ground="one sheet | two")))
population: all | unit: persons | upper: 50 | ground: one sheet \\| two
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.notices.breach_register.record import (
    BreachRecord,
    Filing,
    MeasureTaken,
    People,
    flat_keys,
    record_of,
)

WORDS = ("natures", "causes", "categories")
ITEMS = {"people": People, "measures": MeasureTaken, "filings": Filing}
YES_OR_NO = ("is_established", "is_ongoing", "has_sensitive_data")
NUMBERS = ("severity",)
ALWAYS = ("population", "unit")
"""What a line says even when it is the default, because the line would not be understood without it."""
YES = ("yes", "oui", "true", "vrai", "1", "x")
NO = ("no", "non", "false", "faux", "0")


def cells_of(record: BreachRecord) -> dict[str, str]:
    """The row of a record."""
    cells = {}
    for key in flat_keys():
        name, _dot, inner = key.partition(".")
        value = getattr(record, name)
        cells[key] = _text(name, getattr(value, inner) if inner else value)
    return cells


def record_from(cells: Mapping[str, str], where: str = "") -> BreachRecord:
    """The record of a row; empty cells are what is not known. Raises :class:`TocsinError`."""
    data: dict[str, Any] = {}
    for key, text in cells.items():
        if text.strip():
            name, _dot, inner = key.partition(".")
            value = _value(name, text, f"{where}: {key}" if where else key)
            if inner:
                data.setdefault(name, {})[inner] = value
            else:
                data[name] = value
    return record_of(data, where)


def line_of(item: People | MeasureTaken | Filing) -> str:
    """One figure, measure or filing as a line."""
    parts = []
    for field in fields(item):
        value = getattr(item, field.name)
        if field.name in ALWAYS or value not in (None, ""):
            parts.append(f"{field.name}: {_protect(str(value))}")
    return " | ".join(parts)


def _text(name: str, value: Any) -> str:
    if name in WORDS:
        return ", ".join(value)
    if name in ITEMS:
        return "\n".join(map(line_of, value))
    if name in YES_OR_NO:
        return {True: "yes", False: "no", None: ""}[value]
    return "" if value is None else str(value)


def _value(name: str, text: str, where: str) -> Any:
    if name in WORDS:
        return tuple(part.strip() for part in re.split(r"[,\n]", text) if part.strip())
    if name in ITEMS:
        return tuple(_item(line, where) for line in text.split("\n") if line.strip())
    if name in YES_OR_NO:
        return _yes_or_no(text.strip(), where)
    if name in NUMBERS:
        return _number(text.strip(), where)
    return text


def _item(line: str, where: str) -> dict[str, Any]:
    """A line as keys and values."""
    data: dict[str, Any] = {}
    for part in _split(line):
        key, colon, value = part.partition(":")
        if not colon or not key.strip():
            raise _unreadable(where, _("{given!r} is not written as key: value").format(given=part.strip()))
        if key.strip() in data:
            raise _unreadable(where, _("{given!r} stands twice").format(given=key.strip()))
        number = key.strip() in ("lower", "working", "upper")
        data[key.strip()] = _number(value.strip(), where) if number else _unprotect(value.strip())
    return data


def _split(line: str) -> list[str]:
    """The parts between bars that no backslash protects."""
    parts = [""]
    for letters in re.findall(r"\\.|.", line):
        if letters == "|":
            parts.append("")
        else:
            parts[-1] += letters
    return parts


def _protect(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _unprotect(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found.group(1) == "n" else found.group(1), text)


def _yes_or_no(text: str, where: str) -> bool:
    if text.casefold() in YES:
        return True
    if text.casefold() in NO:
        return False
    raise _unreadable(where, _("{given!r} is neither yes nor no").format(given=text))


def _number(text: str, where: str) -> int:
    digits = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not re.fullmatch(r"[0-9]{1,18}", digits):
        raise _unreadable(where, _("{given!r} is not a whole number").format(given=text))
    return int(digits)


def _unreadable(where: str, what: str) -> TocsinError:
    return TocsinError(
        "breach-record-wrong", what, where=where,
        why=_("the register is what the authority verifies, so nothing in it is guessed"),
        remedy=_("correct this value: docs/breach-register.md describes each one"),
    )  # fmt: skip
