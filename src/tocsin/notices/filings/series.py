"""One notification through its phases: who files it, of which kind, to whom, about what.

>>> Series("phare", "authority_notification").folder.as_posix()
'phare/authority_notification'
>>> allowed_phases(()), allowed_phases(("initial",))
(('initial', 'complete'), ('supplementary', 'complete', 'withdrawal'))
>>> Series("operator", "preservation_letter", "Hébergeur Exemple").folder.name
'preservation_letter.hebergeur-exemple-ac98c0'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from tocsin.notices.notification.make import Phase

FOLDER = "filings"
DRAFT = "draft"


@dataclass(frozen=True, order=True)
class Series:
    """What one filing after another is about."""

    party: str
    kind: str
    to: str = ""
    about: str = ""

    @property
    def folder(self) -> PurePosixPath:
        """Its folder below ``filings``."""
        return PurePosixPath(self.party, ".".join(filter(None, (self.kind, _slug(self.about), _slug(self.to)))))

    def place(self, case: Path) -> Path:
        """Its folder on disk."""
        return case / FOLDER / self.folder


def _slug(words: str) -> str:
    """Words as part of a file name; those that lose something by it keep a digest of what they were."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9_-]+", "-", letters).strip("-")[:40]
    return plain if plain == words else f"{plain}-{sha256(words.encode()).hexdigest()[:6]}"


def allowed_phases(frozen: Sequence[str]) -> tuple[Phase, ...]:
    """What may follow the phases that were frozen: nothing follows a withdrawal, another breach begins anew."""
    if not frozen:
        return ("initial", "complete")
    if "withdrawal" in frozen:
        return ()
    return ("supplementary", "complete", "withdrawal")
