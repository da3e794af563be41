"""The register in VERIS 1.4, to be compared with other incidents: what we do not know is its word « Unknown ».

VERIS counts one total; the upper figure is given, never the lower alone, and both bounds with their unit stand in the
notes. The party is not named. A record without any year cannot be written: VERIS has no word for it.

>>> from tocsin.notices.breach_register.record import record_of
>>> data = {"party": "phare", "party_name": "Le Phare", "breach": "b1", "title": "A lost key", "aware_at": "2024-02"}
>>> made = veris_of(record_of(data))
>>> made["timeline"]["incident"], made["actor"]["unknown"]["notes"]
({'year': 2024, 'month': 2}, 'Unknown')
"""

from __future__ import annotations

import json
import tomllib
import uuid
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.notices.breach_register.moment import parts_of
from tocsin.notices.breach_register.record import BreachRecord

UNKNOWN = "Unknown"
NAMESPACE = uuid.UUID("5b1c3f0e-3f59-5d6b-9c38-0f4b6d7f3a11")


@cache
def words() -> Mapping[str, Any]:
    """The words of VERIS that are used, and what they stand for."""
    return tomllib.loads(Path(__file__).with_name("veris_words.toml").read_text("utf-8"))


def veris_json(records: Iterable[BreachRecord]) -> bytes:
    """The records as a JSON array of incidents."""
    incidents = [veris_of(record) for record in records]
    return (json.dumps(incidents, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def veris_of(record: BreachRecord) -> dict[str, Any]:
    """One record as an incident. Raises :class:`TocsinError` ``veris-without-year``."""
    incident: dict[str, Any] = {
        "schema_version": words()["schema_version"],
        "incident_id": str(uuid.uuid5(NAMESPACE, f"{record.party}/{record.breach}")),
        "security_incident": "Confirmed" if record.is_established else "Suspected",
        "summary": record.facts or record.title,
        "timeline": {"incident": _date(record)}, "discovery_method": {"unknown": True},
        "actor": _actor(record), "action": _action(record),
        "asset": {"assets": [{"variety": UNKNOWN}], "cloud": [UNKNOWN]},
    }  # fmt: skip
    more = {"attribute": _attribute(record), "notes": _notes(record)}
    return incident | {key: value for key, value in more.items() if value}


def _date(record: BreachRecord) -> dict[str, int]:
    parts = parts_of(record.occurred_from or record.occurred_to or record.aware_at or record.notification.at)
    if not parts:
        raise TocsinError(
            "veris-without-year", _("{title}: no year is known for this breach").format(title=record.title),
            where=f"{record.party}/{record.breach}", why=_("VERIS wants a year, and has no word for an unknown one"),
            remedy=_("give occurred_from or aware_at, were it the year alone; or leave this record out"),
        )  # fmt: skip
    return dict(zip(("year", "month", "day"), parts, strict=False))


def _actor(record: BreachRecord) -> dict[str, Any]:
    actors: dict[str, Any] = {}
    for cause in record.causes:
        entry = words()["actors"].get(cause)
        if entry:
            motives = sorted({entry["motive"], *actors.get(entry["actor"], {}).get("motive", [])})
            actors[entry["actor"]] = {"variety": [UNKNOWN], "motive": motives}
    return actors or {"unknown": {"notes": UNKNOWN}}


def _action(record: BreachRecord) -> dict[str, Any]:
    """An accident is VERIS's « error »; how a malicious act was done is not in the register."""
    actions: dict[str, Any] = {}
    if any(cause.endswith("_accidental") for cause in record.causes):
        actions["error"] = {"variety": [UNKNOWN], "vector": [UNKNOWN]}
    if not actions or any(cause.endswith("_malicious") for cause in record.causes):
        actions["unknown"] = {"notes": record.origin or UNKNOWN}
    return actions


def _attribute(record: BreachRecord) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "confidentiality" in record.natures:
        found["confidentiality"] = _confidentiality(record)
    for nature in ("integrity", "availability"):
        if nature in record.natures:
            found[nature] = {"variety": [UNKNOWN]}
    return found


def _confidentiality(record: BreachRecord) -> dict[str, Any]:
    """What was, or may have been, disclosed."""
    kinds = sorted({words()["categories"][name] for name in record.categories}) or [UNKNOWN]
    victims = sorted({words()["populations"][item.population] for item in record.people}) or [UNKNOWN]
    lower = [item.lower or 0 for item in record.people]
    found: dict[str, Any] = {
        "data_disclosure": "Yes" if record.is_established and any(lower) else "Potentially",
        "data": [{"variety": kind} for kind in kinds], "data_victim": victims, "state": [UNKNOWN],
    }  # fmt: skip
    total = _total(record)
    bounds = "; ".join(_bounds(record))
    return found | ({"data_total": total} if total is not None else {}) | ({"notes": bounds} if bounds else {})


def _total(record: BreachRecord) -> int | None:
    """The upper figures of the populations together, in records where they were counted, else in persons."""
    for unit in ("records", "persons"):
        uppers = [item.upper for item in record.people if item.unit == unit]
        known = [upper for upper in uppers if upper is not None]
        if uppers and len(known) == len(uppers):
            return sum(known)
    return None


def _bounds(record: BreachRecord) -> list[str]:
    lines = []
    for item in record.people:
        lower = UNKNOWN if item.lower is None else str(item.lower)
        upper = UNKNOWN if item.upper is None else str(item.upper)
        lines.append(f"{item.unit} ({item.population}): at least {lower}, at most {upper}")
    return lines


def _notes(record: BreachRecord) -> str:
    lines = []
    if record.is_established is None:
        lines.append("Whether the breach is established is not said.")
    if not (record.occurred_from or record.occurred_to):
        lines.append("When it happened is not known: the date is that on which it became known.")
    if record.data_in_words:
        lines.append(f"Data, in the words of the register: {record.data_in_words}")
    return " ".join(lines)
