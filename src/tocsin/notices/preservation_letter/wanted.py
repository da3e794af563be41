"""A trace that somebody else holds: from the facts, or from what a run found missing.

>>> Wanted("Hébergeur Exemple", "logs of the proxy").kind
''
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tocsin.law.facts import Facts

BY_INQUIRY = ("network_provider",)
"""Who gives to an inquiry and to nobody else: subscribers behind addresses."""


@dataclass(frozen=True)
class Wanted:
    """What must be preserved, by whom, of which period, and why; all words in the language of the letter."""

    holder: str
    """Its name; what it is, in words, when nobody named it."""
    what: str
    since: datetime | None = None
    until: datetime | None = None
    why: str = ""
    kept_until: date | None = None
    is_named: bool = True
    kind: str = ""
    """``host``, ``identity_provider``, ``mail_provider``, ``processor``, ``network_provider``, or nothing said."""


def wanted_by_facts(facts: Facts) -> tuple[Wanted, ...]:
    """The traces that the facts name and that are not kept yet."""
    return tuple(
        Wanted(item.held_by, item.what, item.since, item.until, kept_until=item.kept_until)
        for item in facts.trace if not item.is_preserved
    )  # fmt: skip
