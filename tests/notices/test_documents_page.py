"""``docs/documents.md`` names every offence that the file for a complaint may cite, and how sure its text is."""

from __future__ import annotations

import re
from pathlib import Path

from tocsin.language import speaking
from tocsin.notices.police_complaint.offences import all_offences

PAGE = (Path(__file__).parents[2] / "docs" / "documents.md").read_text("utf-8")


def test_the_page_lists_the_offences_as_they_are() -> None:
    with speaking("en"):
        wanted = {
            f"| `{text.id}` | {text.versions[-1].name} | {text.versions[-1].word('cited_when')}"
            f" | {text.versions[-1].sure} |"
            for text in all_offences()
        }
    assert set(re.findall(r"^\| `penal_.*$", PAGE, re.MULTILINE)) == wanted
