"""Which kinds of notice are made here, and by whom: the one list that the command line asks.

>>> "authority_notification" in MAKERS
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tocsin.law.facts import Party
from tocsin.notices.authority import authority_notifications, dora_notifications
from tocsin.notices.filings.desk import Desk
from tocsin.notices.filings.drafts import Made

Maker = Callable[[Desk, Party], Iterator[Made]]
MAKERS: Mapping[str, Maker] = {
    "authority_notification": authority_notifications,
    "dora_initial": dora_notifications,
}
"""Kind of duty -> what makes its documents for one party."""
