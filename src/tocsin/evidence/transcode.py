"""Bytes of a log as UTF-8, with a way back to the original bytes.

Logs mix encodings: a portal in UTF-8 logs what an old browser sent in Windows-1252. Bytes that are not UTF-8 are read
one by one as Windows-1252, and counted. Every offset of the original has its place in the text, so that a line cut in
the original bytes can be cut in the text as well.

>>> block = transcode("Zoé".encode() + bytes([0xE9, 33]), "utf-8")
>>> bytes(block.text).decode(), block.place(np.array([4, 5])).tolist(), block.guessed.tolist()
('Zoéé!', [4, 6], [4])
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.errors import TocsinError
from tocsin.language import _

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

NONE: Ints = np.empty(0, np.int64)
SINGLE_BYTE = {"windows-1252": "cp1252", "iso-8859-15": "iso8859-15"}
WIDE = {"utf-16-le": "<u2", "utf-16-be": ">u2"}
KNOWN = ("auto", "utf-8", "windows-1252", "iso-8859-15", "utf-16", *WIDE)


def _table_of(codec: str) -> str:
    """The 256 characters of a one-byte encoding; the few bytes it leaves undefined are read as control characters."""
    characters = []
    for value in range(256):
        try:
            characters.append(bytes([value]).decode(codec))
        except UnicodeDecodeError:
            characters.append(chr(value))
    return "".join(characters)


TABLES = {name: _table_of(codec) for name, codec in SINGLE_BYTE.items()}
LENGTHS = {name: np.array([len(character.encode()) for character in table], np.uint8) for name, table in TABLES.items()}


@dataclass(frozen=True)
class Transcoded:
    """A block of bytes as UTF-8."""

    text: bytes | memoryview
    steps: Ints
    """Original offsets after which the text runs ahead, sorted."""
    ahead: Ints
    """By how many bytes it runs ahead after each, in all; as long as ``steps``."""
    guessed: Ints
    """Original offsets of the bytes that were not UTF-8."""

    def place(self, offsets: Ints) -> Ints:
        """Where original offsets stand in the text."""
        if not len(self.steps):
            return offsets
        rank = np.searchsorted(self.steps, offsets, side="left")
        return offsets + np.concatenate((np.zeros(1, np.int64), self.ahead))[rank]


def encoding_of(declared: str, head: bytes, where: str = "") -> tuple[str, int]:
    """The encoding to use for a file that opens with ``head``, and the length of its byte-order mark."""
    name = declared.lower().replace("_", "-")
    name = {"utf8": "utf-8", "cp1252": "windows-1252", "utf16": "utf-16", "utf-8-sig": "utf-8"}.get(name, name)
    if name not in KNOWN:
        raise TocsinError(
            "unknown-encoding",
            _("the encoding {name!r} is not one that can be read").format(name=declared),
            where=where,
            why=_("names read in the wrong encoding no longer match the registers"),
            remedy=_("write one of {names} for encoding in case.toml").format(names=", ".join(KNOWN)),
        )
    if head.startswith(codecs.BOM_UTF8) and name in ("auto", "utf-8"):
        return "utf-8", 3
    if name in ("auto", "utf-16", "utf-16-le") and head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le", 2
    if name in ("auto", "utf-16", "utf-16-be") and head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be", 2
    return {"auto": "utf-8", "utf-16": "utf-16-le"}.get(name, name), 0


def units_of(data: bytes | memoryview, encoding: str) -> Bytes:
    """One byte per code unit: the byte itself, or for UTF-16 its ASCII character (255 for any other)."""
    if encoding not in WIDE:
        return np.frombuffer(data, np.uint8)
    units = np.frombuffer(data, WIDE[encoding], count=len(data) // 2)
    return np.where(units < 128, units, 255).astype(np.uint8)


def width_of(encoding: str) -> int:
    """Bytes of a code unit."""
    return 2 if encoding in WIDE else 1


def transcode(data: bytes | memoryview, encoding: str) -> Transcoded:
    """``data`` as UTF-8; it never fails."""
    if encoding in WIDE:
        return _from_utf_16(data, encoding)
    if encoding in TABLES:
        return _from_table(bytes(data), encoding)
    if is_utf_8(data):
        return Transcoded(data, NONE, NONE, NONE)
    return _from_mixture(bytes(data))


def is_utf_8(data: bytes | memoryview) -> bool:
    """Whether ``data`` is valid UTF-8."""
    size = pa.py_buffer(np.array([0, len(data)], np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, size, pa.py_buffer(data)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _from_mixture(data: bytes) -> Transcoded:
    table = TABLES["windows-1252"]
    found: list[int] = []

    def guess(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        found.extend(range(error.start, error.end))
        return "".join(table[data[at]] for at in range(error.start, error.end)), error.end

    codecs.register_error("tocsin-guess", guess)
    text = data.decode("utf-8", "tocsin-guess").encode()
    guessed = np.array(found, np.int64)
    extra = LENGTHS["windows-1252"][np.frombuffer(data, np.uint8)[guessed]].astype(np.int64) - 1
    return Transcoded(text, guessed, np.cumsum(extra), guessed)


def _from_table(data: bytes, encoding: str) -> Transcoded:
    text, _length = codecs.charmap_decode(data, "strict", TABLES[encoding])
    steps = np.flatnonzero(np.frombuffer(data, np.uint8) > 127)
    extra = LENGTHS[encoding][np.frombuffer(data, np.uint8)[steps]].astype(np.int64) - 1
    return Transcoded(text.encode(), steps, np.cumsum(extra), NONE)


def _from_utf_16(data: bytes | memoryview, encoding: str) -> Transcoded:
    units: npt.NDArray[Any] = np.frombuffer(data, WIDE[encoding], count=len(data) // 2).astype(np.uint16)
    high, low = (units & 0xFC00) == 0xD800, (units & 0xFC00) == 0xDC00
    paired = np.zeros(len(units), np.bool_)
    paired[:-1] = high[:-1] & low[1:]
    paired[1:] |= paired[:-1] & low[1:]
    units[(high | low) & ~paired] = 0xFFFD
    length = np.where(units < 0x80, 1, np.where((units < 0x800) | paired, 2, 3))
    text = units.astype("<u2").tobytes().decode("utf-16-le").encode()
    # two original bytes for each unit: the text runs ahead by length - 2 after the second one
    return Transcoded(text, np.arange(len(units), dtype=np.int64) * 2 + 1, np.cumsum(length - 2), NONE)
