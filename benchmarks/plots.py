"""The curves of a benchmark as SVG made here: seconds, and gigabytes, by number of people, both on log scales.

    python benchmarks/plots.py RESULTS.jsonl [RESULTS.jsonl ...] --to docs/benchmarks

Reads what ``scale.py`` and ``table.py`` wrote with ``--out``. A line of slope one is what costs in proportion; where a
line ends, its method stopped. The last measure of a method at a size counts.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tocsin.report.charts.svg import drawing, element, together

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 64, 150, 24, 48
MARKS = {
    "Tocsin": ("#0b5fa5", ""), "DuckDB by hand": ("#5b6470", "6 3"), "Polars by hand": ("#2f855a", "2 3"),
    "Splink alone": ("#b7791f", "8 3 2 3"), "pandas script": ("#9b2c2c", "1 4"),
}  # fmt: skip
"""Colour and dashes: each line differs by both."""
NAMES = {"tocsin": "Tocsin", "floor": "DuckDB by hand"}
STYLE = Markup(
    "<style>text{font:13px sans-serif;fill:#222}.rule{stroke:#ddd}.line{fill:none;stroke-width:2.5}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.rule{stroke:#444}}</style>"
)


def read(paths: list[Path]) -> dict[str, dict[int, dict[str, Any]]]:
    """Method -> people -> its measure, of those that came to an end."""
    told: dict[str, dict[int, dict[str, Any]]] = {}
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            one = json.loads(line)
            name = NAMES.get(one["who"], one["who"])
            if name in MARKS and "stopped" not in one and "error" not in one:
                told.setdefault(name, {})[one["people"]] = one
    return told


def draw(told: dict[str, dict[int, dict[str, Any]]], column: str, title: str, unit: str) -> Markup:
    """One chart."""
    people = sorted({n for sizes in told.values() for n in sizes})
    values = [one[column] for sizes in told.values() for one in sizes.values()]
    low, high = math.floor(math.log10(max(min(values), 0.01))), math.ceil(math.log10(max(values)))
    first, last = math.log10(people[0]), math.log10(people[-1])

    def place(n: float, value: float) -> tuple[float, float]:
        across = (math.log10(n) - first) / max(last - first, 0.01)
        up = (math.log10(max(value, 0.01)) - low) / max(high - low, 1)
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    marks: list[Markup] = [STYLE]
    for power in range(low, high + 1):
        _x, y = place(people[0], 10**power)
        marks.append(element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=f"{y:.1f}", y2=f"{y:.1f}", class_="rule"))
        marks.append(element("text", f"{10**power:g} {unit}", x=LEFT - 6, y=f"{y + 4:.1f}", text_anchor="end"))
    for n in people:
        x, _y = place(n, 1)
        marks.append(element("line", x1=f"{x:.1f}", x2=f"{x:.1f}", y1=TOP, y2=HEIGHT - BOTTOM, class_="rule"))
        marks.append(element("text", f"{n / 1e6:g} M", x=f"{x:.1f}", y=HEIGHT - BOTTOM + 20, text_anchor="middle"))
    taken: list[float] = []
    for name, sizes in told.items():
        colour, dashes = MARKS[name]
        points = [place(n, one[column]) for n, one in sorted(sizes.items())]
        shown = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        marks.append(element("polyline", points=shown, stroke=colour, stroke_dasharray=dashes or None, class_="line"))
        marks += [element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=4, fill=colour) for x, y in points]
        label = points[-1][1]
        while any(abs(label - other) < 15 for other in taken):
            label += 15
        taken.append(label)
        marks.append(element("text", name, x=f"{points[-1][0] + 10:.1f}", y=f"{label + 4:.1f}"))
    marks.append(element("text", "people", x=(LEFT + WIDTH - RIGHT) / 2, y=HEIGHT - 8, text_anchor="middle"))
    size = f"0 0 {WIDTH} {HEIGHT}"
    chart = drawing(together(marks), name=column, title=title, description=title, height=HEIGHT, class_="curve")
    return Markup(str(chart).replace("<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" ', 1))


def main() -> None:
    """Write the charts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, default=Path("docs/benchmarks"))
    asked = parser.parse_args()
    told = read(asked.results)
    asked.to.mkdir(parents=True, exist_ok=True)
    for column, title, unit in (
        ("seconds", "Elapsed seconds by number of people", "s"), ("cpu", "Processor seconds by number of people", "s"),
        ("peak_gb", "Peak memory by number of people", "GB"),
    ):  # fmt: skip
        (asked.to / f"{column.replace('_', '-')}.svg").write_text(f"{draw(told, column, title, unit)}\n", "utf-8")


if __name__ == "__main__":
    main()
