"""The bytes inside a log file, whatever compresses it, never more than promised and never less than can be saved.

The kind is read from the first bytes, not from the name. A stream that stops early, or is damaged, gives every byte
before that point and says so; one that swells absurdly is refused before it fills the machine (gzip: RFC 1952,
zstd: RFC 8878).

>>> import gzip, tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder) / "a.log"
...     _written = path.write_bytes(gzip.compress(b"one" + bytes([10])) + gzip.compress(b"two"))
...     source = Source(path)
...     b"".join(source.pieces()), source.truncated
(b'one\\ntwo', False)
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import zstandard

from tocsin.errors import TocsinError
from tocsin.language import _

PIECE = 4 * 1024 * 1024
"""Decompressed bytes given at a time: the allocator uses the same memory again, and caches hold some of it."""
COMPRESSED_PIECE = 256 * 1024
ZSTD_PIECE = 2 * 1024
"""Fed to zstd at a time: 2 KiB swell to 64 MiB at most (blocks of 3 bytes standing for 128 KiB)."""
RATIO_LIMIT = 2000
RATIO_COUNTS_FROM = 1024 * 1024 * 1024
"""A ratio is absurd only on a stream large enough to hurt; honest logs reach 50, rarely 200."""

GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
OTHERS = {
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"PK\x03\x04": "zip",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"\x04\x22\x4d\x18": "lz4",
    b"PAR1": "Parquet",
}


class Source:
    """The decompressed bytes of one file; the counters are those of what was given so far."""

    def __init__(self, path: Path, max_bytes: int = 200_000_000_000) -> None:
        self.path = path
        self.max_bytes = max_bytes
        self.bytes_read = 0
        """Decompressed."""
        self.bytes_consumed = 0
        """Of the file as it stands on disk."""
        self.truncated = False
        """The compressed stream ended, or broke, before its end."""

    def pieces(self) -> Iterator[bytes]:
        """The bytes, in pieces of about 4 MiB."""
        try:
            with self.path.open("rb") as file:
                head = file.read(16)
                file.seek(0)
                for piece in _pieces_of(self._opened(head, file)):
                    self.bytes_read += len(piece)
                    self._check_size()
                    yield piece
                self.bytes_consumed = file.tell()
        except OSError as error:
            raise TocsinError(
                "unreadable-file",
                _("this file cannot be read: {error}").format(error=error.strerror or error),
                where=str(self.path),
                why=_("its lines would be missing from every figure"),
                remedy=_("check that the file is there and that you may read it, then run again"),
            ) from error

    def _opened(self, head: bytes, file: BinaryIO) -> Iterator[bytes]:
        for magic, name in OTHERS.items():
            if head.startswith(magic):
                raise TocsinError(
                    "unsupported-compression",
                    _("this file is in the format {name}, which is not read as text").format(name=name),
                    where=str(self.path),
                    why=_("its lines would be missing from every figure"),
                    remedy=_("convert it to gzip, zstd or plain text, keep the original, and seal both"),
                )
        if head.startswith(GZIP):
            return self._gzip(file)
        if head.startswith(ZSTD) or (head[1:4] == b"\x2a\x4d\x18" and 0x50 <= head[0] <= 0x5F):
            return self._zstd(file)
        return self._plain(file)

    def _plain(self, file: BinaryIO) -> Iterator[bytes]:
        while piece := file.read(PIECE):
            self.bytes_consumed += len(piece)
            yield piece

    def _gzip(self, file: BinaryIO) -> Iterator[bytes]:
        member = zlib.decompressobj(wbits=31)
        inside = True
        while data := file.read(COMPRESSED_PIECE):
            self.bytes_consumed += len(data)
            while data:
                if not inside:
                    data = data.lstrip(b"\0")  # padding of tapes and block copies
                    if not data:
                        break
                    member, inside = zlib.decompressobj(wbits=31), True
                before = member.copy()
                try:
                    yield member.decompress(data, PIECE)
                except zlib.error:
                    yield from _bytes_before_damage(before, data)
                    self.truncated = True
                    return
                data = member.unconsumed_tail
                if member.eof:
                    data, inside = member.unused_data, False
        self.truncated = inside

    def _zstd(self, file: BinaryIO) -> Iterator[bytes]:
        factory = zstandard.ZstdDecompressor()
        frame = factory.decompressobj()
        inside = False
        while data := file.read(ZSTD_PIECE):
            self.bytes_consumed += len(data)
            while data:
                if not inside:
                    frame, inside = factory.decompressobj(), True
                try:
                    yield frame.decompress(data)
                except zstandard.ZstdError as error:
                    self._check_zstd_window(error)
                    self.truncated = True
                    return
                data = b""
                if frame.eof:
                    data, inside = frame.unused_data, False
        self.truncated = inside

    def _check_zstd_window(self, error: zstandard.ZstdError) -> None:
        if "memory" in str(error):
            raise TocsinError(
                "unsupported-compression",
                _("this zstd stream needs a window of more than 128 MiB"),
                where=str(self.path),
                why=_("its lines would be missing from every figure"),
                remedy=_("rewrite it with: zstd -d --long=31 FILE, then compress it again without --long"),
            ) from error

    def _check_size(self) -> None:
        what = ""
        if self.bytes_read > self.max_bytes:
            what = _("this file holds more than {limit} bytes once decompressed").format(limit=self.max_bytes)
        elif self.bytes_read > RATIO_COUNTS_FROM and self.bytes_read > RATIO_LIMIT * max(self.bytes_consumed, 1):
            what = _("this file swells more than {ratio} times").format(ratio=RATIO_LIMIT)
        if what:
            raise TocsinError(
                "decompression-bomb",
                what,
                where=str(self.path),
                why=_("a file made to swell can fill the disk and stop the whole analysis"),
                remedy=_("if its sender vouches for that size, raise max_bytes of its [[log]] in case.toml, or"
                         " decompress it yourself if only its ratio is refused"),
            )  # fmt: skip


def _bytes_before_damage(member: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """What ``data`` held before its first damaged byte: fed byte by byte, since a failing call gives nothing."""
    saved = bytearray()
    for position in range(len(data)):
        try:
            saved += member.decompress(data[position : position + 1])
        except zlib.error:
            break
    yield bytes(saved)


def _pieces_of(stream: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, in pieces of at least ``PIECE``; those gathered when ``stream`` fails are lost with it."""
    held: list[bytes] = []
    size = 0
    for data in stream:
        held.append(data)
        size += len(data)
        if size >= PIECE:
            yield b"".join(held)
            held, size = [], 0
    if size:
        yield b"".join(held)
