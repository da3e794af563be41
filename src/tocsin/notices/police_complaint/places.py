"""Where the complaint can be lodged, from ``places.toml``, with how sure that is."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tocsin.language import _, current_language
from tocsin.law.words import sure_name
from tocsin.notices.document import Block, Table
from tocsin.notices.words import day_in_full

FILE = Path(__file__).with_name("places.toml")


def places_table() -> tuple[Block, ...]:
    """Each place, with the text that opens it."""
    rows = tuple(
        (
            item[current_language()], item["source"],
            _("{sure}, {day}").format(sure=sure_name(item["sure"]), day=day_in_full(item["checked_on"])),
        )
        for item in tomllib.loads(FILE.read_text("utf-8"))["place"]
    )  # fmt: skip
    return (Table((_("where"), _("text"), _("how sure")), rows),)
