"""DPV and VERIS: only words that were published, what we do not know said so, both bounds always."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from tests.notices.breach_register.records import any_records, notified, unnotified
from tocsin.errors import TocsinError
from tocsin.language import speaking
from tocsin.law.facts.account import Cause
from tocsin.law.facts.words import Level, Nature
from tocsin.law.risk.vocabulary import all_categories
from tocsin.notices.breach_register import dpv, veris
from tocsin.notices.breach_register.dpv import dpv_of
from tocsin.notices.breach_register.record import BreachRecord
from tocsin.notices.breach_register.veris import veris_of

VERIS_SCHEMA = Path(__file__).parents[4] / "shared" / "data" / "incidents" / "veris" / "verisc-merged.json"
PATIENT = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
TERM = re.compile(r"(?:dpv|risk|pd|eu-gdpr):\w+")


def terms_in(node: Any, key: str = "") -> Iterator[str]:
    """Every term of DPV in a document: keys, types and references, not texts."""
    if isinstance(node, dict):
        for name, value in node.items():
            if TERM.fullmatch(name):
                yield name
            if name != "@context":
                yield from terms_in(value, name)
    elif isinstance(node, list):
        for item in node:
            yield from terms_in(item, key)
    elif key in ("@type", "@id") and not str(node).startswith("urn:"):
        yield str(node)


@given(any_records())
@PATIENT
def test_every_term_is_published(record: BreachRecord) -> None:
    assert set(terms_in(dpv_of([record]))) <= set(dpv.terms()["used"])


def test_every_word_of_ours_has_its_term_and_every_term_its_use() -> None:
    told = dpv.terms()
    assert set(told["categories"]) == set(all_categories())
    assert set(told["natures"]) == set(get_args(Nature))
    assert set(told["levels"]) == set(get_args(Level))
    assert set(told["causes"]) <= set(get_args(Cause))
    stated = {
        value for table in told.values() if isinstance(table, dict) for value in table.values()
        if TERM.fullmatch(value)
    }  # fmt: skip
    source = Path(dpv.__file__).read_text("utf-8")
    written = {term for term in TERM.findall(source) if f'"{term}"' in source}
    assert stated | written == set(told["used"])
    assert told["used"] == sorted(told["used"])


def test_the_motives_and_both_bounds_are_in_the_graph() -> None:
    register, late, silent = dpv_of([notified(), unnotified()])["@graph"]
    assert register["@type"] == "eu-gdpr:DataBreachRegister"
    assert [item["@id"] for item in register["risk:hasIncident"]] == [late["@id"], silent["@id"]]
    assert late["dct:extent"][0] == "1742 <= persons (insured) <= 2310 (run 7f3a19c2)"
    assert late["dct:extent"][1] == "3 <= persons (professional) <= ? (declared: accounts seen)"
    authority, people, filing = late["dpv:hasNotice"]
    kinds = [item["@type"] for item in authority["dpv:hasJustification"]]
    assert kinds == ["eu-gdpr:JustificationA33NotificationDelay", "eu-gdpr:DataBreachJustification"]
    assert people["dpv:hasJustification"][0]["@type"] == "eu-gdpr:JustificationA33DisproportionateEffort"
    assert filing["dct:identifier"] == "receipts/cnil.pdf"
    authority, _people = silent["dpv:hasNotice"]
    assert authority["dpv:hasAuditStatus"]["@id"] == "eu-gdpr:BreachNotificationNotNeeded"
    assert authority["dpv:hasJustification"][0]["@type"] == "eu-gdpr:JustificationA33RiskUnlikely"


def test_what_is_undecided_is_not_available_and_not_a_status() -> None:
    undecided = unnotified(notification={}, communication={})
    authority, people = dpv_of([undecided])["@graph"][1]["dpv:hasNotice"]
    for notice in (authority, people):
        assert notice["dpv:hasApplicability"] == {"@id": "dpv:NotAvailable"}
        assert "dpv:hasNotificationStatus" not in notice


def test_no_name_of_a_person_leaves_in_dpv_or_veris() -> None:
    made = json.dumps([dpv_of([notified(), unnotified()]), veris_of(notified()), veris_of(unnotified())])
    assert not any(name in made for name in ("Blanc", "Roy"))


def test_veris_does_not_name_the_party() -> None:
    assert not any(word in json.dumps(veris_of(unnotified())) for word in ("phare", "Phare"))


def veris_schema() -> Any:
    if not VERIS_SCHEMA.exists():
        pytest.skip("the schema of VERIS is not here")
    return json.loads(VERIS_SCHEMA.read_text("utf-8"))


def test_the_examples_obey_the_schema_of_veris() -> None:
    schema = veris_schema()
    for record in (notified(), unnotified(), unnotified(natures=[], causes=[], categories=[], people=[])):
        jsonschema.validate(veris_of(record), schema)


@given(any_records())
@PATIENT
def test_any_record_with_a_year_obeys_the_schema_of_veris(record: BreachRecord) -> None:
    schema = veris_schema()
    if not any((record.occurred_from, record.occurred_to, record.aware_at, record.notification.at)):
        with pytest.raises(TocsinError, match="VERIS"):
            veris_of(record)
        return
    incident = veris_of(record)
    if 1950 <= incident["timeline"]["incident"]["year"] <= 2050:
        jsonschema.validate(incident, schema)


def test_every_word_of_veris_is_in_its_schema() -> None:
    known = json.dumps(veris_schema())
    told = veris.words()
    words = {
        *told["categories"].values(),
        *told["populations"].values(),
        *(item["motive"] for item in told["actors"].values()),
    }
    assert all(f'"{word}"' in known for word in words)


def test_veris_gives_the_upper_figure_and_both_bounds_beside() -> None:
    known = notified(people=[{"population": "insured", "lower": 1742, "upper": 2310, "run": "a"}])
    told = veris_of(known)["attribute"]["confidentiality"]
    assert told["data_total"] == 2310
    assert told["notes"] == "persons (insured): at least 1742, at most 2310"
    assert told["data_disclosure"] == "Yes"
    assert set(told["data_victim"]) == {"Customer"}


def test_an_open_figure_gives_no_total() -> None:
    told = veris_of(notified())["attribute"]["confidentiality"]
    assert "data_total" not in told
    assert "persons (professional): at least 3, at most Unknown" in told["notes"]


def test_what_is_not_known_is_the_word_unknown() -> None:
    told = veris_of(unnotified(causes=[], categories=[], people=[]))
    assert told["actor"] == {"unknown": {"notes": "Unknown"}}
    assert told["action"] == {"unknown": {"notes": "Unknown"}}
    assert told["discovery_method"] == {"unknown": True}
    assert told["attribute"]["confidentiality"]["data"] == [{"variety": "Unknown"}]
    assert told["attribute"]["confidentiality"]["data_disclosure"] == "Potentially"
    assert told["security_incident"] == "Suspected"
    assert "not said" in told["notes"]


def test_without_any_year_veris_is_refused() -> None:
    timeless = unnotified(occurred_from="", aware_at="")
    with speaking("en"), pytest.raises(TocsinError, match="no year is known") as refusal:
        veris_of(timeless)
    assert refusal.value.kind == "veris-without-year"
    assert refusal.value.where == "phare/2023-04"


def test_a_date_of_awareness_instead_of_the_facts_is_said() -> None:
    assert "became known" in veris_of(unnotified(occurred_from=""))["notes"]
