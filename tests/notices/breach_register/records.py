"""Records for the tests: two that a DPO could have written, and all that Hypothesis thinks of."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from tocsin.law.facts.load import KINDS
from tocsin.law.risk.vocabulary import all_categories
from tocsin.notices.breach_register.record import BreachRecord, record_of

UNNOTIFIED: dict[str, Any] = {
    "party": "phare", "party_name": "Mutuelle du Phare", "breach": "2023-04", "title": "A list sent astray",
    "natures": ["confidentiality"], "occurred_from": "2023-04-11", "aware_at": "2023-04-12T09:30:00+02:00",
    "facts": "A list of 43 members left by e-mail.", "causes": ["internal_accidental"], "categories": ["name", "email"],
    "people": [{"population": "insured", "lower": 43, "upper": 43, "by": "Mme Roy", "ground": "the list"}],
    "effects": "None known.", "severity": 1, "risk": "unlikely",
    "measures": [{"what": "deletion confirmed", "on": "2023-04-12"}],
    "notification": {"answer": "no", "motive": "one known recipient", "by": "M. Blanc", "dpo_opinion": "agrees"},
    "communication": {"answer": "no", "motive": "no high risk", "by": "M. Blanc", "dpo_opinion": "agrees"},
}  # fmt: skip
NOTIFIED: dict[str, Any] = {
    "party": "dunes", "party_name": "Mutuelle des Dunes", "breach": "2024-01", "title": "Robots in the portal",
    "sector": "health insurance", "natures": ["confidentiality", "availability"], "is_established": True,
    "is_ongoing": False, "occurred_from": "2024-01-22T08:00:00+01:00", "occurred_to": "2024-01-29T15:00:00+01:00",
    "aware_at": "2024-02-02T15:00:00+01:00", "facts": "Phished accounts.\nRobots read all.", "origin": "phishing",
    "causes": ["external_malicious", "internal_accidental"], "categories": ["name", "nir", "iban"],
    "data_in_words": "identity and cover", "has_sensitive_data": False,
    "people": [
        {"population": "insured", "lower": 1742, "working": 1803, "upper": 2310, "run": "7f3a19c2"},
        {"population": "professional", "lower": 3, "by": "Mme Roy", "on": "2024-02-03", "ground": "accounts seen"},
    ],
    "effects": "Identity theft is possible.", "severity": 3, "risk": "high_risk",
    "measures": [{"horizon": "before", "what": "passwords | one factor"}, {"horizon": "long_term", "what": "passkeys"}],
    "notification": {"answer": "done", "at": "2024-02-05T16:00:00+01:00", "motive": "high risk", "by": "M. Blanc",
                     "on": "2024-02-03", "dpo_opinion": "agrees", "reason_for_delay": "the list came late"},
    "communication": {"answer": "no", "motive": "no address known", "by": "M. Blanc", "ground": "c"},
    "filings": [{"duty": "authority_notification", "to": "CNIL", "sent_at": "2024-02-05T16:00:00+01:00",
                 "received_at": "2024-02-05T16:01:00+01:00", "receipt": "receipts/cnil.pdf"}],
    "source": "case six, run 7f3a19c2",
}  # fmt: skip


def unnotified(**changes: Any) -> BreachRecord:
    """The breach that was not notified, with its motive."""
    return record_of({**UNNOTIFIED, **changes})


def notified(**changes: Any) -> BreachRecord:
    """The breach that was notified, late."""
    return record_of({**NOTIFIED, **changes})


def any_texts(least: int = 0) -> st.SearchStrategy[str]:
    """Texts a person or an attacker could type: bars, quotes, formulas, new lines, other alphabets."""
    letters = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff") | st.sampled_from(
        "\n\t|\\;,'\"=+-@:"
    )
    return st.text(letters, max_size=12).filter(lambda text: len(text.strip()) >= least)


def any_moments() -> st.SearchStrategy[str]:
    """Moments known to the year, the month, the day or the second; or not."""
    days = st.dates().map(lambda day: day.isoformat())
    offsets = st.sampled_from([dt.timezone(dt.timedelta(minutes=minutes)) for minutes in (0, 60, 120, -210, 345)])
    instants = st.datetimes(timezones=offsets)
    return st.one_of(
        st.just(""), days.map(lambda day: day[:4]), days.map(lambda day: day[:7]), days,
        instants.map(lambda at: at.isoformat()),
    )  # fmt: skip


IDS = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,10}", fullmatch=True)


@st.composite
def any_people(draw: st.DrawFn) -> dict[str, Any]:
    """A figure: one bound at least, in order, computed or declared."""
    bounds = sorted(draw(st.lists(st.integers(0, 10**12), min_size=3, max_size=3)))
    kept = draw(st.sets(st.sampled_from(("lower", "working", "upper")), min_size=1))
    figure: dict[str, Any] = {
        name: value for name, value in zip(("lower", "working", "upper"), bounds, strict=True) if name in kept
    }
    origin = draw(st.sampled_from(("run", "ground")))
    figure[origin] = draw(any_texts(1))
    return {**figure, "by": draw(any_texts()), "on": draw(any_moments())}


@st.composite
def any_choices(draw: st.DrawFn, is_about_people: bool) -> dict[str, Any]:
    """A decision; one not to notify has its motive and its author."""
    choice = {
        "answer": draw(st.sampled_from(("done", "planned", "no", "undecided"))), "at": draw(any_moments()),
        "motive": draw(any_texts(1)), "by": draw(any_texts(1)), "on": draw(any_moments()),
        "dpo_opinion": draw(any_texts()), "reason_for_delay": draw(any_texts()),
    }  # fmt: skip
    return choice | ({"ground": draw(st.sampled_from(("", "a", "b", "c")))} if is_about_people else {})


@st.composite
def any_records(draw: st.DrawFn) -> BreachRecord:
    """A record that the register accepts, whatever else it holds."""
    populations = ("all", "insured", "professional", "other")
    units = ("persons", "households", "contracts", "records", "lines")
    counted = draw(st.lists(st.tuples(st.sampled_from(populations), st.sampled_from(units)), max_size=3, unique=True))
    causes = (
        "internal_malicious",
        "internal_accidental",
        "external_malicious",
        "external_accidental",
        "other",
        "unknown",
    )
    start = draw(any_moments())
    return record_of({
        "party": draw(IDS), "party_name": draw(any_texts(1)), "breach": draw(IDS), "title": draw(any_texts(1)),
        "role": draw(st.sampled_from(("controller", "processor", "sub_processor"))), "sector": draw(any_texts()),
        "natures": draw(st.lists(st.sampled_from(("confidentiality", "integrity", "availability")), max_size=3)),
        "is_established": draw(st.none() | st.booleans()), "is_ongoing": draw(st.none() | st.booleans()),
        "occurred_from": start, "occurred_to": start, "aware_at": draw(any_moments()), "facts": draw(any_texts()),
        "origin": draw(any_texts()), "causes": draw(st.lists(st.sampled_from(causes), max_size=2)),
        "categories": draw(st.lists(st.sampled_from(sorted(all_categories())), max_size=4)),
        "data_in_words": draw(any_texts()), "has_sensitive_data": draw(st.none() | st.booleans()),
        "people": [{**draw(any_people()), "population": population, "unit": unit} for population, unit in counted],
        "effects": draw(any_texts()), "severity": draw(st.sampled_from((None, 1, 2, 3, 4))),
        "risk": draw(st.sampled_from((None, "unlikely", "risk", "high_risk"))),
        "measures": draw(st.lists(st.fixed_dictionaries(
            {"horizon": st.sampled_from(("before", "immediate", "medium_term", "long_term")), "what": any_texts(1),
             "on": any_moments()}), max_size=2)),
        "notification": draw(any_choices(False)), "communication": draw(any_choices(True)),
        "filings": draw(st.lists(st.fixed_dictionaries(
            {"duty": st.sampled_from(KINDS), "to": any_texts(), "sent_at": any_moments(), "received_at": any_moments(),
             "receipt": any_texts()}), max_size=2)),
        "source": draw(any_texts()),
    })  # fmt: skip
