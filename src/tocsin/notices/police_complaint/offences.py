"""The offences that the file cites: dated texts in ``texts/``, with their source and how sure each is.

The prosecutor qualifies the facts; the file only says which texts it has in view, and why.

>>> from tocsin.law.facts import Breach
>>> from datetime import UTC
>>> [item.text for item in offences_of(Breach(), datetime(2024, 2, 2, tzinfo=UTC))][:2]
['penal_323_1', 'penal_323_3']
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of
from tocsin.law.facts import Breach
from tocsin.law.texts import Text, Version, load_text
from tocsin.law.words import sure_name
from tocsin.notices.document import Block, Paragraph, Table
from tocsin.notices.words import day_in_full

FOLDER = Path(__file__).parent / "texts"
ATTACKS = "penal_323"


@cache
def all_offences() -> tuple[Text, ...]:
    """Every text encoded, attacks on systems first."""
    paths = sorted(FOLDER.glob("*.toml"), key=lambda path: (not path.stem.startswith(ATTACKS), path.stem))
    return tuple(load_text(path) for path in paths)


def offences_of(breach: Breach, now: datetime) -> list[Version]:
    """The texts as they stood when it happened, or stand now when that is not known."""
    day = day_of(breach.occurred_from or now, HOME)
    found = [version for item in all_offences() for version in item.covering(day)]
    return [item for item in found if _fits(item.word("cited_when"), breach)]


def _fits(cited_when: str, breach: Breach) -> bool:
    return cited_when == "always" or any(nature in cited_when.split(", ") for nature in breach.natures)


def offences_table(offences: list[Version]) -> tuple[Block, ...]:
    """Each text quoted, with how sure its quotation is."""
    rows = tuple(
        (
            item.name, f"« {item.quotation.replace(chr(39), '’')} »",
            _("{sure}, {day}").format(sure=sure_name(item.sure), day=day_in_full(item.checked_on)),
        )
        for item in offences
    )  # fmt: skip
    opening = Paragraph(_("Subject to the qualification that the prosecutor will retain."))
    return (opening, Table((_("text"), _("the act, quoted"), _("how sure")), rows))
