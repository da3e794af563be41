"""The header line of a CSV register: its names, and with them the separator and the kind of newline.

The separator ``auto`` is the one that makes most of the declared columns appear, so that a comma inside a name
does not mislead. A first line ``sep=;`` (spreadsheets write it) is obeyed.

>>> header = read_header(iter([b"ID;NOM, PRENOM\\n1;x\\n"]), "auto", ["ID"], where="r.csv")
>>> header.names, header.separator, header.rest, header.next_line
(('ID', 'NOM, PRENOM'), ';', b'1;x\\n', 2)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.errors import TocsinError
from tocsin.evidence.registers.records import cut_header
from tocsin.language import _

SEPARATORS = (",", ";", "\t", "|")
LONGEST_HEADER = 1 << 20


@dataclass(frozen=True)
class Header:
    names: tuple[str, ...]
    separator: str
    newline: str
    rest: bytes
    """Text read beyond the header."""
    next_line: int


def read_header(chunks: Iterator[bytes], separator: str, wanted: list[str], *, where: str) -> Header:
    """Read the first line that is not blank."""
    if separator != "auto" and (len(separator.encode()) != 1 or separator in '"\r\n'):
        raise TocsinError(
            "register-separator",
            _("the separator {separator} cannot be used").format(separator=repr(separator)),
            where=where,
            remedy=_("declare auto, or one ASCII character, as separator of this register in case.toml"),
        )
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) > LONGEST_HEADER:
            break
    sample = head[:65536]
    newline = "\r" if b"\r" in sample and b"\n" not in sample else "\n"
    line = 1
    while head.startswith((b"\n", b"\r\n", b"\r")):
        head = head[2:] if head.startswith(b"\r\n") and newline == "\n" else head[1:]
        line += 1
    if head[:4].lower() == b"sep=" and len(head) > 4 and separator == "auto":
        separator = head[4:5].decode("ascii", "ignore") or "auto"
        head, line = head[head.find(newline.encode()) + 1 :], line + 1
    sample = head[:LONGEST_HEADER]
    candidates = SEPARATORS if separator == "auto" else (separator,)
    tried = [(one, *cut_header(sample, separator=one, newline=ord(newline))) for one in candidates]
    used, fields, consumed, lines = max(tried, key=lambda t: (sum(name in _names(t[1]) for name in wanted), len(t[1])))
    return Header(_names(fields), used, newline, head[consumed:], line + lines)


def _names(fields: list[str]) -> tuple[str, ...]:
    return tuple(name.strip(" \t\r\n\ufeff\xa0") for name in fields)
