"""The CNIL's open data of notified breaches, read as records: its file form, its words, its bands of people.

Every row was notified, in a month; nobody is named in it. A band becomes bounds, the last one open above. A word that
the vocabulary does not hold rejects the row.

>>> cell("Perte de l''intégrité\u00a0") == cell("Perte de l’intégrité") == "perte de l'intégrité"
True
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.notices.breach_register.record import BreachRecord, record_of
from tocsin.notices.breach_register.table import Reading, Row, read_each

FORM = "cnil_open_data"


@cache
def vocabulary() -> Mapping[str, Any]:
    """The words of the data set."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def cell(text: str) -> str:
    """A cell as it is compared: one kind of apostrophe, of space and of letter case."""
    return " ".join(text.replace("''", "'").replace("’", "'").casefold().split())


def is_column(text: str) -> bool:
    """Whether a header is one of its columns."""
    return cell(text) in _columns()


def is_its_first_row(cells: Sequence[str]) -> bool:
    """Whether a file begins as the data set does."""
    said = [text for text in cells if text.strip()]
    is_extraction = len(said) == 1 and cell(said[0]).startswith(cell(vocabulary()["first_line"]))
    return is_extraction or (len(said) > 1 and all(map(is_column, said)))


def read_rows(rows: Iterable[Row], where: str, given: Mapping[str, str]) -> Reading:
    """The records of the file; ``given`` names the party under which they are kept."""
    rest = [row for row in rows if any(text.strip() for text in row[1])]
    extracted = ""
    if rest and len([text for text in rest[0][1] if text.strip()]) == 1:
        extracted = next(text.strip() for text in rest.pop(0)[1] if text.strip())
    keys = _keys(rest.pop(0) if rest else (where, ()))
    if "party" not in given:
        raise TocsinError(
            "open-data-without-party", _("this is the open data of the CNIL: it names no controller"), where=where,
            why=_("its rows would be taken for breaches of somebody"),
            remedy=_("give --party, for instance --party cnil-open-data --party-name 'Open data of the CNIL'"),
        )  # fmt: skip
    reading = read_each(
        (at, _maker({key: text for key, text in zip(keys, cells, strict=False) if key}, at, given, extracted))
        for at, cells in rest
    )
    return replace(reading, form=FORM)


def _maker(said: Mapping[str, str], at: str, given: Mapping[str, str], extracted: str) -> Callable[[], BreachRecord]:
    return lambda: _record(said, at, given, extracted)


def _record(said: Mapping[str, str], at: str, given: Mapping[str, str], extracted: str) -> BreachRecord:
    month = _month(said["received"], at)
    words = {key: _word(key, said[key], at) for key in ("people", "told", "sensitive")}
    source = vocabulary()["source"]
    data: dict[str, Any] = {
        "party_name": given["party"], **given, "breach": f"cnil-{month}-{at.rpartition(':')[2]}",
        "title": " · ".join(part for part in (month, _tidy(said["sector"])) if part), "sector": _tidy(said["sector"]),
        "natures": _words("natures", said["natures"], at), "causes": _words("causes", said["causes"], at),
        "origin": _tidy(said["origin"]), "data_in_words": _tidy(said["data"]), "has_sensitive_data": words["sensitive"],
        "notification": {"answer": "done", "at": month},
        "communication": {"answer": words["told"] or "undecided"},
        "source": "; ".join(part for part in (source, extracted, at) if part),
    }  # fmt: skip
    if words["people"]:
        data["people"] = [{**words["people"], "ground": f"{source}: {_tidy(said['people'])}", "on": month}]
    return record_of(data, at)


def _word(key: str, text: str, at: str) -> Any:
    """What a word of the vocabulary means; nothing for an empty cell."""
    if not text.strip():
        return None
    known = _meanings(key)
    if cell(text) not in known:
        column = vocabulary()["columns"][key]
        raise TocsinError(
            "open-data-word", _("{column}: {given!r} is not a word of this data set").format(column=column, given=text),
            where=at,
        )  # fmt: skip
    return known[cell(text)]


def _words(key: str, text: str, at: str) -> list[Any]:
    """A list separated by commas; none of its words holds one."""
    return [_word(key, part, at) for part in text.split(",") if part.strip()]


def _month(text: str, at: str) -> str:
    found = re.fullmatch(r"([0-9]{4})[-/]([0-9]{1,2})|([0-9]{1,2})[-/]([0-9]{4})", text.strip())
    if found is None:
        raise TocsinError("open-data-word", _("{given!r} is not a month").format(given=text), where=at)
    return f"{found.group(1) or found.group(4)}-{int(found.group(2) or found.group(3)):02d}"


def _tidy(text: str) -> str:
    return " ".join(text.replace("''", "'").split())


def _keys(row: Row) -> list[str]:
    """The columns of the header; each of the nine must be there."""
    where, header = row
    keys = [_columns().get(cell(text), "") for text in header]
    lacking = [name for name in vocabulary()["columns"] if name not in keys]
    if lacking:
        names = ", ".join(vocabulary()["columns"][name] for name in lacking)
        raise TocsinError(
            "open-data-columns", _("the columns of the CNIL's data set lack: {names}").format(names=names), where=where,
            why=_("the data set may have changed its form"),
            remedy=_("compare its header with cnil_open_data.toml, and add what changed there"),
        )  # fmt: skip
    return keys


@cache
def _meanings(key: str) -> dict[str, Any]:
    return {cell(word): meaning for word, meaning in vocabulary()[key].items()}


@cache
def _columns() -> dict[str, str]:
    return {cell(name): key for key, name in vocabulary()["columns"].items()}
