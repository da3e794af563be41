"""Reading ``case.toml``: every mistake is told at once, with the line, the key and the remedy."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tocsin.errors import TocsinError
from tocsin.evidence.case.checks import faults_of
from tocsin.evidence.case.fault import Fault, Location
from tocsin.evidence.case.model import Case
from tocsin.language import _

CASE_FILE = "case.toml"


@dataclass(frozen=True)
class CaseFolder:
    """A case on disk: what ``case.toml`` says, and where its parts lie."""

    path: Path
    case: Case
    digest: str
    """SHA-256 of ``case.toml``."""

    def place(self, *location: str | int) -> str:
        """``case.toml:LINE`` of a key, for messages."""
        path = self.path / CASE_FILE
        line = line_of(path.read_text("utf-8"), location)
        return f"{path}:{line}" if line else str(path)

    @property
    def runs(self) -> Path:
        return self.path / "runs"

    @property
    def work(self) -> Path:
        """Intermediate tables, by content; may be removed at any time."""
        return self.path / ".work"

    @property
    def decisions(self) -> Path:
        return self.path / "decisions.jsonl"

    @property
    def manifest(self) -> Path:
        return self.path / "manifest.jsonl"


def open_case(folder: Path) -> CaseFolder:
    """Read and check the case of ``folder``. Raises :class:`TocsinError` when it cannot be trusted."""
    path = folder / CASE_FILE
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TocsinError(
            "no-case",
            _("there is no readable case.toml here ({error})").format(error=error.strerror),
            where=str(path),
            remedy=_("go to the case folder, give it with --case, or make one with `tocsin init`"),
        ) from error
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise TocsinError(
            "case-not-utf-8",
            _("this file is not UTF-8 text"),
            where=f"{path}:{line}",
            remedy=_("save it again as UTF-8"),
        ) from error
    return CaseFolder(folder, parse_case(text, str(path)), hashlib.sha256(raw).hexdigest())


def parse_case(text: str, where: str = CASE_FILE) -> Case:
    """The checked contents of a case file. Raises :class:`TocsinError` listing every fault found."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise TocsinError(
            "case-syntax",
            _("this is not TOML: {error}").format(error=error),
            where=f"{where}:{found.group(1)}" if found else where,
            why=_("nothing can be computed before the case can be read"),
            remedy=_("compare this line with the example that `tocsin init` writes"),
        ) from error
    if too_large := list(_numbers_too_large(data)):
        raise _refusal(too_large, text, where)
    try:
        case = Case.model_validate(data)
    except ValidationError as error:
        faults = [_fault_of(item) for item in error.errors(include_url=False)]
    else:
        faults = faults_of(case)
        if not faults:
            return case
    raise _refusal(faults, text, where)


def _numbers_too_large(value: Any, location: Location = ()) -> Iterator[Fault]:
    """Numbers that no counter reaches, and that no table could hold."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _numbers_too_large(inner, (*location, key))
    elif isinstance(value, int) and abs(value) >= 1 << 53:
        yield Fault(
            location, "case-number-too-large", _("{given} has too many digits").format(given=value),
            _("check this number: none is larger than 9,007,199,254,740,991"),
        )  # fmt: skip


def _fault_of(item: Any) -> Fault:
    """A pydantic error in our words."""
    location = tuple(item["loc"])
    kind, given = item["type"], item.get("input")
    if kind == "extra_forbidden":
        return Fault(location, "case-unknown-key", _("this key is not known"), _("remove it, or correct its spelling"))
    if kind == "missing":
        return Fault(location, "case-missing-key", _("this key is missing"), _("add it"))
    if kind in ("literal_error", "enum"):
        expected = item.get("ctx", {}).get("expected", "")
        return Fault(
            location,
            "case-unknown-word",
            _("{given!r} is not one of the words allowed").format(given=given),
            _("write one of {expected}").format(expected=expected),
        )
    if kind == "string_pattern_mismatch":
        return Fault(
            location,
            "case-bad-id",
            _("{given!r} cannot be an identifier").format(given=given),
            _("use small letters, digits, dots, hyphens and underscores"),
        )
    if kind == "value_error":
        reason = str(item.get("ctx", {}).get("error", item["msg"]))
        if "offset" in reason:
            return Fault(
                location,
                "case-time-without-offset",
                _("this instant has no offset, so it is not one instant"),
                _("write it with its offset, as in 2024-01-22T08:00:00+01:00"),
            )
        if "calendar" in reason:
            return Fault(
                location,
                "case-instant-out-of-range",
                _("this instant stands beyond the calendar"),
                _("write the true instant, or remove the key when it is optional"),
            )
        return Fault(location, "case-repeated-value", _("the same value stands twice"), _("keep it once"))
    return Fault(
        location,
        "case-wrong-type",
        _("{given!r} does not fit here: {message}").format(given=given, message=item["msg"]),
        _("see the description of this key in docs/case-file.md"),
    )


def _refusal(faults: list[Fault], text: str, where: str) -> TocsinError:
    """One error for all faults; the first gives the kind and the place."""
    told = []
    for fault in faults:
        line = line_of(text, fault.location)
        told.append((f"{where}:{line}" if line else where, fault))
    first_where, first = told[0]
    what = f"{key_of(first.location)}: {first.what}"
    more = "".join(f"\n{place}: {key_of(fault.location)}: {fault.what}; {fault.remedy}" for place, fault in told[1:20])
    remedy = first.remedy
    if len(told) > 1:
        remedy += "\n" + _("{count} more in the same file:").format(count=len(told) - 1) + more
    return TocsinError(
        first.kind, what, where=first_where, why=_("findings rest on this file, so nothing in it is guessed"),
        remedy=remedy,
    )  # fmt: skip


def key_of(location: tuple[str | int, ...]) -> str:
    """``('log', 1, 'format')`` -> ``log[2].format``: tables are counted from 1, as a person counts."""
    out = ""
    for part in location:
        out += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if out else str(part))
    return out


def line_of(text: str, location: tuple[str | int, ...]) -> int | None:
    """The line of ``case.toml`` where the key of ``location`` stands, or its table, or nothing."""
    lines = text.splitlines()
    table = str(location[0]) if location else ""
    index = location[1] if len(location) > 1 and isinstance(location[1], int) else 0
    heads = [n for n, line in enumerate(lines) if re.match(rf"\s*\[\[?\s*{re.escape(table)}\s*\]\]?", line)]
    if index >= len(heads):
        return None
    start = heads[index]
    end = heads[index + 1] if index + 1 < len(heads) else len(lines)
    for part in (part for part in location[1:] if isinstance(part, str)):
        for n in range(start + 1, end):
            if re.match(rf"\s*(\[.*\.)?\"?{re.escape(part)}\"?\s*[=\].]", lines[n]):
                return n + 1
    return start + 1
