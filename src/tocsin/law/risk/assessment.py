"""Unlikely risk, risk or high risk, for one group of people: severity and likelihood, with every reason.

The factors are those of EDPB guidelines 9/2022, part IV: type of breach, nature and volume of data, ease of
identification, severity for the people, special characteristics of people and controller, number of people. What would
change the outcome is found by asking again with one fact changed.

>>> from tocsin.law.facts import Circumstances, Group
>>> group = Group(id="insured", categories=("name", "birth_date", "nir"), upper=5000)
>>> read = Circumstances(recipients="unknown", is_malicious=True)
>>> assess_group(group, ("confidentiality",), read).level
'high_risk'
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace

from tocsin.language import _
from tocsin.law.facts import Circumstances, EarlierBreach, Group, Level
from tocsin.law.judgement import level_name
from tocsin.law.risk.enisa import Score, score_group
from tocsin.law.risk.vocabulary import complete_profiles, numbers, profile_name
from tocsin.law.risk.words import changes, spelled
from tocsin.law.words import grouped

LIKELIHOOD_MOST = 4


@dataclass(frozen=True)
class Assessment:
    """What is proposed for one group, and why."""

    group: Group
    score: Score
    severity: int
    likelihood: int
    level: Level
    reasons: tuple[str, ...]
    would_change: tuple[str, ...]


def merged(shared: Circumstances, own: Circumstances) -> Circumstances:
    """The circumstances of a group: its own where it says so, else those of the breach."""
    return Circumstances(
        **{
            item.name: getattr(shared if getattr(own, item.name) is None else own, item.name)
            for item in fields(Circumstances)
        }
    )


def assess_group(
    group: Group, natures: Collection[str], given: Circumstances, earlier: Sequence[EarlierBreach] = ()
) -> Assessment:
    """The proposal for one group; ``given`` are its merged circumstances."""
    found = _assess(group, natures, given, earlier)
    return replace(found, would_change=_what_would_change(found, group, natures, given, earlier))


def _assess(
    group: Group, natures: Collection[str], given: Circumstances, earlier: Sequence[EarlierBreach]
) -> Assessment:
    categories = frozenset(group.categories)
    score = score_group(categories, natures, given)
    severity, severity_reasons = _severity(score, given)
    likelihood, likelihood_reasons = _likelihood(group, natures, given, earlier)
    level: Level = numbers("reading")["risk"][str(severity)][likelihood - 1]
    return Assessment(group, score, severity, likelihood, level, (*severity_reasons, *likelihood_reasons), ())


def _severity(score: Score, given: Circumstances) -> tuple[int, list[str]]:
    severity = numbers("reading")["severity"][score.band]
    reasons = [_("severity {severity} of 4 ({name}), from the ENISA band").format(
        severity=severity, name=severity_name(severity))]  # fmt: skip
    if given.has_vulnerable_people and severity < LIKELIHOOD_MOST:
        severity += 1
        reasons.append(_("vulnerable people: severity {severity} of 4 ({name})").format(
            severity=severity, name=severity_name(severity)))  # fmt: skip
    return severity, reasons


def severity_name(severity: int) -> str:
    """The four levels of the CNIL."""
    return (_("negligible"), _("limited"), _("important"), _("maximal"))[severity - 1]


def _likelihood(
    group: Group, natures: Collection[str], given: Circumstances, earlier: Sequence[EarlierBreach]
) -> tuple[int, list[str]]:
    """The likeliest of what was lost, then what makes harm likelier still."""
    found = [_of_nature(nature, given) for nature in sorted(natures)]
    likelihood, reason = max(found, key=lambda item: item[0])
    reasons = [reason]
    if likelihood == 1:
        return 1, reasons
    many = numbers("reading")["many_people"]
    if group.upper is not None and group.upper >= many:
        likelihood += 1
        reasons.append(
            _("{people} people: one step more likely that somebody is harmed").format(people=grouped(group.upper))
        )
    own = complete_profiles(frozenset(group.categories))
    alone = _("the data allow {profile} by themselves")
    reasons += [alone.format(profile=profile_name(profile.name)) for profile in own]
    added = _profile_risk(group, earlier)
    if added:
        likelihood += 1
        reasons += [*added, _("profile risk: one step more likely")]
    likelihood = min(likelihood, LIKELIHOOD_MOST)
    reasons.append(_("likelihood {likelihood} of 4").format(likelihood=likelihood))
    return likelihood, reasons


def _profile_risk(group: Group, earlier: Sequence[EarlierBreach]) -> list[str]:
    """What this breach allows only together with an earlier one: by category, never by person."""
    own = complete_profiles(frozenset(group.categories))
    added = _("with what {breach} exposed, they allow {profile}")
    return [
        added.format(breach=breach.title, profile=profile_name(profile.name))
        for breach in earlier
        for profile in complete_profiles(frozenset(group.categories) | frozenset(breach.categories))
        if profile not in own
    ]


def _of_nature(nature: str, given: Circumstances) -> tuple[int, str]:
    table: dict[str, int] = numbers("reading")["likelihood"][nature]
    if nature == "confidentiality":
        return _of_confidentiality(table, given)
    if nature == "integrity":
        word = given.integrity or "recoverable"
        return table[word], _("integrity: {word}").format(word=spelled(word))
    harm: str = given.harm_of_outage or "annoyance"
    if given.availability == "lost" and table[harm] < table["lost"]:
        harm = "lost"
    likelihood = table[harm]
    if given.is_malicious and likelihood > 1:
        likelihood += table["malicious_adds"]
    return min(likelihood, LIKELIHOOD_MOST), _("availability: {word}").format(word=spelled(harm))


def _of_confidentiality(table: dict[str, int], given: Circumstances) -> tuple[int, str]:
    if given.is_unintelligible:
        return table["unintelligible"], _("the data are unintelligible and the key is safe")
    word = given.recipients or "unknown"
    likelihood = table[word]
    if given.is_malicious:
        likelihood = min(likelihood + table["malicious_adds"], LIKELIHOOD_MOST)
        return likelihood, _("recipients: {word}, with malicious intent").format(word=spelled(word))
    return likelihood, _("recipients: {word}").format(word=spelled(word))


def _what_would_change(
    found: Assessment, group: Group, natures: Collection[str], given: Circumstances, earlier: Sequence[EarlierBreach]
) -> tuple[str, ...]:
    told = []
    for change, words in changes():
        other = replace(given, **change)  # type: ignore[arg-type]  # the names are those of the dataclass
        level = _assess(group, natures, other, earlier).level
        if other != given and level != found.level:
            told.append(_("{change}: {level}").format(change=words, level=level_name(level)))
    if earlier and (level := _assess(group, natures, given, ()).level) != found.level:
        told.append(_("{change}: {level}").format(change=_("without the earlier breaches"), level=level_name(level)))
    return tuple(told)
