"""Drafts: the documents of one filing before anybody answers for them, made again at will."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tocsin.notices.document import Document
from tocsin.notices.filings.ledger import digest_of
from tocsin.notices.filings.series import DRAFT, FOLDER, Series
from tocsin.notices.situation import RestsOn

SUMMARY = "draft.json"


@dataclass(frozen=True)
class Made:
    """What one kind of notice makes: documents by name, and the data behind them."""

    series: Series
    phase: str
    addressee: str
    documents: Mapping[str, Document]
    data: Mapping[str, Any]
    lacking: tuple[str, ...]
    changes: tuple[str, ...] = ()
    due: datetime | None = None


@dataclass(frozen=True)
class Draft:
    """A draft on disk."""

    series: Series
    phase: str
    addressee: str
    as_of: datetime
    due: datetime | None
    rests_on: RestsOn
    lacking: tuple[str, ...]
    changes: tuple[str, ...]
    files: Mapping[str, str]


def write_draft(case: Path, made: Made, files: Mapping[str, bytes], rests_on: RestsOn, as_of: datetime) -> Draft:
    """Put the files of a draft in place of those of the one before."""
    place = made.series.place(case) / DRAFT
    shutil.rmtree(place, ignore_errors=True)
    (case / FOLDER).mkdir(mode=0o700, exist_ok=True)
    place.mkdir(parents=True)
    for name, content in files.items():
        (place / name).write_bytes(content)
    draft = Draft(
        made.series, made.phase, made.addressee, as_of, made.due, rests_on, made.lacking, made.changes,
        {name: digest_of(content) for name, content in files.items()},
    )  # fmt: skip
    (place / SUMMARY).write_text(as_line(asdict(draft)), "utf-8")
    return draft


def read_draft(case: Path, series: Series) -> Draft | None:
    """The draft of a series, when there is one."""
    path = series.place(case) / DRAFT / SUMMARY
    if not path.exists():
        return None
    found = json.loads(path.read_text("utf-8"))
    return Draft(
        Series(**found["series"]), found["phase"], found["addressee"], datetime.fromisoformat(found["as_of"]),
        datetime.fromisoformat(found["due"]) if found["due"] else None, RestsOn(**found["rests_on"]),
        tuple(found["lacking"]), tuple(found["changes"]), found["files"],
    )  # fmt: skip


def drafts_of(case: Path) -> list[Draft]:
    """Every draft of a case."""
    found = []
    for path in sorted(case.glob(f"{FOLDER}/*/*/{DRAFT}/{SUMMARY}")):
        series = Series(**json.loads(path.read_text("utf-8"))["series"])
        draft = read_draft(case, series)
        found += [draft] if draft else []
    return found


def remove_draft(case: Path, series: Series) -> None:
    """A draft that has nothing more to say is no draft."""
    shutil.rmtree(series.place(case) / DRAFT, ignore_errors=True)


def as_line(value: object) -> str:
    """JSON with the same bytes for the same content."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=_plain) + "\n"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
