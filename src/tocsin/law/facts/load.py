"""Reading ``facts.toml``: every mistake is told with its key and its remedy; nothing in it is guessed.

``[every_controller]`` holds what is true of each controller that does not say otherwise, so that dozens of them take
one line each; parties that the case declares already need no line at all.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.law.facts import EVERYONE, EarlierBreach, Facts, Group
from tocsin.law.facts.vocabulary import vocabulary
from tocsin.law.risk.vocabulary import all_categories

FACTS_FILE = "facts.toml"
TEMPLATE = Path(__file__).with_name("template.toml")
KINDS = (
    "controller_notification", "contract_notice", "authority_notification", "supplementary_notification",
    "breach_record", "communication", "public_communication", "police_complaint", "insurer_notice", "formal_notice",
    "dora_initial", "dora_intermediate", "dora_final", "dora_clients", "nis1_incident", "nis2_early_warning",
    "nis2_notification", "nis2_final", "health_incident",
)  # fmt: skip
"""The duties that a notice can answer."""
FACTS = TypeAdapter(Facts)
Location = tuple[str | int, ...]


def load_facts(path: Path, known: Sequence[Mapping[str, Any]] = ()) -> Facts:
    """The facts of a file; ``known`` are parties that the case declares. Raises :class:`TocsinError`."""
    try:
        raw = path.read_text("utf-8")
    except FileNotFoundError as error:
        raise TocsinError(
            "no-facts", _("there is no facts.toml here"), where=str(path),
            why=_("duties follow from facts: who is party, who knew what, when"),
            remedy=_("write a commented one with `tocsin duties --new`, and fill it in"),
        ) from error  # fmt: skip
    except (OSError, UnicodeDecodeError) as error:
        raise TocsinError(
            "facts-unreadable", _("this file cannot be read as UTF-8 text ({error})").format(error=error),
            where=str(path), remedy=_("save it again as UTF-8"),
        ) from error  # fmt: skip
    return parse_facts(raw, str(path), known)


def parse_facts(raw: str, where: str = FACTS_FILE, known: Sequence[Mapping[str, Any]] = ()) -> Facts:
    """The facts of a text, checked."""
    try:
        data = tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise TocsinError(
            "facts-syntax", _("this is not TOML: {error}").format(error=error),
            where=f"{where}:{line.group(1)}" if line else where,
            why=_("no clock can be computed before it can be read"),
            remedy=_("compare this line with the example that `tocsin duties --new` writes"),
        ) from error  # fmt: skip
    try:
        facts = FACTS.validate_python(_completed(data, known))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _told(first, raw, where) from error
    for location, what, remedy in _disagreements(facts):
        raise _refusal(location, what, remedy, raw, where)
    return facts


def _completed(data: dict[str, Any], known: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The file with the parties of the case, and with what is true of every controller."""
    shared = data.pop("every_controller", {})
    parties = data.get("party", [])
    if not isinstance(shared, dict) or not isinstance(parties, list) or not all(isinstance(p, dict) for p in parties):
        return data
    declared = {party.get("id") for party in parties}
    names = {party["id"]: party for party in known}
    full = [{**names.get(party.get("id", ""), {}), **party} for party in parties]
    full += [dict(party) for party in known if party["id"] not in declared]
    data["party"] = [{**shared, **party} if party.get("role") == "controller" else party for party in full]
    return data


def _disagreements(facts: Facts) -> Iterator[tuple[Location, str, str]]:
    """What is written well and cannot be true together."""
    ids = [party.id for party in facts.party]
    for number, party in enumerate(facts.party):
        if ids.index(party.id) != number:
            yield ("party", number, "id"), _("{given!r} stands twice").format(given=party.id), _("keep it once")
    breach = facts.breach
    if breach.occurred_from and breach.occurred_to and breach.occurred_to < breach.occurred_from:
        yield ("breach", "occurred_to"), _("the breach ends before it begins"), _("correct one of both instants")
    for location, given in _named(facts):
        if given not in (EVERYONE, *ids):
            yield location, _("{given!r} is no party").format(given=given), _("write the id of a [[party]]")
    for location, given, allowed in _words(facts):
        if given not in allowed:
            what = _("{given!r} is not one of the words allowed").format(given=given)
            yield location, what, _("write one of {expected}").format(expected=", ".join(allowed))
    yield from _turned_over(facts)


def _turned_over(facts: Facts) -> Iterator[tuple[Location, str, str]]:
    """What comes before what it follows, or is more than what bounds it."""
    for number, figure in enumerate(facts.figure):
        if figure.lower is not None and figure.lower > figure.upper:
            what = _("the lower figure is greater than the upper one")
            yield ("figure", number, "lower"), what, _("correct one of both numbers")
    for number, notice in enumerate(facts.notice):
        if notice.sent_at and notice.received_at and notice.received_at < notice.sent_at:
            what = _("it was received before it was sent")
            yield ("notice", number, "received_at"), what, _("correct one of both instants")


def _named(facts: Facts) -> Iterator[tuple[Location, str]]:
    """Every place where a party is named."""
    tables: dict[str, tuple[Sequence[Any], tuple[str, ...]]] = {
        "clause": (facts.clause, ("by", "to")), "formal_notice": (facts.formal_notice, ("to",)),
        "mandate": (facts.mandate, ("by", "to")), "decision": (facts.decision, ("controller",)),
        "exemption": (facts.exemption, ("controller",)), "notice": (facts.notice, ("by",)),
        "group": (facts.group, ("controller",)), "earlier_breach": (facts.earlier_breach, ("controller",)),
        "account": (facts.account, ("controller",)), "measure": (facts.measure, ("by",)),
        "figure": (facts.figure, ("controller",)),
    }  # fmt: skip
    for table, (rows, keys) in tables.items():
        for number, row in enumerate(rows):
            for key in keys:
                yield (table, number, key), getattr(row, key)
    if facts.professionals:
        yield ("professionals", "controller"), facts.professionals.controller
    for number, party in enumerate(facts.party):
        for other in party.serves:
            yield ("party", number, "serves"), other


def _words(facts: Facts) -> Iterator[tuple[Location, str, Collection[str]]]:
    """Every place where a duty or a kind of data is named, and the words allowed there."""
    for number, notice in enumerate(facts.notice):
        yield ("notice", number, "duty"), notice.duty, KINDS
    tables: dict[str, Sequence[Group | EarlierBreach]] = {"group": facts.group, "earlier_breach": facts.earlier_breach}
    for table, rows in tables.items():
        for number, row in enumerate(rows):
            for name in row.categories:
                yield (table, number, "categories"), name, all_categories()
    for key, names in facts.categories.items():
        for name in names:
            yield ("categories", key), name, all_categories()
    yield from _told_words(facts)


def _told_words(facts: Facts) -> Iterator[tuple[Location, str, Collection[str]]]:
    """The codes by which the incident is told."""
    for number, account in enumerate(facts.account):
        for key in ("origins", "supports", "people", "consequences", "harms"):
            for name in getattr(account, key):
                yield ("account", number, key), name, vocabulary()[key]
    for number, measure in enumerate(facts.measure):
        if measure.kind:
            yield ("measure", number, "kind"), measure.kind, vocabulary()["measures"]


def _told(item: Any, raw: str, where: str) -> TocsinError:
    """The first mistake of the file, in our words."""
    location, kind, given = tuple(item["loc"]), item["type"], item["input"]
    if kind == "unexpected_keyword_argument":
        what, remedy = _("this key is not known"), _("remove it, or correct its spelling")
    elif kind == "missing":
        what, remedy = _("this key is missing"), _("add it")
    elif kind == "literal_error":
        what = _("{given!r} is not one of the words allowed").format(given=given)
        remedy = _("write one of {expected}").format(expected=item["ctx"]["expected"])
    elif kind == "timezone_aware":
        what = _("this instant has no offset, so it is not one instant")
        remedy = _("write it with its offset, as in 2024-01-22T08:00:00+01:00")
    else:
        what = _("{given!r} does not fit here: {message}").format(given=given, message=item["msg"])
        remedy = _("see docs/law.md, or the example that `tocsin duties --new` writes")
    return _refusal(location, what, remedy, raw, where)


def _refusal(location: Location, what: str, remedy: str, raw: str, where: str) -> TocsinError:
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
    line = _line_of(raw, location)
    return TocsinError(
        "facts-wrong", f"{key}: {what}", where=f"{where}:{line}" if line else where,
        why=_("clocks rest on this file, so nothing in it is guessed"), remedy=remedy,
    )  # fmt: skip


def _line_of(raw: str, location: Location) -> int | None:
    """The line of the key, or of its table."""
    lines = raw.splitlines()
    table = re.escape(str(location[0]))
    heads = [number for number, line in enumerate(lines) if re.match(rf"\s*\[\[?\s*{table}\s*\]", line)]
    index = next((part for part in location if isinstance(part, int)), 0)
    if index >= len(heads):
        return None
    last = location[-1]
    for number in range(heads[index] + 1, len(lines)):
        if lines[number].startswith("["):
            break
        if re.match(rf"\s*{re.escape(str(last))}\s*=", lines[number]):
            return number + 1
    return heads[index] + 1
