"""Which kinds of notice are made here, and by whom: the one list that the command line asks.

>>> "authority_notification" in MAKERS
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tocsin.language import _
from tocsin.law.facts import Party
from tocsin.law.words import kind_name
from tocsin.notices.authority import authority_notifications, dora_notifications
from tocsin.notices.filings.desk import Desk
from tocsin.notices.filings.drafts import Made
from tocsin.notices.letters import LETTER, controller_notices, police_complaints, preservation_letters

Maker = Callable[[Desk, Party], Iterator[Made]]
MAKERS: Mapping[str, Maker] = {
    "controller_notification": controller_notices,
    "authority_notification": authority_notifications,
    "police_complaint": police_complaints,
    "dora_initial": dora_notifications,
    "preservation_letter": preservation_letters,
}
"""Kind of duty -> what makes its documents for one party."""


def notice_name(kind: str) -> str:
    """A kind in two or three words; a letter to preserve traces answers no duty."""
    return _("letter to preserve traces") if kind == LETTER else kind_name(kind)
