"""A workbook from somewhere, before anything reads it: how much it unfolds to, and what it could reach or run.

A workbook is a folder in a zip file. It may unfold into far more than it weighs, name files elsewhere, or hold programs
and formulas. Each part is unfolded here, counted, and only those that were counted are read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.notices.breach_register.table import require_size

MOST_PARTS = 2_000
MOST_BYTES = 200_000_000
"""Of all parts, unfolded."""
FORBIDDEN = re.compile(
    r"(?i)(^|/)(externallinks|embeddings|activex|ctrlprops)/|vbaproject|macrosheets|(^|/)connections\.xml$"
)
"""Parts that reach outside, or run."""
FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?f[\s>/]")
TIE = re.compile(rb"(?i)<(?:\w+:)?relationship\s[^>]*>")
EXTERNAL = re.compile(rb"(?i)targetmode\s*=\s*[\"']external")
DECLARED = re.compile(rb"(?i)<!(doctype|entity)")


def guarded(path: Path) -> io.BytesIO:
    """The workbook, made again of its checked parts. Raises :class:`TocsinError`."""
    checked = io.BytesIO()
    try:
        with zipfile.ZipFile(path) as given, zipfile.ZipFile(checked, "w", zipfile.ZIP_STORED) as kept:
            parts = [part for part in given.infolist() if not part.is_dir()]
            require_size(len(parts), MOST_PARTS, str(path), _("this workbook holds too many parts"))
            if len({part.filename for part in parts}) < len(parts):
                raise zipfile.BadZipFile(_("two parts have one name"))
            left = MOST_BYTES
            for part in parts:
                _require_harmless(part.filename, path)
                with given.open(part) as stream:
                    data = stream.read(left + 1)
                require_size(len(data), left, str(path), _("this workbook unfolds into more than a register holds"))
                left -= len(data)
                _require_values(part.filename, data, path)
                kept.writestr(part.filename, data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise TocsinError(
            "register-unreadable", _("this is no workbook that can be opened ({error})").format(error=error),
            where=str(path), why=_("a damaged workbook may hold part of a register only"),
            remedy=_("save it again as .xlsx, without a password"),
        ) from error  # fmt: skip
    checked.seek(0)
    return checked


def _require_harmless(name: str, path: Path) -> None:
    if FORBIDDEN.search(name):
        raise _refusal(path, _("it reaches outside itself, or runs something ({part})").format(part=name))


def _require_values(name: str, data: bytes, path: Path) -> None:
    if not name.endswith((".xml", ".rels")):
        return
    if DECLARED.search(data):
        raise _refusal(path, _("it declares what no workbook declares ({part})").format(part=name))
    if name.endswith(".rels") and any(EXTERNAL.search(tie) and b"/hyperlink" not in tie for tie in TIE.findall(data)):
        raise _refusal(path, _("it reaches outside itself, or runs something ({part})").format(part=name))
    if "/worksheets/" in f"/{name}" and FORMULA.search(data):
        raise _refusal(path, _("it holds formulas: what they show depends on who opens it ({part})").format(part=name))


def _refusal(path: Path, what: str) -> TocsinError:
    return TocsinError(
        "workbook-refused", what, where=str(path),
        why=_("a register that is imported must hold values, and nothing else"),
        remedy=_("copy its cells as values into a new workbook, or save the sheet as CSV"),
    )  # fmt: skip
