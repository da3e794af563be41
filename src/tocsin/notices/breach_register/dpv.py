"""The register in the W3C community's Data Privacy Vocabulary (DPV 2.2), as JSON-LD, with its GDPR breach terms.

Terms are those of ``dpv_terms.toml`` and no other; plain values use Dublin Core. Where we do not know, DPV's own words
are used (``IncidentStatusUnknown``, ``NotAvailable``), or nothing is said. Names of persons are left out.

>>> from tocsin.notices.breach_register.record import record_of
>>> made = dpv_of([record_of({"party": "phare", "party_name": "Le Phare", "breach": "b1", "title": "A lost key"})])
>>> made["@graph"][0]["@type"], made["@graph"][1]["dpv:hasStatus"][0]["@id"]
('eu-gdpr:DataBreachRegister', 'risk:IncidentStatusUnknown')
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tocsin.notices.breach_register.record import BreachRecord, Choice, Filing, People


@cache
def terms() -> Mapping[str, Any]:
    """The terms used, and what they stand for."""
    return tomllib.loads(Path(__file__).with_name("dpv_terms.toml").read_text("utf-8"))


def dpv_json(records: Iterable[BreachRecord]) -> bytes:
    """The records as a JSON-LD file."""
    return (json.dumps(dpv_of(records), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def dpv_of(records: Iterable[BreachRecord]) -> dict[str, Any]:
    """The records as one JSON-LD document: a register, and each of its breaches."""
    listed = list(records)
    breaches = [_breach(record) for record in listed]
    register = {
        "@id": "urn:tocsin:register", "@type": "eu-gdpr:DataBreachRegister",
        "risk:hasIncident": [{"@id": item["@id"]} for item in breaches],
    }  # fmt: skip
    return {"@context": dict(terms()["prefixes"]), "@graph": [register, *breaches]}


def _breach(record: BreachRecord) -> dict[str, Any]:
    words = terms()
    intents = {words["causes"][cause] for cause in record.causes if cause in words["causes"]}
    natures = [words["natures"][nature] for nature in record.natures]
    node: dict[str, Any] = {
        "@id": f"urn:tocsin:breach:{quote(record.party)}:{quote(record.breach)}",
        "@type": ["eu-gdpr:DataBreach", *natures, *sorted(intents)],
        "dct:identifier": record.breach, "dct:title": record.title,
        "dpv:hasDataController": {
            "@id": f"urn:tocsin:party:{quote(record.party)}", "@type": "dpv:DataController",
            "dct:title": record.party_name,
        },
        "dpv:hasStatus": [_ref(_status(record)), *_level(record)],
        "dpv:hasNotice": [_authority(record), _people_told(record), *map(_filing, record.filings)],
    }  # fmt: skip
    texts = {
        "dct:description": _said(record.facts, record.origin), "dct:temporal": _period(record),
        "dct:source": record.source, "dct:extent": [_extent(item) for item in record.people],
        "dpv:hasPersonalData": _personal_data(record),
        "dpv:hasConsequence": record.effects and {"@type": "dpv:Consequence", "dct:description": record.effects},
        "dpv:isMitigatedByMeasure": [
            {"@type": "risk:IncidentMitigationMeasure", "dct:description": item.what, **_dated("dct:date", item.on)}
            for item in record.measures
        ],
    }  # fmt: skip
    return node | {key: value for key, value in texts.items() if value}


def _status(record: BreachRecord) -> str:
    if record.is_established is False:
        return "risk:IncidentSuspected"
    if record.is_ongoing is None:
        return "risk:IncidentStatusUnknown"
    return "risk:IncidentOngoing" if record.is_ongoing else "risk:IncidentConcluded"


def _level(record: BreachRecord) -> list[dict[str, str]]:
    """What the assessment says; DPV has « low » and « high », and « no » for what the GDPR calls unlikely."""
    return [_ref(terms()["levels"][record.risk])] if record.risk else []


def _authority(record: BreachRecord) -> dict[str, Any]:
    choice = record.notification
    node = _notice("eu-gdpr:DPABreachNotice", choice)
    justified = []
    if choice.answer == "no":
        node["dpv:hasAuditStatus"] = _ref("eu-gdpr:BreachNotificationNotNeeded")
        if record.risk == "unlikely":
            justified.append({"@type": "eu-gdpr:JustificationA33RiskUnlikely", "dct:description": choice.motive})
    elif choice.answer != "undecided":
        node["dpv:hasAuditStatus"] = _ref("eu-gdpr:DPABreachNotificationNeeded")
    if choice.reason_for_delay:
        justified.append(
            {"@type": "eu-gdpr:JustificationA33NotificationDelay", "dct:description": choice.reason_for_delay}
        )
    return _justified(node, justified, choice)


def _people_told(record: BreachRecord) -> dict[str, Any]:
    choice = record.communication
    node = _notice("eu-gdpr:DataSubjectBreachNotice", choice)
    if choice.answer in ("done", "planned"):
        node["dpv:hasAuditStatus"] = _ref("eu-gdpr:DataSubjectBreachNotificationNeeded")
    grounds = [{"@type": terms()["grounds"][choice.ground], "dct:description": choice.motive}] if choice.ground else []
    return _justified(node, grounds, choice)


def _notice(kind: str, choice: Choice) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": kind, **_dated("dct:issued", choice.at)}
    status = terms()["answers"].get(choice.answer)
    if status:
        return node | {"dpv:hasNotificationStatus": _ref(status)}
    return node | {"dpv:hasApplicability": _ref("dpv:NotAvailable")}


def _justified(node: dict[str, Any], justified: list[dict[str, Any]], choice: Choice) -> dict[str, Any]:
    if choice.motive and not any(item["dct:description"] == choice.motive for item in justified):
        justified = [*justified, {"@type": "eu-gdpr:DataBreachJustification", "dct:description": choice.motive}]
    return node | ({"dpv:hasJustification": justified} if justified else {})


def _filing(filing: Filing) -> dict[str, Any]:
    """Something sent: DPV knows the notices of the GDPR, and any other as a notice."""
    node: dict[str, Any] = {"@type": terms()["filings"].get(filing.duty, "dpv:Notice"), "dct:type": filing.duty}
    if filing.receipt:
        node["dct:identifier"] = filing.receipt
    return node | _dated("dct:issued", filing.sent_at) | _dated("dct:dateAccepted", filing.received_at)


def _personal_data(record: BreachRecord) -> list[dict[str, Any]]:
    known = sorted({terms()["categories"].get(name, "dpv:PersonalData") for name in record.categories})
    nodes: list[dict[str, Any]] = [_ref(name) for name in known]
    if record.data_in_words:
        nodes.append({"@type": "dpv:PersonalData", "dct:description": record.data_in_words})
    return nodes + ([_ref("dpv:SensitivePersonalData")] if record.has_sensitive_data else [])


def _extent(figure: People) -> str:
    """A figure with its bounds: ``?`` where a bound is not known."""
    lower, upper = ("?" if value is None else str(value) for value in (figure.lower, figure.upper))
    origin = f"run {figure.run}" if figure.run else f"declared: {figure.ground}"
    return f"{lower} <= {figure.unit} ({figure.population}) <= {upper} ({origin})"


def _period(record: BreachRecord) -> str:
    return f"{record.occurred_from}/{record.occurred_to}" if record.occurred_from or record.occurred_to else ""


def _dated(key: str, moment: str) -> dict[str, Any]:
    return {key: moment} if moment else {}


def _ref(term: str) -> dict[str, str]:
    return {"@id": term}


def _said(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
