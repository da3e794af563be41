"""GDPR 34: the controller tells the people when the risk is high; the three grounds on which it need not."""

from __future__ import annotations

from dataclasses import replace

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of
from tocsin.law.duty import Duty, State
from tocsin.law.facts import Exemption, Facts, Party
from tocsin.law.judgement import Judgement, dpo_words, reaches
from tocsin.law.periods import without_hours
from tocsin.law.texts import Version, text


def communication(facts: Facts, controller: Party, judgement: Judgement, about: str = "") -> Duty | None:
    """The duty of a controller to tell each person, or the public where telling each one is disproportionate.

    GDPR 34(1): "When the personal data breach is likely to result in a high risk to the rights and freedoms of natural
    persons, the controller shall communicate the personal data breach to the data subject without undue delay."
    """
    since = controller.first_aware
    if since is None:
        return None
    basis = text("gdpr_34_1").in_force(on=day_of(since, HOME))
    is_ordered = any(item.to == controller.id and item.answers_34_4 for item in facts.formal_notice)
    state, asks = ("open", ()) if is_ordered else _state(judgement, basis)
    duty = Duty(
        kind="communication", by=controller.id, to="people", about=about, basis=basis, place=controller.place,
        what=_("tell each person what happened, its likely consequences, what is done and what they can do"),
        pace="at_once", since=since,
        computation=without_hours(since, controller.place),
        reasons=(*((_("the authority orders it (GDPR 34(4))"),) if is_ordered else ()), *judgement.reasons),
        asks=(*asks, *judgement.asks), state=state,
    )  # fmt: skip
    grounds = [item for item in facts.exemption if item.controller == controller.id]
    return _exempted(duty, grounds[-1]) if grounds and not is_ordered else duty


def _state(judgement: Judgement, basis: Version) -> tuple[State, tuple[str, ...]]:
    if judgement.level is not None and reaches(judgement.level, basis.word("threshold")):
        return "open", ()
    if judgement.is_decided:
        return "not_owed", ()
    return "to_decide", (_("decide, by a named person and with a reason, whether the people are told"),)


def _exempted(duty: Duty, exemption: Exemption) -> Duty:
    """The three grounds: (a) unintelligible to others, (b) the high risk is no longer likely, (c) too great an effort.

    GDPR 34(3)(c): "it would involve disproportionate effort. In such a case, there shall instead be a public
    communication or similar measure whereby the data subjects are informed in an equally effective manner"
    """
    assert duty.since is not None
    basis = text("gdpr_34_3").in_force(on=day_of(duty.since, HOME))
    ground = {
        "a": _("(a) the data are unintelligible to whoever has no right to them"),
        "b": _("(b) measures taken since make the high risk no longer likely"),
        "c": _("(c) telling each one would be a disproportionate effort"),
    }[exemption.ground]
    told_by = _("{ground}: decided by {by} on {on}; {reason}").format(
        ground=ground, by=exemption.by, on=exemption.on, reason=exemption.reason
    )
    opinion, missing = dpo_words(exemption.dpo_opinion)
    reasons, asks = (*duty.reasons, told_by, *opinion), (*duty.asks, *missing)
    if exemption.ground == "c":
        return replace(
            duty, kind="public_communication", to="public", basis=basis, reasons=reasons, asks=asks,
            what=_("tell the public as effectively as one by one; those who can be reached are still told one by one"),
        )  # fmt: skip
    return replace(duty, basis=basis, reasons=reasons, asks=asks, state="not_owed")
