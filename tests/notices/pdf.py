"""Reading a PDF back, with another program than the one that wrote it."""

from __future__ import annotations

import re
import unicodedata

import pypdfium2


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, its line ends as spaces."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def text_of(pdf: bytes) -> str:
    """The text of all pages, on one line."""
    return squeezed("\n".join(pages_of(pdf)))


def squeezed(text: str) -> str:
    """Without any space: a line may end anywhere, and spaces of several widths are one to the eye."""
    text = re.sub("[\ufffe\x02]", "-", text)  # a hyphen at the end of a line, as this reader gives it
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))
