"""What lacks is said: the article's three parts, both motives, the receipt, the reasons of a delay, the ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.notices.breach_register.records import NOTIFIED, UNNOTIFIED, notified, unnotified
from tocsin.language import speaking
from tocsin.notices.breach_register.lacking import is_late, lacking


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with speaking("en"):
        yield


def choice(data: dict[str, Any], key: str, **changes: Any) -> dict[str, Any]:
    return {key: {**data[key], **changes}}


def test_a_complete_record_lacks_nothing() -> None:
    assert lacking(unnotified()) == []
    assert lacking(notified(**choice(NOTIFIED, "communication", dpo_opinion="agrees"))) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"facts": ""}, "the facts"), ({"natures": []}, "the natures: confidentiality, integrity, availability"),
        ({"occurred_from": ""}, "when it happened"), ({"aware_at": ""}, "when the party became aware"),
        ({"categories": []}, "the kinds of data"), ({"people": []}, "how many people, at least and at most"),
        ({"effects": ""}, "the effects"), ({"measures": []}, "the measures taken"),
        ({"risk": None}, "the level of risk"),
        ({"notification": {}}, "decide whether to notify, with a motive"),
        ({"communication": {}}, "decide whether the people are told, with a motive"),
        (choice(UNNOTIFIED, "notification", dpo_opinion=""), "the opinion of the DPO (GDPR 38, 39)"),
        (choice(UNNOTIFIED, "communication", motive=""), "why the people are told or not"),
        (choice(UNNOTIFIED, "communication", by=""), "who decided"),
        (choice(UNNOTIFIED, "communication", answer="planned"), "tell the people"),
        (choice(UNNOTIFIED, "communication", answer="done"), "when the people were told"),
        (choice(UNNOTIFIED, "notification", answer="planned"), "notify the authority"),
        ({"risk": "high_risk"}, "a ground of GDPR 34(3): the risk is high and the people are not told"),
    ],
)  # fmt: skip
def test_each_part_that_lacks_is_named(changes: dict[str, Any], says: str) -> None:
    assert lacking(unnotified(**changes)) == [says]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"filings": []}, "the receipt of the authority"),
        (choice(NOTIFIED, "notification", at=""), "when the authority was notified"),
        (choice(NOTIFIED, "notification", reason_for_delay=""), "the reasons for the delay (GDPR 33(1))"),
        (choice(NOTIFIED, "notification", motive=""), "why the authority is notified or not"),
    ],
)
def test_of_a_notified_breach_too(changes: dict[str, Any], says: str) -> None:
    assert says in lacking(notified(**changes))


def test_who_is_no_controller_decides_nothing() -> None:
    assert lacking(unnotified(role="processor", notification={}, communication={}, effects="")) == ["the effects"]


@pytest.mark.parametrize(
    ("aware", "told", "late"),
    [
        ("2024-02-02T15:00:00+01:00", "2024-02-05T15:00:00+01:00", False),
        ("2024-02-02T15:00:00+01:00", "2024-02-05T15:00:01+01:00", True),
        ("2024-02-02", "2024-02-09", None),
        ("2018-05-20T15:00:00+02:00", "2018-06-20T15:00:00+02:00", None),
    ],
)
def test_late_is_counted_by_the_law_and_only_between_instants(aware: str, told: str, late: bool | None) -> None:
    record = notified(aware_at=aware, occurred_from="", occurred_to="", **choice(NOTIFIED, "notification", at=told))
    assert is_late(record) is late
