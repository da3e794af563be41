"""The register as CSV: written for spreadsheets, read from them; encoding and separator told, or found.

Written in UTF-8 with its mark and semicolons, as French spreadsheets open it. Read with what is declared; else a mark,
else UTF-8 when every byte agrees, else Windows-1252.

>>> encoding_of("Opérateur".encode()), encoding_of("Opérateur".encode("cp1252"))
('utf-8', 'cp1252')
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.notices.breach_register import cnil_open_data
from tocsin.notices.breach_register.labels import key_named
from tocsin.notices.breach_register.record import BreachRecord
from tocsin.notices.breach_register.table import Reading, Row, literal, neutral, read_rows, require_size, rows_of

SEPARATORS = ";,\t|"
MOST_BYTES = 200_000_000
LONGEST_CELL = 1_000_000
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def csv_of(records: Iterable[BreachRecord]) -> bytes:
    """The records as a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in rows_of(records))
    return codecs.BOM_UTF8 + text.getvalue().encode("utf-8")


def read_csv(
    path: Path, given: Mapping[str, str] | None = None, *, encoding: str | None = None, separator: str | None = None
) -> Reading:
    """The records of a CSV file, of ours or of the CNIL's open data."""
    require_size(path.stat().st_size, MOST_BYTES, str(path), _("this file is too large for a register"))
    text = _decoded(path.read_bytes(), path, encoding)
    rows = _rows(text, path, separator or separator_of(text))
    first = next(rows, (f"{path}:1", ()))
    if cnil_open_data.is_its_first_row(first[1]):
        return cnil_open_data.read_rows([first, *rows], str(path), given or {})
    chained = (row for part in ((first,), rows) for row in part)
    unquoted = ((where, [literal(cell) for cell in cells]) for where, cells in chained)
    return read_rows(unquoted, str(path), given or {})


def encoding_of(data: bytes) -> str:
    """The encoding of the bytes of a text: by its mark, else UTF-8 when all of it is, else Windows-1252."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def separator_of(text: str) -> str:
    """The separator that finds most columns in one of the first two lines."""
    heads = text.split("\n", 2)[:2]
    return max(SEPARATORS, key=lambda mark: max(_known_columns(head, mark) for head in heads))


def _known_columns(head: str, mark: str) -> int:
    cells = next(csv.reader([head.rstrip("\r")], delimiter=mark), [])
    known = sum(key_named(cell) is not None or cnil_open_data.is_column(cell) for cell in cells)
    return known * 1000 + len(cells)


def _decoded(data: bytes, path: Path, encoding: str | None) -> str:
    name = encoding or encoding_of(data)
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TocsinError(
            "register-encoding", _("this line is not {encoding}").format(encoding=name), where=f"{path}:{line}",
            why=_("names and motives would be damaged"), remedy=_("declare its encoding with --encoding"),
        ) from error  # fmt: skip
    except LookupError as error:
        raise TocsinError(
            "register-encoding", _("{given!r} is no encoding").format(given=name), where="--encoding",
            remedy=_("write utf-8, cp1252 or utf-16"),
        ) from error  # fmt: skip


def _rows(text: str, path: Path, separator: str) -> Iterator[Row]:
    """Rows with the line on which each begins."""
    if len(separator) != 1:
        raise TocsinError(
            "register-separator", _("{given!r} is not one character").format(given=separator), where="--separator",
            remedy=_("write ; or , or | or a tabulation"),
        )  # fmt: skip
    before = csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield f"{path}:{line}", cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise TocsinError(
            "register-unreadable", _("this row is not CSV ({error})").format(error=error), where=f"{path}:{line}",
            why=_("where one record ends and the next begins would be guessed"),
            remedy=_("check the quotes of this line"),
        ) from error  # fmt: skip
    finally:
        csv.field_size_limit(before)
