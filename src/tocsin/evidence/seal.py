"""The manifest (bordereau): every file received, with its SHA-256, size, time and who sealed it.

A file is sealed once, and its bytes are compared with the seal before each run: a changed byte stops the run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tocsin.errors import TocsinError
from tocsin.evidence import chain
from tocsin.evidence.case.load import CaseFolder
from tocsin.language import _

CHUNK = 1 << 22


@dataclass(frozen=True)
class EvidenceItem:
    """One file received."""

    evidence_id: int
    path: str
    """Relative to the case folder, with ``/``."""
    sha256: str
    bytes: int
    role: str
    """``log``, ``register`` or ``journal``."""
    source: str
    """The ``id`` of its ``[[log]]`` or ``[[register]]``."""
    sealed_at: str
    sealed_by: str
    same_as: int | None = None
    """An earlier item of the same source with the same bytes: a re-delivery, not read again."""


def declared_files(folder: CaseFolder) -> Iterator[tuple[str, str, str]]:
    """(role, source, relative path) of every file that ``case.toml`` points to, in its order.

    Raises :class:`TocsinError` when a pattern leaves the case folder, or a register has no file.
    """
    case = folder.case
    wanted = [("register", n, item.id, pattern) for n, item in enumerate(case.register_) for pattern in item.files]
    wanted += [("journal", n, item.id, pattern) for n, item in enumerate(case.register_) for pattern in item.journal]
    wanted += [("log", n, item.id, pattern) for n, item in enumerate(case.log) for pattern in item.files]
    seen: dict[str, str] = {}
    for role, n, source, pattern in wanted:
        key = ("register", n, "journal") if role == "journal" else (role, n, "files")
        if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
            raise TocsinError(
                "path-outside-case",
                _("{pattern!r} of {role} {source!r} leaves the case folder").format(
                    pattern=pattern, role=role, source=source
                ),
                where=folder.place(*key),
                why=_("a case is one folder, so that it can be sealed, moved and verified whole"),
                remedy=_("copy the files below the case folder"),
            )
        found = sorted(path for path in folder.path.glob(pattern) if path.is_file())
        if not found and role != "log":
            raise TocsinError(
                "register-without-file",
                _("no file matches {pattern!r} of register {source!r}").format(pattern=pattern, source=source),
                where=folder.place(*key),
                why=_("without its register nobody can be named"),
                remedy=_("put the file there, or correct the pattern"),
            )
        for path in found:
            relative = path.relative_to(folder.path).as_posix()
            if seen.setdefault(relative, source) != source:
                raise TocsinError(
                    "file-claimed-twice",
                    _("this file belongs to {one!r} and to {other!r}").format(one=seen[relative], other=source),
                    where=relative,
                    why=_("its lines would be counted twice"),
                    remedy=_("narrow one of the two patterns"),
                )
            yield role, source, relative


def sealed_items(folder: CaseFolder) -> list[EvidenceItem]:
    """The items of the manifest."""
    entries = chain.read(folder.manifest)
    return [EvidenceItem(**{**entry.body, "sealed_at": entry.at}) for entry in entries if entry.kind == "sealed"]


def seal_new_files(
    folder: CaseFolder, *, who: str, progress: Callable[[int], None] | None = None
) -> list[EvidenceItem]:
    """Seal every declared file that is not in the manifest yet; return the new items."""
    known = sealed_items(folder)
    paths = {item.path for item in known}
    fresh: list[EvidenceItem] = []
    for role, source, relative in declared_files(folder):
        if relative in paths:
            continue
        paths.add(relative)
        digest, size = digest_file(folder.path / relative, progress)
        twin = next((item for item in known + fresh if item.sha256 == digest and item.source == source), None)
        now = len(known) + len(fresh) + 1
        body: dict[str, Any] = {
            "evidence_id": now,
            "path": relative,
            "sha256": digest,
            "bytes": size,
            "role": role,
            "source": source,
            "same_as": twin.evidence_id if twin else None,
            "sealed_by": who,
            "sealed_at": "",
        }
        entry = chain.append(folder.manifest, who=who, kind="sealed", body=body)
        fresh.append(EvidenceItem(**{**body, "sealed_at": entry.at}))
    return fresh


def verify_seals(folder: CaseFolder, *, progress: Callable[[int], None] | None = None) -> list[EvidenceItem]:
    """Compare every sealed file with its seal; return the items that the case still declares.

    Raises :class:`TocsinError` ``seal-broken``, ``evidence-missing`` or ``evidence-unsealed``.
    """
    declared = list(declared_files(folder))
    wanted = {relative: (role, source) for role, source, relative in declared}
    items = sealed_items(folder)
    for item in items:
        path = folder.path / item.path
        if not path.is_file():
            raise TocsinError(
                "evidence-missing",
                _("this sealed file is gone"),
                where=item.path,
                why=_("findings could not be reproduced"),
                remedy=_("restore it from the copy you keep of what was received"),
            )
        digest, size = digest_file(path, progress)
        if digest != item.sha256:
            raise TocsinError(
                "seal-broken",
                _("its bytes are not those sealed on {at} by {who} ({was} bytes then, {now} now)").format(
                    at=item.sealed_at or "?", who=item.sealed_by, was=item.bytes, now=size
                ),
                where=item.path,
                why=_("findings must rest on the bytes received"),
                remedy=_("restore the file; a corrected delivery is a new file with another name"),
            )
    sealed = {item.path for item in items}
    for relative in wanted:
        if relative not in sealed:
            raise TocsinError(
                "evidence-unsealed",
                _("this file was never sealed"),
                where=relative,
                why=_("an unsealed file proves nothing"),
                remedy=_("run `tocsin seal`"),
            )
    order = {relative: rank for rank, (_role, _source, relative) in enumerate(declared)}
    return sorted((item for item in items if item.path in order), key=lambda item: order[item.path])


def digest_file(path: Path, progress: Callable[[int], None] | None = None) -> tuple[str, int]:
    """(SHA-256, size in bytes) of a file. Raises :class:`TocsinError` ``unreadable-file``."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if progress:
                    progress(len(chunk))
    except OSError as error:
        raise TocsinError(
            "unreadable-file",
            _("this file cannot be read to its end ({error})").format(error=error.strerror),
            where=str(path),
            why=_("a part of the evidence would be missing without anybody knowing"),
            remedy=_("check the disk and the rights of the file"),
        ) from error
    return digest.hexdigest(), size
