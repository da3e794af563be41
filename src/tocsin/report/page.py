"""The page in one language: templates filled with a run's content, one style sheet, no script, nothing from elsewhere.

The page allows itself nothing but that style sheet, known by its digest: a string of a log that would slip through the
escaping could neither run nor call out.

>>> policy("p{}")[:75]
"default-src 'none'; style-src 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcr"
"""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tocsin import __version__
from tocsin.analysis.causes import word_of_cause
from tocsin.analysis.hypotheses import sentence_of
from tocsin.analysis.negative import negative_sentences
from tocsin.language import LANGUAGES, _, current_language, speaking
from tocsin.report import drawings, tables, typography, words
from tocsin.report.charts.svg import PATTERNS
from tocsin.report.content import CLASSES, Content

TEMPLATES = Path(__file__).with_name("templates")
MOST_EVIDENCE = 200


def render(content: Content, language: str) -> str:
    """The whole page."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    with speaking(language):
        environment.globals.update(_=_, **_tools(content))
        style = _style(content)
        return environment.get_template("report.html").render(
            c=content, language=current_language(), others=[code for code in LANGUAGES if code != language],
            style=style, policy=policy(style), patterns=PATTERNS, version=__version__, **_parts(content),
        )  # fmt: skip


def policy(style: str) -> str:
    """The content security policy of a page with this style sheet."""
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def file_name(content: Content, language: str) -> str:
    """The name of the page, beside which its other language lies."""
    return f"tocsin-{content.run}.{language}.html"


def _style(content: Content) -> str:
    """The style sheet, with what stands at the foot of each printed page."""
    told = _("Tocsin, run {run}, base of {base}").format(run=content.run, base=typography.day(content.base_date))
    foot = re.sub(r"[^\w ,.:’\u00a0\u202f-]", "", told)
    return (TEMPLATES / "report.css").read_text("utf-8").replace("FOOT", foot)


def _tools(content: Content) -> dict[str, Any]:
    zone = content.time_zone
    return {
        "number": typography.number, "share": typography.share, "day": typography.day,
        "duration": typography.duration, "coded": coded, "small": tables.small,
        "when": lambda seconds: typography.when(seconds, zone),
        "short_when": lambda seconds: typography.short_when(seconds, zone),
        "word_of_unit": words.word_of_unit, "word_of_class": words.word_of_class,
        "word_of_cause": word_of_cause, "word_of_category": words.word_of_category,
        "word_of_population": words.word_of_population, "file_name": lambda code: file_name(content, code),
    }  # fmt: skip


def _parts(content: Content) -> dict[str, Any]:
    negative = [{**row, "category": words.word_of_category(row["category"])} for row in content.negative]
    ended = sum(item.ended for item in content.controllers)
    return {
        "hero": tables.hero_of(content), "lines": tables.lines_of(content),
        "controllers": tables.controllers_of(content),
        "units": {code: tables.units_of(content, code) for code in ("insured", "professional")},
        "glance": drawings.glance_of(content), "timeline": drawings.timeline_of(content),
        "days": drawings.days_of(content), "coverage": drawings.coverage_of(content),
        "lanes": drawings.lanes_of(content),
        "sessions": tables.sessions_of(content), "categories": tables.categories_of(content),
        "classes": CLASSES, "shared": tables.shared_of(content), "ended": ended, "returned": _returned(content),
        "negative": negative_sentences(negative, typography.decimal),
        "hypotheses": [sentence_of(item) for item in content.hypotheses],
        "remarks": tables.remarks_of(content),
        "evidence": content.evidence[:MOST_EVIDENCE],
        "grades": {grade: sum(row["sessions"] for row in content.session_counts if row["grade"] == grade)
                   for grade in "ABUC"},
        "unjudged": sum(row["sessions"] for row in content.session_counts
                        if row["grade"] in ("A", "B", "U") and not row["is_judged"]),
        "bounded": any(figure.working is None for (_who, unit), figure in content.totals.items() if unit == "persons"),
    }  # fmt: skip


def coded(text: str) -> Markup:
    """A sentence in which `commands` between backquotes are set as code; all of it escaped.

    >>> coded("give `a < b`")
    Markup('give <code>a &lt; b</code>')
    """
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if n % 2 and n < len(parts) - 1 else escape(part)
        for n, part in enumerate(parts)
    )


def _returned(content: Content) -> dict[str, list[str]]:
    """Data categories proved to be read, by population, those of most records first."""
    told: dict[str, dict[str, int]] = {"insured": {}, "professional": {}}
    for row in content.categories:
        if row["class"] in ("confirmed", "deduced"):
            counts = told[row["population"]]
            counts[row["category"]] = counts.get(row["category"], 0) + row["records"]
    return {
        population: [words.word_of_category(name) for name in sorted(counts, key=lambda name: (-counts[name], name))]
        for population, counts in told.items()
    }
