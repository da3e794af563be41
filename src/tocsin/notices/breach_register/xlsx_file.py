"""The register as a workbook: every cell a text when written; texts, days and whole numbers understood when read.

XlsxWriter writes, calamine reads (a parser in Rust, which runs nothing), after :mod:`xlsx_guard` has looked at it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.notices.breach_register import cnil_open_data
from tocsin.notices.breach_register.record import BreachRecord
from tocsin.notices.breach_register.table import Reading, Row, read_rows, rows_of
from tocsin.notices.breach_register.xlsx_guard import guarded

LONGEST_CELL = 32_767
"""Of a workbook; XlsxWriter would leave the cell empty."""
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same records give the same bytes; a workbook's dates know no zone
WIDTH = 24


def xlsx_of(records: Iterable[BreachRecord]) -> bytes:
    """The records as a workbook of one sheet."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": _("Register of personal data breaches"), "created": MADE})
        sheet = book.add_worksheet(_("register"))
        head, body = (
            book.add_format({"bold": True, "text_wrap": True}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        for number, row in enumerate(rows_of(records)):
            for place, text in enumerate(row):
                _require_length(text, number, row)
                sheet.write_string(number, place, text, head if number == 0 else body)
        sheet.set_column(0, len(rows_of(())[0]) - 1, WIDTH)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def read_xlsx(path: Path, given: Mapping[str, str] | None = None) -> Reading:
    """The records of the first sheet of a workbook."""
    try:
        sheet = CalamineWorkbook.from_filelike(guarded(path)).get_sheet_by_index(0)
        rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, IndexError, ValueError) as error:
        raise TocsinError(
            "register-unreadable", _("this is no workbook that can be opened ({error})").format(error=error),
            where=str(path), why=_("a damaged workbook may hold part of a register only"),
            remedy=_("save it again as .xlsx, without a password"),
        ) from error  # fmt: skip
    placed = list(_placed(rows, path))
    if placed and cnil_open_data.is_its_first_row(placed[0][1]):
        return cnil_open_data.read_rows(placed, str(path), given or {})
    return read_rows(placed, str(path), given or {})


def _placed(rows: list[list[str]], path: Path) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        yield f"{path}:{number}", row


def _text(value: Any) -> str:
    """A cell as text. An instant of a workbook has no offset: it is refused later as no moment, never completed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _require_length(text: str, number: int, row: list[str]) -> None:
    if len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        raise TocsinError(
            "cell-too-long", _("a text of {count} characters does not fit in a cell of a workbook").format(
                count=len(text)), where=_("row {number} ({title})").format(number=number + 1, title=row[4]),
            why=_("it would be cut"), remedy=_("export to CSV or JSON"),
        )  # fmt: skip
