"""The Digital Omnibus, simulated: 96 hours, high risk only, a single entry point. It is a proposal, not law.

COM(2025) 837. Nobody may wait for it: the simulated line stands beside the duty in force, and never replaces it.
"""

from __future__ import annotations

from dataclasses import replace

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of
from tocsin.law.duty import Duty
from tocsin.law.facts import Party
from tocsin.law.gdpr.article_33 import notify
from tocsin.law.judgement import Judgement
from tocsin.law.texts import text

NAME = "digital-omnibus"


def simulate(duty: Duty, controller: Party, judgement: Judgement) -> Duty | None:
    """What an authority notification would become under the proposal."""
    if duty.kind != "authority_notification" or duty.since is None:
        return None
    basis = text("omnibus_33").in_force(on=day_of(duty.since, HOME))
    simulated = notify(controller, judgement, duty.since, basis, about=duty.about)
    warning = _("a proposal, not law: {source}").format(source=basis.source)
    return replace(
        simulated, kind="simulated_notification", to="single_entry_point", at_stake="", asks=(),
        information=(warning, basis.note, *simulated.information), standing="proposed",
        state="not_owed" if simulated.state == "to_decide" else simulated.state,
    )  # fmt: skip
