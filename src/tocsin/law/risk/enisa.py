"""ENISA 2013, factor by factor: SE = DPC x EI + CB, with its arithmetic. A number, never a legal conclusion.

The paper predates the GDPR and gives no threshold for its Articles 33 and 34; the EDPB calls it helpful, no more.

>>> from tocsin.law.facts import Circumstances
>>> score = score_group(frozenset({"name", "birth_date", "nir", "insurer"}), frozenset({"confidentiality"}),
...                     Circumstances(recipients="unknown", is_malicious=True))
>>> score.arithmetic, score.band
('2 × 1 + (0.5 + 0.5) = 3', 'high')
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tocsin.language import _
from tocsin.law.facts import Circumstances
from tocsin.law.risk.vocabulary import all_categories, complete_profiles, numbers, profile_name
from tocsin.law.risk.words import spelled

NAMING_NEEDED = 2


@dataclass(frozen=True)
class Score:
    """The three factors, the result and why."""

    context: int
    identification: float
    breach: tuple[float, ...]
    steps: tuple[str, ...]

    @property
    def value(self) -> float:
        """SE."""
        return self.context * self.identification + sum(self.breach)

    @property
    def arithmetic(self) -> str:
        """The sum as one writes it."""
        parts = " + ".join(f"{part:g}" for part in self.breach) or "0"
        return f"{self.context} × {self.identification:g} + ({parts}) = {self.value:g}"

    @property
    def band(self) -> str:
        """``low``, ``medium``, ``high`` or ``very_high``; a score on a bound belongs to the higher band."""
        return [str(band["name"]) for band in numbers("enisa_2013")["band"] if self.value >= band["from"]][-1]


def score_group(categories: frozenset[str], natures: Collection[str], given: Circumstances) -> Score:
    """The score of one group of people."""
    context, context_steps = _context(categories, given)
    identification, identification_step = _identification(categories, given)
    breach, breach_steps = _breach(natures, given)
    return Score(context, identification, breach, (*context_steps, identification_step, *breach_steps))


def _context(categories: frozenset[str], given: Circumstances) -> tuple[int, list[str]]:
    """DPC: every kind of data is scored, the highest is kept."""
    method = numbers("enisa_2013")
    bounds = method["data_processing_context"]
    best, why = bounds["least"], _("data: nothing that scores")
    for name in sorted(categories):
        category = all_categories()[name]
        kind = method["type"][category.type]
        insight = given.insight if given.insight in kind["insight"] else category.insight
        move = kind["insight"].get(insight, 0)
        score = min(max(kind["base"] + move, bounds["least"]), bounds["most"])
        if score > best or why == _("data: nothing that scores"):
            best = score
            why = _("data: {category} scores {base} {move:+d}, bounded to {score}").format(
                category=spelled(name), base=kind["base"], move=move, score=score
            )
    for profile in complete_profiles(categories):
        together = _together(profile.insight, categories)
        if together > best:
            best = together
            why = _("data: together they allow {profile}, which scores {score}").format(
                profile=profile_name(profile.name), score=together
            )
    return best, [why]


def _together(insight: str, categories: frozenset[str]) -> int:
    """What the best kind of data scores when the others lend it this insight."""
    method = numbers("enisa_2013")
    scores = [
        method["type"][all_categories()[name].type]["base"]
        + method["type"][all_categories()[name].type]["insight"].get(insight, 0)
        for name in categories if insight in method["type"][all_categories()[name].type]["insight"]
    ]  # fmt: skip
    most: int = method["data_processing_context"]["most"]
    return min(max(scores, default=0), most)


def _identification(categories: frozenset[str], given: Circumstances) -> tuple[float, str]:
    """EI: the best identifier, or certainty when two that name a person stand together."""
    values: dict[str, float] = numbers("enisa_2013")["identification"]
    if given.identification:
        word: str = given.identification
        return values[word], _("identification: {word}, as declared").format(word=spelled(word))
    naming = sorted(name for name in categories if all_categories()[name].names)
    if "name" in categories and "birth_date" in categories:
        naming = [*naming, "birth_date"]
    if len(naming) >= NAMING_NEEDED:
        return values["maximum"], _("identification: maximum, by {names} together").format(
            names=", ".join(map(spelled, naming))
        )
    best = max(
        (all_categories()[name].identification for name in categories), key=values.__getitem__, default="negligible"
    )
    return values[best], _("identification: {word}, by the best identifier").format(word=spelled(best))


def _breach(natures: Collection[str], given: Circumstances) -> tuple[tuple[float, ...], list[str]]:
    """CB: what was lost, summed."""
    method = numbers("enisa_2013")["breach"]
    lost = {
        "confidentiality": given.recipients or "unknown",
        "integrity": given.integrity or "recoverable",
        "availability": given.availability or "temporary",
    }
    parts, steps = [], []
    for nature, word in lost.items():
        if nature in natures:
            parts.append(float(method[nature][word]))
            steps.append(
                _("{nature}: {word} adds {part:g}").format(nature=spelled(nature), word=spelled(word), part=parts[-1])
            )
    if given.is_malicious:
        parts.append(float(method["malicious"]["yes"]))
        steps.append(_("malicious intent adds {part:g}").format(part=parts[-1]))
    return tuple(parts), steps
