"""Bytes of a register file as valid UTF-8, whatever it was compressed and encoded with; memory does not grow.

``auto`` follows a byte-order mark, else recognises UTF-16 by its zeros, else reads UTF-8 in which any byte that is not
is taken as windows-1252: files joined from two systems mix both. iso-8859-15 cannot be told from windows-1252 by
looking, so it must be declared.

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     file = Path(folder) / "r.csv"
...     _ = file.write_bytes("é;".encode() + "é".encode("cp1252"))
...     text = TextSource(file, "auto")
...     b"".join(text.chunks()).decode(), text.foreign_bytes
('é;é', 1)
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pyarrow as pa

from tocsin.errors import TocsinError
from tocsin.language import _

CHUNK = 1 << 20
"""Bytes read at once: small, so that a stray quote makes but one piece slow to cut, and that pieces stay in cache."""
LONGEST_LINE = 16 << 20
ENCODINGS = {
    "auto": "auto", "utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8", "ascii": "utf-8",
    "windows-1252": "cp1252", "cp1252": "cp1252", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252",
    "iso-8859-15": "iso8859-15", "latin-9": "iso8859-15", "latin9": "iso8859-15",
    "utf-16": "utf-16", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}  # fmt: skip
"""iso-8859-1 is read as windows-1252, as browsers do: the difference is control characters that no register holds."""


def _take_as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    piece = error.object[error.start : error.end]
    # five bytes are undefined in windows-1252: latin-1 keeps them apart instead of losing them
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in piece), error.end


codecs.register_error("tocsin-windows-1252", _take_as_windows_1252)


class TextSource:
    """One file. ``foreign_bytes`` counts, once read, the bytes that its encoding does not explain."""

    def __init__(self, path: Path, encoding: str, progress: Callable[[int], None] | None = None) -> None:
        self.path = path
        self.foreign_bytes = 0
        self._progress = progress
        name = ENCODINGS.get(encoding.strip().lower().replace("_", "-"))
        if name is None:
            raise TocsinError(
                "register-encoding",
                _("the encoding {encoding} is not known").format(encoding=repr(encoding)),
                where=str(path),
                remedy=_("declare one of: {names}").format(names="auto, utf-8, windows-1252, iso-8859-15, utf-16"),
            )
        self._encoding = name

    def chunks(self) -> Iterator[bytes]:
        """The text, as pieces of valid UTF-8 cut between characters."""
        try:
            with self.path.open("rb") as raw:
                pieces = self._pieces(raw)
                first = next(pieces, b"")
                if first[:4] == b"PAR1":
                    raise TocsinError(
                        "register-format",
                        _("this file is Parquet, not CSV"),
                        where=str(self.path),
                        remedy=_('declare format = "parquet" for this register in case.toml'),
                    )
                name = _recognise(first) if self._encoding == "auto" else self._encoding
                yield from self._decode(name, first, pieces)
        except (OSError, pa.ArrowException, zlib.error) as error:
            raise TocsinError(
                "register-unreadable",
                _("the file cannot be read to its end: {error}").format(error=str(error).splitlines()[0][:200]),
                where=str(self.path),
                why=_("people in the part that is missing would not be counted"),
                remedy=_("ask its sender for the file again, and compare sizes and digests"),
            ) from error

    def _pieces(self, raw: IO[bytes]) -> Iterator[bytes]:
        head = raw.read(4)
        raw.seek(0)
        compression = "gzip" if head[:2] == b"\x1f\x8b" else "zstd" if head == b"\x28\xb5\x2f\xfd" else None
        stream = pa.CompressedInputStream(pa.PythonFile(raw, "r"), compression) if compression else raw
        seen = 0
        while piece := stream.read(CHUNK):
            if self._progress is not None:
                self._progress(raw.tell() - seen)
                seen = raw.tell()
            yield piece

    def _decode(self, name: str, first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
        if name in ("auto", "utf-8"):
            yield from self._decode_utf8(first.removeprefix(codecs.BOM_UTF8), pieces, lenient=self._encoding == "auto")
            return
        if name == "utf-16":  # without its mark, Windows's order is the likelier
            name = "utf-16-be" if first.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
        decoder = codecs.getincrementaldecoder(name)(errors="replace")
        piece: bytes | None = first
        while piece is not None:
            following = next(pieces, None)
            text = decoder.decode(piece, final=following is None)
            self.foreign_bytes += text.count("\ufffd")
            yield text.removeprefix("\ufeff").encode() if piece is first else text.encode()
            piece = following

    def _decode_utf8(self, first: bytes, pieces: Iterator[bytes], *, lenient: bool) -> Iterator[bytes]:
        piece: bytes | None = first
        carried = b""
        while piece is not None:
            following = next(pieces, None)
            data = carried + piece
            whole = len(data) - (_length_of_cut_character(data) if following is not None else 0)
            carried = data[whole:]
            yield self._repair(data[:whole], lenient=lenient)
            piece = following

    def _repair(self, data: bytes, *, lenient: bool) -> bytes:
        try:
            data.decode()
        except UnicodeDecodeError:
            self.foreign_bytes += len(data) - len(data.decode(errors="ignore").encode())
            return data.decode(errors="tocsin-windows-1252" if lenient else "replace").encode()
        return data


def _length_of_cut_character(data: bytes) -> int:
    """How many of the last bytes begin a UTF-8 character that goes on in the next piece."""
    for back in range(1, min(3, len(data)) + 1):
        byte = data[-back]
        if byte < 0x80 or byte >= 0xC0:
            needed = 4 if byte >= 0xF0 else 3 if byte >= 0xE0 else 2 if byte >= 0xC0 else 1
            return back if needed > back else 0
    return 0


def _recognise(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:65536]
    if len(sample) >= 4:
        even, odd = sample[::2].count(0) / (len(sample) / 2), sample[1::2].count(0) / (len(sample) / 2)
        if odd > 0.6 and even < 0.1:
            return "utf-16-le"
        if even > 0.6 and odd < 0.1:
            return "utf-16-be"
    return "utf-8"
