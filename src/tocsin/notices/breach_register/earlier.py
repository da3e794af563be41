"""The other breaches of a register, as the law's profile risk sees them: by kind of data, one controller at a time.

Nothing but titles and kinds of data passes: nobody is matched between breaches, and leaked data never enters.

>>> earlier_breaches([], "phare", but="2024-01")
[]
"""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.language import _
from tocsin.law.facts import EarlierBreach
from tocsin.notices.breach_register.keep import Kept


def earlier_breaches(kept: Iterable[Kept], party: str, *, but: str) -> list[EarlierBreach]:
    """The other breaches that ``party`` recorded, except the one called ``but``."""
    return [
        EarlierBreach(
            title=item.record.title, categories=item.record.categories, controller=party,
            source=_("register of breaches, entry {n}").format(n=item.n),
        )
        for item in kept
        if item.record.party == party and item.record.breach != but and item.record.categories
    ]  # fmt: skip
