"""What is answered to one question: codes, words, an instant, figures; or nothing yet.

>>> said("phishing", "facts.toml").is_known, said("", "facts.toml").is_known
(True, False)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tocsin.notices.figure import Figure

Value = str | tuple[str, ...] | datetime | date | tuple[Figure, ...] | None


@dataclass(frozen=True)
class Answer:
    """A value and its origin; without value, nobody knows yet, unless it does not apply."""

    value: Value = None
    origin: str = ""
    applies: bool = True

    @property
    def is_known(self) -> bool:
        """Whether there is something to write."""
        return self.value not in (None, "", ())

    @property
    def codes(self) -> tuple[str, ...]:
        """The value as codes, for the lists of forms and for conditions."""
        if isinstance(self.value, str):
            return (self.value,)
        if isinstance(self.value, tuple):
            return tuple(item for item in self.value if isinstance(item, str))
        return ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The value as figures."""
        if isinstance(self.value, tuple):
            return tuple(item for item in self.value if isinstance(item, Figure))
        return ()


Answers = Mapping[str, Answer]
UNKNOWN = Answer()
NOT_APPLICABLE = Answer(applies=False)


def said(value: Value, origin: str) -> Answer:
    """An answer, or that nobody knows yet."""
    found = Answer(value, origin)
    return found if found.is_known else UNKNOWN


def yes_or_no(value: bool | None, origin: str) -> Answer:
    """``yes``, ``no``, or nothing yet."""
    return UNKNOWN if value is None else Answer("yes" if value else "no", origin)
