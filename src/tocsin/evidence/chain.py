"""Append-only files in which each line holds the digest of the one before: nobody rewrites the past unseen.

One line is one JSON object with ``n``, ``at``, ``who``, ``kind``, ``body``, ``previous`` and ``digest``; the digest
is the SHA-256 of the line's canonical JSON (sorted keys, no spaces) without ``digest`` itself.

>>> import tempfile, pathlib
>>> path = pathlib.Path(tempfile.mkdtemp()) / "decisions.jsonl"
>>> first = append(path, who="A. Martin", kind="note", body={"text": "the clock of node a2 was slow"})
>>> [entry.n for entry in read(path)]
[1]
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tocsin.errors import TocsinError
from tocsin.language import _

GENESIS = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One line of a chained file."""

    n: int
    at: str
    who: str
    kind: str
    body: Mapping[str, Any]
    previous: str
    digest: str


def digest_of(parts: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of an entry without its ``digest``."""
    kept = {key: value for key, value in parts.items() if key != "digest"}
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read(path: Path) -> list[Entry]:
    """The entries of ``path``, checked one against the other; none when there is no file.

    Raises :class:`TocsinError` ``chain-broken`` when a line was changed, removed or moved.
    """
    if not path.exists():
        return []
    entries: list[Entry] = []
    previous = GENESIS
    for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
        try:
            entry = Entry(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise _broken(path, number, _("this line is not an entry")) from error
        if entry.previous != previous or entry.n != number:
            raise _broken(path, number, _("a line before this one was removed, added or changed"))
        if digest_of(asdict(entry)) != entry.digest:
            raise _broken(path, number, _("this line was changed after it was written"))
        previous = entry.digest
        entries.append(entry)
    return entries


def append(path: Path, *, who: str, kind: str, body: Mapping[str, Any]) -> Entry:
    """Add one entry, durably, while nobody else writes; return it."""
    return extend(path, who=who, kind=kind, bodies=[body])[0]


def extend(path: Path, *, who: str, kind: str, bodies: Sequence[Mapping[str, Any]]) -> list[Entry]:
    """Add entries in one write, durably, while nobody else writes; return them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    added: list[Entry] = []
    with path.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        entries = read(path)
        number, previous = len(entries), entries[-1].digest if entries else GENESIS
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        for body in bodies:
            number += 1
            parts: dict[str, Any] = {
                "n": number, "at": now, "who": who, "kind": kind, "body": dict(body), "previous": previous,
            }  # fmt: skip
            parts["digest"] = previous = digest_of(parts)
            added.append(Entry(**parts))
        file.write("".join(json.dumps(asdict(entry), sort_keys=True, ensure_ascii=False) + "\n" for entry in added))
        file.flush()
        os.fsync(file.fileno())
    return added


def _broken(path: Path, number: int, what: str) -> TocsinError:
    return TocsinError(
        "chain-broken",
        what,
        where=f"{path}:{number}",
        why=_("what was decided could no longer be proved"),
        remedy=_("restore this file from a copy; never edit it by hand, add a new entry instead"),
    )
