"""The negative, in the only words allowed (``steps/negative.sql``): what was not returned, and on what that rests.

>>> percent(1.0), percent(0.99999), percent(0.5)
('100.0', '99.9', '50.0')
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tocsin.language import _


def percent(share: float) -> str:
    """A share in percent, rounded down: 100.0 says that nothing at all is missing."""
    return f"{math.floor(share * 1000) / 10:.1f}"


def negative_sentences(
    rows: Iterable[Mapping[str, Any]], written: Callable[[float], str] = percent
) -> list[tuple[str, str]]:
    """(portal, sentence) for the categories that were not returned, or not known to be; ``written`` gives shares."""
    grouped: dict[tuple[object, ...], list[str]] = {}
    for row in rows:
        if row["status"] != "returned":
            key = (row["portal"], row["status"], row["coverage"], row["tested_on"], row["tested_by"])
            grouped.setdefault(key, []).append(row["category"])
    told = []
    for (portal, status, coverage, tested_on, tested_by), names in grouped.items():
        sentence = (
            _("{category}: not known (the disclosure map was not tested, an action is not in it, or there is no log)")
            if status == "not_known"
            else _(
                "no action in the analysed logs returned {category}; coverage {share} %; disclosure map tested on"
                " {tested_on} by {tested_by}"
            )
        )
        share = written(coverage) if isinstance(coverage, float) else "?"
        words = {"category": ", ".join(names), "share": share, "tested_on": tested_on, "tested_by": tested_by}
        told.append((str(portal), sentence.format(**words)))
    return told
