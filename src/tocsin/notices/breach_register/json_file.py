"""The register as JSON: its format has a name and a version, its schema is ``register_1.schema.json``.

>>> json.loads(json_of([]))
{'format': 'tocsin-breach-register', 'version': 1, 'records': []}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.notices.breach_register.record import BreachRecord, as_data, record_of
from tocsin.notices.breach_register.table import Reading, read_each, require_size

FORMAT = "tocsin-breach-register"
VERSION = 1
MOST_BYTES = 500_000_000
SCHEMA = Path(__file__).with_name("register_1.schema.json")


def json_of(records: Iterable[BreachRecord]) -> bytes:
    """The records as a JSON file."""
    data = {"format": FORMAT, "version": VERSION, "records": [as_data(record) for record in records]}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read_json(path: Path, given: Mapping[str, str] | None = None) -> Reading:
    """The records of a JSON file."""
    require_size(path.stat().st_size, MOST_BYTES, str(path), _("this file is too large for a register"))
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise TocsinError(
            "register-unreadable", _("this is not JSON ({error})").format(error=error),
            where=f"{path}:{line}" if line else str(path), why=_("part of a register is not a register"),
            remedy=_("export it again"),
        ) from error  # fmt: skip
    if not isinstance(data, dict) or (data.get("format"), data.get("version")) != (FORMAT, VERSION):
        raise TocsinError(
            "register-version", _("this is no register of a version that is read here"), where=str(path),
            why=_("another version may mean other things by the same words"),
            remedy=_("the file must say: \"format\": \"{format}\", \"version\": {version}").format(
                format=FORMAT, version=VERSION),
        )  # fmt: skip
    if not isinstance(data.get("records"), list) or len(data) > len(("format", "version", "records")):
        raise TocsinError(
            "register-unreadable", _("this file does not hold a list of records, and nothing else"), where=str(path),
            why=_("part of a register is not a register"), remedy=_("export it again"),
        )  # fmt: skip
    return read_data(data["records"], str(path), given or {})


def read_data(listed: list[Any], where: str, given: Mapping[str, str]) -> Reading:
    """The records of plain values."""

    def made(item: Any, at: str) -> Callable[[], BreachRecord]:
        return lambda: record_of({**given, **(item if isinstance(item, dict) else {"record": item})}, at)

    places = (f"{where}: records[{number}]" for number in range(1, len(listed) + 1))
    return read_each((at, made(item, at)) for at, item in zip(places, listed, strict=True))


def schema() -> dict[str, Any]:
    """The JSON Schema of the format."""
    records = TypeAdapter(list[BreachRecord]).json_schema()
    definitions = records.pop("$defs")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Register of personal data breaches",
        "type": "object", "additionalProperties": False, "required": ["format", "version", "records"],
        "properties": {"format": {"const": FORMAT}, "version": {"const": VERSION}, "records": records},
        "$defs": definitions,
    }  # fmt: skip
