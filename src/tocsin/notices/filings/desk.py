"""What the makers of notices share: the situation in each language, and what was filed before.

A maker never asks the clock or the disk: everything that it may say is here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tocsin.errors import TocsinError
from tocsin.evidence.seal import EvidenceItem
from tocsin.language import _, current_language
from tocsin.law.facts import Notice
from tocsin.law.notices import TO_SEVERAL, notices_of
from tocsin.notices.filings.changes import Change, differences
from tocsin.notices.filings.ledger import Frozen
from tocsin.notices.filings.series import Series, allowed_phases
from tocsin.notices.notification.make import Phase, Stage
from tocsin.notices.preservation_letter import Wanted
from tocsin.notices.situation import Situation


@dataclass(frozen=True)
class Desk:
    """One preparation."""

    case: Path
    situations: Mapping[str, Situation]
    """By language: what the law says is said in words."""
    filings: Sequence[Frozen] = ()
    phase: Phase | None = None
    """The phase asked for; else the next one."""
    reason: str = ""
    wanted: Mapping[tuple[str, str], tuple[Wanted, ...]] = field(default_factory=dict)
    """By language and party: the traces that a run found missing or in danger."""
    sealed: Mapping[str, tuple[EvidenceItem, ...]] = field(default_factory=dict)
    """By party: the files of its logs that the case sealed."""

    @property
    def situation(self) -> Situation:
        """In the language of the reader."""
        return self.situations[current_language()]

    def earlier(self, series: Series) -> list[Frozen]:
        """The filings of a series that were frozen, in order."""
        return [item for item in self.filings if item.series == series]

    def stage(self, series: Series) -> Stage | None:
        """Where the next filing of a series stands; nothing follows a withdrawal."""
        earlier, sent = self.earlier(series), self.sent_by_hand(series)
        frozen = [item.phase for item in earlier] or (["initial"] if sent else [])
        allowed = allowed_phases(frozen)
        if self.phase and self.phase not in allowed:
            raise TocsinError(
                "wrong-phase",
                _("{phase} cannot follow {earlier}").format(
                    phase=self.phase, earlier=", ".join(frozen) or "–"
                ),
                where=str(series.folder), why=_("what leaves binds its author, and cannot be taken back"),
                remedy=_("use one of {words}").format(words=", ".join(allowed) or "–"),
            )  # fmt: skip
        if not allowed:
            return None
        number = next((item.receipt.number or item.receipt.words for item in earlier if item.receipt), "")
        told = self.reason if sent and not earlier else ""
        return Stage(
            self.phase or allowed[0], is_first=not frozen, earlier=number or (sent.receipt if sent else ""),
            changes=told, reason=self.reason,
        )  # fmt: skip

    def sent_by_hand(self, series: Series) -> Notice | None:
        """A notice that left as ``facts.toml`` says, though nothing was frozen here: what follows is not the first."""
        if self.earlier(series):
            return None
        found = [
            item for item in notices_of(self.situation.facts, series.kind, series.party)
            if (item.sent_at or item.received_at) and item.about == series.about
            and (item.to == series.to or series.kind not in TO_SEVERAL)
        ]  # fmt: skip
        return found[-1] if found else None

    def has_something_to_say(self, series: Series, changes: Sequence[Change]) -> bool:
        """Whether another filing is worth a draft: the first, one asked for, or one that says something else."""
        return bool(changes) or self.phase is not None or not self.earlier(series)

    def changes(self, series: Series, name: str, rows: Sequence[Mapping[str, Any]]) -> list[Change]:
        """What ``rows`` say otherwise than the file ``name`` of the last filing."""
        earlier = self.earlier(series)
        if not earlier:
            return []
        last = earlier[-1]
        path = last.place(self.case) / name
        before = json.loads(path.read_text("utf-8"))["fields"] if path.exists() else []
        return differences(before, rows, last.rests_on, self.situation.rests_on)
