"""What the addressee must do now: its own clocks, each under its text.

Those that the facts have started are computed; the others are said with the moment that starts them. No number stands
here: hours come from the dated texts.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of
from tocsin.law.duty import Duty
from tocsin.law.facts import Party
from tocsin.law.texts import text
from tocsin.law.words import addressee_name, kind_name
from tocsin.notices.document import Block, Paragraph, Table
from tocsin.notices.situation import Situation
from tocsin.notices.words import end_in_full

FOR_CONTROLLERS = (
    "authority_notification", "breach_record", "communication", "police_complaint", "insurer_notice", "dora_initial",
    "dora_clients", "nis1_incident", "nis2_early_warning", "nis2_notification", "health_incident",
)  # fmt: skip
FOR_PROCESSORS = ("controller_notification", "contract_notice", "police_complaint", "insurer_notice")


def next_steps(situation: Situation, addressee: Party) -> tuple[Block, ...]:
    """The clocks of the addressee, and what starts those that have not started."""
    is_processor = addressee.role == "processor"
    duties = _own(situation, addressee)
    yours = _(
        "You decide, with your data-protection officer; the following clocks are yours, not ours. This letter makes you"
        " aware at the latest when it reaches you."
    )
    in_turn = _("You are a processor in turn: tell each of your controllers without delay (GDPR 33(2)).")
    rows = tuple(dict.fromkeys(_row(duty, addressee) for duty in duties if duty.pace != "waiting"))
    started = {duty.kind for duty in duties if duty.pace != "waiting"}
    rules = tuple(Paragraph(rule) for kind, rule in _rules(situation, is_processor) if kind not in started)
    table = (Table((_("what"), _("to whom"), _("by when"), _("under which text")), rows),) if rows else ()
    return (Paragraph(in_turn if is_processor else yours), *table, *rules)


def first_deadline(situation: Situation, addressee: Party) -> str:
    """The first dated clock of the addressee; else what the law gives it, once it is aware. A processor tells first."""
    if addressee.role == "processor":
        return _("tell your controllers at once")
    dated = [duty for duty in _own(situation, addressee) if duty.due and duty.pace == "dated"]
    first = min(dated, key=lambda duty: duty.order, default=None)
    if first and first.due:
        return _("{what}: {end}").format(what=kind_name(first.kind), end=end_in_full(first.due, addressee.place))
    law = text("gdpr_33_1").in_force(on=day_of(situation.now, HOME))
    return _("notification to the authority: {hours} hours after you become aware").format(hours=law.number("hours"))


def _own(situation: Situation, addressee: Party) -> list[Duty]:
    kinds = FOR_PROCESSORS if addressee.role == "processor" else FOR_CONTROLLERS
    return [duty for duty in situation.duties if duty.by == addressee.id and duty.kind in kinds]


def _row(duty: Duty, addressee: Party) -> tuple[str, str, str, str]:
    due = end_in_full(duty.due, addressee.place) if duty.due else _("at once: the text gives no hours")
    to = _("each of your controllers") if duty.kind in ("controller_notification", "contract_notice") else duty.to
    return kind_name(duty.kind), addressee_name(to), due, duty.basis.name


def _rules(situation: Situation, is_processor: bool) -> Iterator[tuple[str, str]]:
    """What starts a clock of which nothing is known yet."""
    day = day_of(situation.now, HOME)
    law = text("gdpr_33_1").in_force(on=day)
    notification = _(
        "Notification to the supervisory authority: {hours} hours after you become aware ({text}), in phases if need"
        " be, unless a risk is unlikely."
    )
    communication = _("Communication to the people: without undue delay when the risk is high ({text}).")
    record = _("Record of the breach: whatever the risk ({text}).")
    complaint = _(
        "Police complaint: {hours} hours after you learn of the attack, if an insurance covers such losses ({text})."
    )
    if not is_processor:
        yield "authority_notification", notification.format(hours=law.number("hours"), text=law.name)
        yield "communication", communication.format(text=text("gdpr_34_1").in_force(on=day).name)
        yield "breach_record", record.format(text=text("gdpr_33_5").in_force(on=day).name)
    lopmi = text("insurance_l12_10_1")
    if situation.facts.breach.is_attack and lopmi.is_born(day):
        law = lopmi.in_force(on=day)
        yield "police_complaint", complaint.format(hours=law.number("hours"), text=law.name)
