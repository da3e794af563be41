"""Rows of a spreadsheet, whatever its file: read = kept + rejected, each rejected one with its place and its reason.

A cell that a spreadsheet would run as a formula is written with an apostrophe before it, and read without.

>>> [neutral("=1+1"), literal(neutral("=1+1")), literal(neutral("'=1+1")), neutral("2024-02")]
["'=1+1", '=1+1', "'=1+1", '2024-02']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.notices.breach_register.cells import cells_of, record_from
from tocsin.notices.breach_register.labels import key_named, label_of
from tocsin.notices.breach_register.record import BreachRecord, flat_keys, require_motive

FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""What makes a spreadsheet run a cell, with the apostrophes that may stand before it already (OWASP, CSV injection)."""
QUOTED = re.compile(r"'+(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
MOST_ROWS = 1_000_000
Row = tuple[str, Sequence[str]]
"""Where it stands (``file:line``), and its cells."""


@dataclass(frozen=True)
class Rejected:
    """One row that is not kept, and why."""

    where: str
    reason: str
    kind: str
    why: str
    remedy: str


def rejected_for(error: TocsinError, at: str) -> Rejected:
    """The row at ``at``, rejected by a refusal."""
    return Rejected(error.where or at, error.what, error.kind, error.why, error.remedy)


@dataclass(frozen=True)
class Reading:
    """What an import found."""

    read: int
    records: tuple[BreachRecord, ...]
    rejected: tuple[Rejected, ...] = ()
    form: str = "register"
    """``register``, or ``cnil_open_data``."""


def neutral(text: str) -> str:
    """A text that no spreadsheet runs."""
    return f"'{text}" if FORMULA.match(text) else text


def literal(text: str) -> str:
    """The text that :func:`neutral` was given."""
    return text[1:] if QUOTED.match(text) else text


def rows_of(records: Iterable[BreachRecord]) -> list[list[str]]:
    """The header, then one row for each record."""
    keys = flat_keys()
    return [[label_of(key) for key in keys]] + [[cells_of(record)[key] for key in keys] for record in records]


def read_rows(rows: Iterable[Row], where: str, given: Mapping[str, str]) -> Reading:
    """The records of rows, the first of which is the header; ``given`` fills columns that lack."""
    filled = (row for row in rows if any(cell.strip() for cell in row[1]))
    place, header = next(filled, (where, ()))
    keys = _keys(header, place, given)

    def made(at: str, cells: Sequence[str]) -> Callable[[], BreachRecord]:
        return lambda: _record(at, cells, keys, given)

    return read_each((at, made(at, cells)) for at, cells in filled)


def read_each(items: Iterable[tuple[str, Callable[[], BreachRecord]]]) -> Reading:
    """Each record, or why it is rejected; a breach of a party stands once in a file."""
    read, rejected = 0, []
    records: dict[tuple[str, str], BreachRecord] = {}
    for at, make in items:
        read += 1
        try:
            record = make()
            require_motive(record, at)
            if (record.party, record.breach) in records:
                raise _doubled(record, at)
            records[record.party, record.breach] = record
        except TocsinError as error:
            rejected.append(rejected_for(error, at))
    return Reading(read, tuple(records.values()), tuple(rejected))


def _doubled(record: BreachRecord, at: str) -> TocsinError:
    return TocsinError(
        "breach-twice", _("breach {breach} of {party} stands twice in this file").format(
            breach=record.breach, party=record.party), where=at,
        why=_("one of both would be lost, and nobody would know which"),
        remedy=_("keep one of them, or give them two references"),
    )  # fmt: skip


def _record(at: str, cells: Sequence[str], keys: Sequence[str], given: Mapping[str, str]) -> BreachRecord:
    if any(cell.strip() for cell in cells[len(keys) :]):
        raise TocsinError("breach-record-wrong", _("this row has more cells than the header has columns"), where=at)
    found = {key: cell for key, cell in zip(keys, cells, strict=False) if cell.strip()}
    return record_from({**given, **found}, at)


def _keys(header: Sequence[str], place: str, given: Mapping[str, str]) -> list[str]:
    """The columns of the header. One that is not known is refused: what it holds would be lost."""
    names = list(header)
    while names and not names[-1].strip():
        names.pop()
    keys = [key_named(name) or "" for name in names]
    unknown = [name for name, key in zip(names, keys, strict=True) if not key]
    if unknown or not keys:
        raise TocsinError(
            "register-columns-unknown",
            _("these columns are not those of a register: {names}").format(names=", ".join(unknown) or "-"),
            where=place, why=_("what they hold would be lost"),
            remedy=_("rename or remove them; docs/breach-register.md lists the columns"),
        )  # fmt: skip
    doubled = sorted({key for key in keys if keys.count(key) > 1})
    lacking = [key for key in ("party", "party_name", "breach", "title") if key not in keys and key not in given]
    if doubled or lacking:
        what = _("two columns hold {names}") if doubled else _("no column holds {names}")
        raise TocsinError(
            "register-columns-wrong", what.format(names=", ".join(doubled or lacking)), where=place,
            why=_("a record would be taken for another"),
            remedy=_("keep each column once; --party and --party-name stand for a party that the file does not name"),
        )  # fmt: skip
    return keys


def require_size(count: int, most: int, where: str, what: str) -> None:
    """Refuse what is too large to be a register. Raises ``register-too-large``."""
    if count > most:
        raise TocsinError(
            "register-too-large", what, where=where,
            why=_("a small file may unfold into more than this machine holds"),
            remedy=_("check where this file comes from, or import it in parts"),
        )  # fmt: skip
