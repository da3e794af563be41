"""What was frozen and received, read from ``acts.jsonl`` and held against the bytes on disk.

A changed, added or missing byte is refused: a filing that could have been rewritten proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from tocsin.errors import TocsinError
from tocsin.evidence import chain
from tocsin.language import _
from tocsin.law.facts import Notice
from tocsin.law.notices import TO_SEVERAL
from tocsin.notices.filings.series import FOLDER, Series
from tocsin.notices.situation import RestsOn

ACTS = "acts.jsonl"
FROZEN, RECEIVED = "filing_frozen", "receipt"


@dataclass(frozen=True)
class Receipt:
    """What the addressee answered."""

    received_at: datetime
    sent_at: datetime | None
    number: str
    file: str
    sha256: str

    @property
    def words(self) -> str:
        """Where the proof is: a number, a file, or both."""
        return ", ".join(filter(None, (self.number, self.file)))


@dataclass(frozen=True)
class Frozen:
    """One filing, as it was frozen."""

    series: Series
    n: int
    phase: str
    at: str
    by: str
    reason: str
    folder: str
    files: Mapping[str, str]
    rests_on: RestsOn
    addressee: str = ""
    dpo_opinion: str = ""
    receipt: Receipt | None = None

    def place(self, case: Path) -> Path:
        """Its folder on disk."""
        return case / FOLDER / self.folder


def read_filings(case: Path) -> list[Frozen]:
    """Every frozen filing of a case, checked. Raises ``chain-broken``, ``filing-changed``."""
    found: dict[str, Frozen] = {}
    for entry in chain.read(case / ACTS):
        body = entry.body
        if entry.kind == FROZEN:
            found[body["folder"]] = Frozen(
                Series(**body["series"]), body["n"], body["phase"], entry.at, entry.who, body["reason"], body["folder"],
                body["files"], RestsOn(**body["rests_on"]), body["addressee"], body["dpo_opinion"],
            )  # fmt: skip
        elif entry.kind == RECEIVED:
            found[body["folder"]] = replace(found[body["folder"]], receipt=_receipt(body))
    for filing in found.values():
        _verify(case, filing)
    return list(found.values())


def filings_of(case: Path, series: Series) -> list[Frozen]:
    """The frozen filings of one series, in order."""
    return [item for item in read_filings(case) if item.series == series]


def notices_of_acts(case: Path) -> tuple[Notice, ...]:
    """The receipts as the law reads notices: only a receipt closes a duty, never a document being frozen."""
    return tuple(
        Notice(
            duty=_duty_of(item), by=item.series.party, about=item.series.about,
            to=item.series.to if item.series.kind in TO_SEVERAL else "", sent_at=item.receipt.sent_at,
            received_at=item.receipt.received_at, receipt=item.receipt.words, is_complete=item.phase == "complete",
        )
        for item in read_filings(case) if item.receipt
    )  # fmt: skip


def _duty_of(filing: Frozen) -> str:
    """A follow-up of a notification answers Article 33(4), not 33(1) once more."""
    is_follow_up = filing.n > 1 or filing.phase in ("supplementary", "withdrawal")
    is_to_the_authority = filing.series.kind == "authority_notification"
    return "supplementary_notification" if is_to_the_authority and is_follow_up else filing.series.kind


def _receipt(body: Mapping[str, str]) -> Receipt:
    sent = body.get("sent_at")
    return Receipt(
        datetime.fromisoformat(body["received_at"]), datetime.fromisoformat(sent) if sent else None,
        body.get("number", ""), body.get("file", ""), body.get("sha256", ""),
    )  # fmt: skip


def _verify(case: Path, filing: Frozen) -> None:
    expected = dict(filing.files)
    if filing.receipt and filing.receipt.file:
        expected[filing.receipt.file] = filing.receipt.sha256
    place = filing.place(case)
    there = {path.relative_to(place).as_posix(): path for path in place.rglob("*") if path.is_file()}
    if filing.receipt is None:  # the file of a receipt whose recording was interrupted
        there = {name: path for name, path in there.items() if name in expected or not name.startswith("receipt-")}
    for name in sorted({*expected, *there}):
        path = there.get(name)
        if path is None or expected.get(name) != digest_of(path.read_bytes()):
            raise TocsinError(
                "filing-changed", _("this file is not the one that was frozen"), where=str(place / name),
                why=_("what left could no longer be proved"),
                remedy=_("restore the folder of this filing from a copy; to correct a filing, prepare the next one"),
            )  # fmt: skip


def digest_of(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return sha256(content).hexdigest()
