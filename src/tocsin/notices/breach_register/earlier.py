"""What a register tells the law: the other breaches, by kind of data; and that this one is documented.

One controller at a time. Nothing but titles and kinds of data passes: nobody is matched between breaches, and leaked
data never enters.

>>> earlier_breaches([], "phare", but="2024-01")
[]
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tocsin.language import _
from tocsin.law.facts import EarlierBreach, Notice
from tocsin.notices.breach_register.keep import Kept
from tocsin.notices.breach_register.lacking import lacking
from tocsin.notices.breach_register.record import BreachRecord


def earlier_breaches(kept: Iterable[Kept], party: str, *, but: str) -> list[EarlierBreach]:
    """The other breaches that ``party`` recorded, but that of the case ``but``."""
    return [
        EarlierBreach(
            title=item.record.title, categories=item.record.categories, controller=party,
            source=_("register of breaches, entry {n}").format(n=item.n),
        )
        for item in kept
        if item.record.party == party and item.record.categories and not _is_of_case(item.record, but)
    ]  # fmt: skip


def documented(kept: Iterable[Kept], case: str) -> list[Notice]:
    """That a party documented the breach of the case, once its record lacks nothing: the entry is the receipt."""
    return [
        Notice(
            duty="breach_record", by=item.record.party, sent_at=datetime.fromisoformat(item.at),
            received_at=datetime.fromisoformat(item.at), receipt=_("register of breaches, entry {n}").format(n=item.n),
        )
        for item in kept
        if _is_of_case(item.record, case) and not lacking(item.record)
    ]  # fmt: skip


def _is_of_case(record: BreachRecord, case: str) -> bool:
    """Whether a record is that of the case itself, by its reference or by where it comes from."""
    return record.breach == case or f"{record.source},".startswith(f"case {case},")
