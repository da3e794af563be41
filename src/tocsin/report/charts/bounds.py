"""The mark of this report: a figure and its bounds as one bar. Full: proved. Pale: strict people. Hatched: possible.

>>> draw_bounds(3, 4, 10, most=10).count("<rect")
3
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tocsin.report.charts.svg import NOTHING, bar, element, together

THICK = 12
LEAST = 0.004
"""The width of one person among millions: seen, not measured."""


def draw_bounds(lower: int | None, working: int | None, upper: int | None, *, most: int, thick: int = THICK) -> Markup:
    """A bar from 0 to ``upper`` on a scale that ends at ``most``; the figures stand beside it in the table.

    An upper figure that is not yet known runs to the end of the scale, open.
    """
    if not most and upper is not None:
        return NOTHING
    low = (lower or 0) / most if most else 0.0
    work = (working if working is not None else lower or 0) / most if most else 0.0
    top = 1.0 if upper is None else upper / most
    parts = [
        (low, top, "possible" if upper is not None else "possible open"),
        (low, work, "working"),
        (0.0, low, "proved"),
    ]
    marks = [bar(a, b, y=1, height=thick - 2, class_=f"fill-{c}", least=LEAST) for a, b, c in parts if b > a]
    return element("svg", *marks, class_="bounds", width="100%", height=thick, aria_hidden="true", focusable="false")


def draw_parts(counts: Sequence[int], classes: Sequence[str], *, most: int) -> Markup:
    """A bar cut in parts, one per class of exposure, on a scale that ends at ``most``."""
    place, marks = 0.0, []
    for count, name in zip(counts, classes, strict=True):
        if count and most:
            marks.append(bar(place, place + count / most, y=1, height=THICK - 2, class_=f"fill-{name}", least=LEAST))
            place += count / most
    return element("svg", together(marks), class_="bounds", width="100%", height=THICK, aria_hidden="true",
                   focusable="false")  # fmt: skip
