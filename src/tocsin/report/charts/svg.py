"""The few SVG elements that the charts are made of, escaped.

>>> element("text", "a < b", x=percent(0.5), class_="label")
Markup('<text x="50%" class="label">a &lt; b</text>')
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

NOTHING = Markup("")
PATTERNS = Markup(
    '<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="hatch-unknown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" class="hatch-ground"/><rect width="2" height="6" class="hatch-line"/></pattern>'
    '<pattern id="hatch-maybe" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
    '<rect width="5" height="5" class="maybe-ground"/><rect width="1.6" height="5" class="maybe-line"/></pattern>'
    "</defs></svg>"
)
"""Once in a page, before the charts."""


def element(name: str, *children: object, **attributes: object) -> Markup:
    """One element; an attribute that is ``None`` is left out, ``class_`` is ``class``, ``_`` is ``-``."""
    told = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value)
        for key, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(escape(child) for child in children)
    if not inside:
        return Markup("<{0}{1}/>").format(name, told)
    return Markup("<{0}{1}>{2}</{0}>").format(name, told, inside)


def percent(part: float) -> str:
    """A part of the width; two decimals, so that the same figures give the same bytes everywhere."""
    return f"{part * 100:.2f}".rstrip("0").rstrip(".") + "%"


def drawing(*marks: object, name: str, title: str, description: str, height: int, class_: str) -> Markup:
    """A chart that a screen reader reads as one picture: its title, then what it shows."""
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        *marks,
        class_=f"chart {class_}", role="img", aria_labelledby=f"{name}-title {name}-desc", width="100%", height=height,
    )  # fmt: skip


def bar(since: float, until: float, *, y: float, height: float, class_: str, least: float = 0.0) -> Markup:
    """A bar from ``since`` to ``until``, parts of the width; ``least`` keeps a short one visible."""
    width = max(until - since, least)
    return element("rect", x=percent(min(since, 1 - width)), y=f"{y:g}", width=percent(width), height=f"{height:g}",
                   class_=class_)  # fmt: skip


def together(marks: Iterable[Markup]) -> Markup:
    """Marks one after another."""
    return NOTHING.join(marks)
