"""The files of a register, by their name or by what is asked.

Read: CSV, XLSX, JSON, and TOML that a person typed. Written: CSV, XLSX, JSON, DPV, VERIS.

>>> format_of(Path("register.xlsx")), format_of(Path("register.jsonld"))
('xlsx', 'dpv')
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.notices.breach_register.csv_file import csv_of, read_csv
from tocsin.notices.breach_register.dpv import dpv_json
from tocsin.notices.breach_register.json_file import json_of, read_data, read_json
from tocsin.notices.breach_register.record import BreachRecord
from tocsin.notices.breach_register.table import Reading
from tocsin.notices.breach_register.veris import veris_json
from tocsin.notices.breach_register.xlsx_file import read_xlsx, xlsx_of

TEMPLATE = Path(__file__).with_name("template.toml")
WRITERS: Mapping[str, Callable[[Iterable[BreachRecord]], bytes]] = {
    "csv": csv_of, "xlsx": xlsx_of, "json": json_of, "dpv": dpv_json, "veris": veris_json,
}  # fmt: skip
SUFFIXES = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".json": "json",
    ".jsonld": "dpv",
    ".toml": "toml",
}
READABLE = ("csv", "xlsx", "json", "toml")


def format_of(path: Path) -> str:
    """The format that a name tells. Raises :class:`TocsinError` ``register-format``."""
    found = SUFFIXES.get(path.suffix.lower())
    if found is None:
        raise _unknown(path.suffix or path.name, [*SUFFIXES])
    return found


def write_file(path: Path, records: Iterable[BreachRecord], form: str | None = None) -> None:
    """Write the records in the format asked, else in that of the name."""
    form = form or format_of(path)
    if form not in WRITERS:
        raise _unknown(form, [*WRITERS])
    write_private(path, WRITERS[form](records))


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner reads."""
    path.touch(mode=0o600)  # private from its first byte: a register names breaches that nobody was told of
    path.chmod(0o600)
    path.write_bytes(data)


def read_file(
    path: Path, given: Mapping[str, str], *, encoding: str | None = None, separator: str | None = None
) -> Reading:
    """The records of a file; ``given`` fills what it does not say."""
    form = format_of(path)
    if form not in READABLE:
        raise _unknown(path.suffix, [suffix for suffix, name in SUFFIXES.items() if name in READABLE])
    if form == "csv":
        return read_csv(path, given, encoding=encoding, separator=separator)
    return {"xlsx": read_xlsx, "json": read_json, "toml": read_toml}[form](path, given)


def read_toml(path: Path, given: Mapping[str, str]) -> Reading:
    """The ``[[breach]]`` tables of a file that a person typed."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TocsinError(
            "register-unreadable", _("this is not TOML in UTF-8 ({error})").format(error=error), where=str(path),
            why=_("part of a register is not a register"),
            remedy=_("compare it with what `tocsin register add --new` writes"),
        ) from error  # fmt: skip
    tables = data.pop("breach", [])
    if data or not isinstance(tables, list):
        raise TocsinError(
            "register-unreadable", _("this file holds something else than [[breach]] tables"), where=str(path),
            why=_("it would be lost"), remedy=_("compare it with what `tocsin register add --new` writes"),
        )  # fmt: skip
    return read_data([_plain(item) for item in tables], str(path), given)


def _plain(value: Any) -> Any:
    """Days and instants of TOML as the register writes them."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def _unknown(given: str, allowed: list[str]) -> TocsinError:
    return TocsinError(
        "register-format", _("{given!r} is no format of a register").format(given=given),
        remedy=_("use one of {words}").format(words=", ".join(allowed)),
    )  # fmt: skip
