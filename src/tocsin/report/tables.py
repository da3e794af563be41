"""The tables of the page, each row with its bar: lines, units, controllers, sessions, categories, remarks.

Each function answers in the reader's language; the templates only place what it gives.

>>> small(0), small(11)
('0', '11')
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from tocsin.analysis.reasons import reason_of
from tocsin.analysis.remedies import words_of
from tocsin.language import _
from tocsin.report.charts.bounds import draw_bounds, draw_parts
from tocsin.report.charts.svg import NOTHING
from tocsin.report.content import CLASSES, POPULATIONS, UNITS, Bounds, Content, Row, Shared
from tocsin.report.typography import number, short_when
from tocsin.report.words import word_of_category, word_of_population, word_of_unit

MOST_PAIRS = 12
MOST_PLACES = 4
CLIENT_LETTERS = 80
SMALL_CELL = 10
"""A count up to this one is not printed where people of two controllers are compared."""


@dataclass(frozen=True)
class BoundsRow:
    """A figure with its bar, and what stands beside it."""

    name: str
    bar: Markup
    bounds: Bounds
    records: Bounds | None = None
    note: str = ""


@dataclass(frozen=True)
class PopulationRows:
    """The rows of one population, its total last."""

    code: str
    name: str
    rows: tuple[BoundsRow, ...]
    total: BoundsRow | None


def hero_of(content: Content) -> Markup:
    """The figure of the page: insured people, from those proved to those possible."""
    figure = content.totals.get(("insured", "persons"))
    return (
        draw_bounds(figure.lower, figure.working, figure.upper, most=figure.upper or 0, thick=30) if figure else NOTHING
    )


def units_of(content: Content, population: str) -> tuple[BoundsRow, ...]:
    """Records, contracts, households and persons of one population, on one scale of counts."""
    found = [(unit, content.totals[population, unit]) for unit in UNITS if (population, unit) in content.totals]
    found = [(unit, figure) for unit, figure in found if figure.upper != 0 or unit in ("records", "persons")]
    most = max((figure.upper or 0 for _unit, figure in found), default=0)
    return tuple(
        BoundsRow(word_of_unit(unit), draw_bounds(figure.lower, figure.working, figure.upper, most=most), figure)
        for unit, figure in found
    )


def lines_of(content: Content) -> tuple[tuple[str, Markup, int | None], ...]:
    """The way of the lines: from those read to those that sent something to the intruder, on one scale."""
    bounds = content.totals.get(("all", "lines"), Bounds(0, 0, 0))
    steps = [
        (_("lines read"), content.lines_read), (_("lines kept"), content.lines_kept),
        (_("lines of hostile or possibly hostile sessions"), content.span["lines"]),
        (_("of these, lines that sent something"), content.span["sent"]),
        (_("of these, in sessions graded hostile"), bounds.lower),
    ]  # fmt: skip
    return tuple(
        (name, draw_bounds(count, count, count, most=content.lines_read), count) for name, count in steps
    )  # fmt: skip


def controllers_of(content: Content) -> tuple[PopulationRows, ...]:
    """Each controller's persons, greatest first, and the total that is, or is not, their sum."""
    told = []
    for population in POPULATIONS:
        mine = [item for item in content.controllers if (population, "persons") in item.figures]
        if not mine:
            continue
        mine.sort(key=lambda item: (-(item.figures[population, "persons"].upper or 0), item.name, item.id))
        most = max(item.figures[population, "persons"].upper or 0 for item in mine)
        rows = []
        for item in mine:
            figure = item.figures[population, "persons"]
            note = ""
            if population == "insured" and item.ended:
                note = _("records held after the end of the agreement: {count}").format(count=number(item.ended))
            rows.append(BoundsRow(
                item.name, draw_bounds(figure.lower, figure.working, figure.upper, most=most), figure,
                item.figures.get((population, "records")), note,
            ))  # fmt: skip
        total = content.totals.get((population, "persons"))
        last = None
        if total is not None:
            name = _("total") if total.working is not None else _("total, bounded")
            last = BoundsRow(name, NOTHING, total, content.totals.get((population, "records")))
        told.append(PopulationRows(population, word_of_population(population), tuple(rows), last))
    return tuple(told)


def sessions_of(content: Content) -> list[dict[str, object]]:
    """Sessions as the table shows them: no account, no address, no token."""
    zone = content.time_zone
    return [
        {
            "id": row["session_id"], "grade": row["grade"], "portal": row["portal"], "account": row["account_no"],
            "from": short_when(row["first_s"], zone), "to": short_when(row["last_s"], zone),
            "answers": row["answered_lines"], "reason": _reason_of(row), "client": _short(row["client"]),
        }
        for row in content.sessions
    ]  # fmt: skip


def _reason_of(row: Row) -> str:
    """Why a session has its grade; who denied it is a professional, and is not named."""
    return reason_of({**row, "denied_by": _("the holder of the account") if row["is_denied"] else None})


def _short(text: str) -> str:
    return text if len(text) <= CLIENT_LETTERS else text[: CLIENT_LETTERS - 1] + "…"


def categories_of(content: Content) -> list[tuple[str, list[tuple[str, Markup, tuple[int, ...]]]]]:
    """(population, rows of (category, bar, records by class)), the most exposed first."""
    told = []
    for population in POPULATIONS:
        counts: dict[str, list[int]] = {}
        for row in content.categories:
            if row["population"] == population:
                counts.setdefault(row["category"], [0, 0, 0, 0])[CLASSES.index(row["class"])] = row["records"]
        most = max((sum(parts) for parts in counts.values()), default=0)
        ranked = sorted(counts.items(), key=lambda item: ([-sum(item[1][:n]) for n in (2, 3, 4)], item[0]))
        if ranked:
            told.append((
                word_of_population(population),
                [(word_of_category(name), draw_parts(parts, CLASSES, most=most), tuple(parts))
                 for name, parts in ranked],
            ))  # fmt: skip
    return told


@dataclass(frozen=True)
class SharedRows:
    """What is known of people under several controllers of one population, and what is not."""

    code: str
    linked: Shared | None
    pairs: tuple[tuple[str, str, int], ...]
    pairs_left: int
    apart: int


def shared_of(content: Content) -> tuple[SharedRows, ...]:
    """Overlap where the controllers instructed it, and how many did not."""
    told = []
    for population in POPULATIONS:
        mine = [item for item in content.controllers if (population, "persons") in item.figures]
        linked = next((item for item in content.shared if item.population == population), None)
        printed = [pair for pair in linked.pairs if pair[2] > SMALL_CELL][:MOST_PAIRS] if linked else []
        left = len(linked.pairs) - len(printed) if linked else 0
        if len(mine) > 1:
            apart = sum(not item.is_linked for item in mine)
            told.append(SharedRows(population, linked, tuple(printed), left, apart))
    return tuple(told)


def remarks_of(content: Content) -> list[dict[str, object]]:
    """The remarks, those of one kind together: what, how many, the first places, what to do."""
    kinds: dict[str, list[Row]] = {}
    for item in content.remarks:
        kinds.setdefault(item["code"], []).append(item)
    told = []
    for code, items in kinds.items():
        what, remedy = words_of(code)
        told.append({
            "what": what, "remedy": remedy, "count": sum(item["count"] for item in items),
            "places": [item["place"] for item in items[:MOST_PLACES]], "more": max(0, len(items) - MOST_PLACES),
            "detail": items[0]["detail"] if len(items) == 1 else "",
        })  # fmt: skip
    return told


def small(count: int) -> str:
    """A count of people that two controllers share; a small one is not printed."""
    return number(count) if count == 0 or count > SMALL_CELL else _("{most} or fewer").format(most=SMALL_CELL)
