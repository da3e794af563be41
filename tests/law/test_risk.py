"""Severity and risk: the arithmetic of the paper, the steps of the reading, the groups of each party."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.language import speaking
from tocsin.law.facts import Circumstances, EarlierBreach, Facts, Group, Party, Professionals
from tocsin.law.judgement import LEVELS, Proposal, judge, reaches
from tocsin.law.risk.assessment import Assessment, assess_group, merged
from tocsin.law.risk.controllers import assess_facts, groups_of, propose
from tocsin.law.risk.enisa import score_group
from tocsin.law.risk.vocabulary import all_categories, all_profiles, complete_profiles, numbers, profile_name
from tocsin.law.risk.words import changes, spelled
from tocsin.law.words import grouped

READ = Circumstances(recipients="unknown", is_malicious=True)
TYPES = {"simple", "behavioural", "financial", "sensitive"}
NATURES = st.sets(st.sampled_from(["confidentiality", "integrity", "availability"]), min_size=1)
ANY = st.builds(
    Circumstances,
    recipients=st.sampled_from([None, "none_known", "trusted", "known", "unknown"]),
    is_malicious=st.booleans(), is_unintelligible=st.booleans(), has_vulnerable_people=st.booleans(),
    identification=st.sampled_from([None, "negligible", "limited", "significant", "maximum"]),
    insight=st.sampled_from([None, "status", "sensitive", "safety", "profile", "none", "little", "full", "general"]),
    integrity=st.sampled_from([None, "restored", "recoverable", "unrecoverable"]),
    availability=st.sampled_from([None, "restored", "temporary", "lost"]),
    harm_of_outage=st.sampled_from([None, "none", "annoyance", "serious"]),
)  # fmt: skip
SETS = st.frozensets(st.sampled_from(sorted(all_categories())), min_size=1, max_size=6)


def assess(categories: str, given: Circumstances = READ, *, natures: str = "confidentiality", upper: int | None = None,
           earlier: tuple[EarlierBreach, ...] = ()) -> Assessment:  # fmt: skip
    group = Group(id="g", categories=tuple(categories.split()), upper=upper)
    with speaking("en"):
        return assess_group(group, natures.split(), given, earlier)


# The worked scores of the paper, as they were read in another's account: kind of data, insight, score.
PAPER = [
    ("name", None, 1), ("purchases", None, 2), ("communications", "profile", 3), ("communications", "sensitive", 4),
    ("name", "profile", 2), ("name", "sensitive", 3), ("name", "safety", 4), ("account_statement", None, 3),
    ("account_statement", "none", 1), ("account_statement", "little", 2), ("account_statement", "full", 4),
    ("health", None, 4), ("health", "none", 1), ("health", "general", 2), ("health", "little", 3),
    ("purchases", "none", 1),
]  # fmt: skip


@pytest.mark.parametrize(("category", "insight", "context"), PAPER)
def test_the_context_is_that_of_the_paper(category: str, insight: str | None, context: int) -> None:
    given = Circumstances(insight=insight)  # type: ignore[arg-type]  # words of the table
    assert score_group(frozenset({category}), ["confidentiality"], given).context == context


@pytest.mark.parametrize(("categories", "value"), [
    ("iban", 0.25), ("phone", 0.5), ("nir", 0.75), ("email", 0.75), ("identity_document", 1.0), ("name nir", 1.0),
    ("name birth_date", 1.0), ("birth_date sex", 0.5), ("name iban", 0.5), ("name email", 1.0),
])  # fmt: skip
def test_people_are_identified_by_the_best_identifier_or_by_two_together(categories: str, value: float) -> None:
    assert score_group(frozenset(categories.split()), [], Circumstances()).identification == value


def test_what_is_declared_replaces_what_is_implied() -> None:
    score = score_group(frozenset({"name", "nir"}), [], Circumstances(identification="negligible"))
    assert score.identification == 0.25
    assert score.breach == ()
    assert score.arithmetic == "2 × 0.25 + (0) = 0.5"


@pytest.mark.parametrize(("natures", "given", "sum_of"), [
    ("confidentiality", Circumstances(recipients="none_known"), 0),
    ("confidentiality", Circumstances(recipients="known"), 0.25),
    ("confidentiality", Circumstances(recipients="trusted"), 0.25),
    ("confidentiality", Circumstances(), 0.5),
    ("integrity", Circumstances(integrity="restored"), 0), ("integrity", Circumstances(), 0.25),
    ("integrity", Circumstances(integrity="unrecoverable"), 0.5),
    ("availability", Circumstances(availability="restored"), 0), ("availability", Circumstances(), 0.25),
    ("availability", Circumstances(availability="lost"), 0.5),
    ("confidentiality integrity availability",
     Circumstances(integrity="unrecoverable", availability="lost", is_malicious=True), 2.0),
])  # fmt: skip
def test_the_circumstances_of_the_breach_add_up(natures: str, given: Circumstances, sum_of: float) -> None:
    assert sum(score_group(frozenset({"name"}), natures.split(), given).breach) == sum_of


@pytest.mark.parametrize(("value", "band"), [
    (0.25, "low"), (1.75, "low"), (2.0, "medium"), (2.75, "medium"), (3.0, "high"), (3.75, "high"), (4.0, "very_high"),
    (6.0, "very_high"),
])  # fmt: skip
def test_a_bound_belongs_to_the_higher_band(value: float, band: str) -> None:
    score = score_group(frozenset({"name"}), [], Circumstances())
    assert type(score)(0, 1.0, (value,), ()).band == band


def test_no_data_scores_the_least() -> None:
    with speaking("en"):
        score = score_group(frozenset(), ["availability"], Circumstances())
    assert score.context == 1
    assert score.identification == 0.25
    assert score.steps[0] == "data: nothing that scores"


def test_data_together_score_more_than_alone() -> None:
    with speaking("en"):
        score = score_group(frozenset({"name", "birth_date", "address"}), [], Circumstances())
        assert score.context == 2
        assert score.steps[0] == "data: together they allow identity theft, which scores 2"
        fraud = score_group(frozenset({"name", "iban", "email"}), [], Circumstances())
        assert fraud.context == 4
        assert fraud.steps[0] == "data: together they allow fraud on the account, which scores 4"


@settings(deadline=None)  # no test asserts a time
@given(SETS, NATURES, ANY)
def test_the_score_stays_in_the_bounds_of_the_paper(
    categories: frozenset[str], natures: set[str], given: Circumstances
) -> None:
    score = score_group(categories, natures, given)
    assert 0.25 <= score.value <= 6.0
    assert 1 <= score.context <= 4


@settings(deadline=None)  # no test asserts a time
@given(SETS, NATURES, ANY, st.one_of(st.none(), st.integers(0, 10**8)))
def test_protection_lowers_and_malice_raises(
    categories: frozenset[str], natures: set[str], given: Circumstances, upper: int | None
) -> None:
    def level(**change: object) -> int:
        group = Group(id="g", categories=tuple(sorted(categories)), upper=upper)
        other = Circumstances(**{**vars(given), **change})
        return LEVELS.index(assess_group(group, natures, other).level)

    assert level(is_unintelligible=True) <= level(is_unintelligible=False)
    assert level(is_malicious=False) <= level(is_malicious=True)
    assert level(has_vulnerable_people=False) <= level(has_vulnerable_people=True)


@settings(deadline=None)  # no test asserts a time
@given(SETS, ANY, SETS)
def test_an_earlier_breach_never_lowers(
    categories: frozenset[str], given: Circumstances, other: frozenset[str]
) -> None:
    group = Group(id="g", categories=tuple(sorted(categories)))
    earlier = [EarlierBreach(title="x", categories=tuple(sorted(other)), source="y")]
    alone, after = (assess_group(group, ["confidentiality"], given, item) for item in ([], earlier))
    assert LEVELS.index(alone.level) <= LEVELS.index(after.level)
    assert alone.likelihood <= after.likelihood <= alone.likelihood + 1


def test_profile_risk_is_what_two_breaches_allow_together() -> None:
    careful = Circumstances(recipients="known", is_malicious=False)
    earlier = EarlierBreach(title="a bank, 2023", categories=("iban", "email"), source="its notice")
    alone, after = assess("name guarantees", careful), assess("name guarantees", careful, earlier=(earlier,))
    assert (alone.likelihood, after.likelihood) == (2, 3)
    assert "with what a bank, 2023 exposed, they allow fraud on the account" in after.reasons
    assert "with what a bank, 2023 exposed, they allow phishing made to measure" in after.reasons
    assert "profile risk: one step more likely" in after.reasons
    assert "profile risk: one step more likely" not in alone.reasons
    own = assess("name email guarantees", careful, earlier=(earlier,))
    assert "the data allow phishing made to measure by themselves" in own.reasons
    assert "with what a bank, 2023 exposed, they allow phishing made to measure" not in own.reasons


def test_what_would_change_says_so_without_the_earlier_breaches() -> None:
    known = Circumstances(recipients="known", is_malicious=True)
    earlier = EarlierBreach(title="x", categories=("email",), source="y")
    found = assess("name nir insurer", known, earlier=(earlier,))
    assert found.level == "high_risk"
    assert "without the earlier breaches: a risk" in found.would_change


def test_numbers_make_somebody_likelier_to_be_harmed() -> None:
    many = numbers("reading")["many_people"]
    quiet = Circumstances(recipients="known", is_malicious=False)
    few, more = assess("name", quiet, upper=many - 1), assess("name", quiet, upper=many)
    assert (few.likelihood, more.likelihood) == (2, 3)
    assert f"{grouped(many)} people: one step more likely that somebody is harmed" in more.reasons
    assert assess("name", quiet).likelihood == 2


def test_vulnerable_people_raise_the_severity_up_to_the_top() -> None:
    vulnerable = Circumstances(recipients="known", has_vulnerable_people=True)
    assert assess("name", vulnerable).severity == assess("name", Circumstances(recipients="known")).severity + 1
    top = assess(
        "health name birth_date", Circumstances(recipients="unknown", is_malicious=True, has_vulnerable_people=True)
    )
    assert top.severity == 4
    assert not any("vulnerable" in reason for reason in top.reasons)


@pytest.mark.parametrize(("natures", "given", "likelihood"), [
    ("integrity", Circumstances(integrity="restored"), 1), ("integrity", Circumstances(), 2),
    ("integrity", Circumstances(integrity="unrecoverable"), 3),
    ("availability", Circumstances(harm_of_outage="none"), 1), ("availability", Circumstances(), 2),
    ("availability", Circumstances(harm_of_outage="none", is_malicious=True), 1),
    ("availability", Circumstances(is_malicious=True), 3),
    ("availability", Circumstances(availability="lost"), 3),
    ("availability", Circumstances(availability="lost", is_malicious=True), 4),
    ("availability", Circumstances(availability="lost", harm_of_outage="serious"), 4),
    ("availability", Circumstances(harm_of_outage="serious", is_malicious=True), 4),
    ("confidentiality", Circumstances(recipients="none_known"), 2),
    ("confidentiality", Circumstances(recipients="trusted"), 1),
    ("confidentiality", Circumstances(recipients="trusted", is_malicious=True), 2),
    ("confidentiality", Circumstances(), 3), ("confidentiality", READ, 4),
    ("confidentiality", Circumstances(is_unintelligible=True, is_malicious=True), 1),
    ("integrity confidentiality", Circumstances(is_unintelligible=True), 2),
])  # fmt: skip
def test_how_likely_harm_is(natures: str, given: Circumstances, likelihood: int) -> None:
    assert assess("purchases", given, natures=natures).likelihood == likelihood


def test_two_weeks_without_third_party_payment_is_a_breach_too() -> None:
    outage = Circumstances(availability="temporary", harm_of_outage="serious", is_malicious=True)
    assert assess("name guarantees", outage, natures="availability").level != "unlikely"
    assert "availability: serious for people" in assess("name guarantees", outage, natures="availability").reasons


def test_a_group_may_say_otherwise_than_the_breach() -> None:
    shared = Circumstances(recipients="unknown", is_malicious=True)
    assert merged(shared, Circumstances(is_malicious=False)) == Circumstances(recipients="unknown", is_malicious=False)


def facts(owner: str | None) -> Facts:
    return Facts(
        party=(
            Party(id="a", name="A", role="controller"), Party(id="b", name="B", role="controller"),
            Party(id="op", name="Op", role="processor"), Party(id="host", name="Host", role="sub_processor"),
        ),
        group=(
            Group(id="all", categories=("name",)), Group(id="of-b", controller="b", categories=("name", "health")),
            Group(id="pros", population="professional", categories=("iban",)),
        ),
        professionals=Professionals(controller=owner, recorded_by="x", recorded_on="2024-02-05", reason="y")  # type: ignore[arg-type]  # a day is read as text
        if owner else None,
        circumstances=READ,
    )  # fmt: skip


@pytest.mark.parametrize(("owner", "expected"), [
    (None, {"a": ["all"], "b": ["all", "of-b"], "op": ["pros"], "host": []}),
    ("op", {"a": ["all"], "b": ["all", "of-b"], "op": ["pros"], "host": []}),
    ("a", {"a": ["all", "pros"], "b": ["all", "of-b"], "op": [], "host": []}),
    ("*", {"a": ["all", "pros"], "b": ["all", "of-b", "pros"], "op": [], "host": []}),
])  # fmt: skip
def test_who_is_controller_of_the_professionals_changes_who_answers(
    owner: str | None, expected: dict[str, list[str]]
) -> None:
    given = facts(owner)
    assert {party.id: [group.id for group in groups_of(given, party)] for party in given.party} == expected


def test_a_party_is_proposed_the_level_of_its_worst_group() -> None:
    with speaking("en"):
        proposals = propose(assess_facts(facts("op")))
    assert {key: value.level for key, value in proposals.items()} == {"a": "risk", "b": "high_risk", "op": "risk"}
    assert proposals["b"].reasons == (
        "group of-b: severity 3 of 4 (important), from the ENISA band; recipients: unknown, with malicious intent;"
        " likelihood 4 of 4",
    )


def test_only_the_earlier_breaches_of_that_controller_count() -> None:
    given = facts(None)
    earlier = EarlierBreach(title="x", categories=("email", "insurer"), controller="a", source="y")
    found = assess_facts(
        Facts(**{**vars(given), "earlier_breach": (earlier,), "circumstances": Circumstances(recipients="known")})
    )
    assert [item.likelihood for item in (found["a"][0], found["b"][0])] == [3, 2]


def test_a_judgement_without_anything() -> None:
    with speaking("en"):
        found = judge(Facts(), "a", {})
        assert (found.level, found.is_decided) == (None, False)
        assert judge(Facts(), "a", {"a": Proposal("risk")}).reasons == ("proposed: a risk",)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("threshold", LEVELS)
def test_a_level_reaches_a_threshold_at_or_below_it(level: str, threshold: str) -> None:
    assert reaches(level, threshold) is (LEVELS.index(level) >= LEVELS.index(threshold))  # type: ignore[arg-type]  # words of the table


def test_the_vocabulary_holds_together() -> None:
    method = numbers("enisa_2013")
    for category in all_categories().values():
        assert category.type in TYPES
        assert category.identification in method["identification"]
        assert category.insight == "" or category.insight in method["type"][category.type]["insight"]
    for language in ("en", "fr"):
        with speaking(language):
            assert len({spelled(name) for name in all_categories()}) == len(all_categories())
            assert len({words for _change, words in changes()}) == len(changes())
            assert len({profile_name(profile.name) for profile in all_profiles()}) == len(all_profiles())
    assert complete_profiles(frozenset(all_categories())) == list(all_profiles())
    assert complete_profiles(frozenset()) == []
