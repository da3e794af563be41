"""GDPR 33: the processor tells the controller, the controller tells the authority, and keeps a record.

Each controller owes its own notification; none is dropped because another's exists. "Do not notify" is never
automatic: below the threshold the clock runs until a named person has decided.
"""

from __future__ import annotations

from datetime import datetime

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of, told
from tocsin.law.duty import Duty, State
from tocsin.law.facts import Aware, Notice, Party
from tocsin.law.judgement import Judgement, reaches
from tocsin.law.penal_code.article_226_17_1 import what_is_at_stake
from tocsin.law.periods import after_hours, as_regulation_1182_71_counts, without_hours
from tocsin.law.texts import Version, text


def controller_notification(processor: Party, addressee: Party) -> Duty:
    """The duty of a processor to tell its controller, at once and without figures; lists follow as versions.

    GDPR 33(2): "The processor shall notify the controller without undue delay after becoming aware of a personal data
    breach."
    """
    since = processor.first_aware
    basis = text("gdpr_33_2").in_force(on=day_of(since, HOME) if since else _LATEST)
    return Duty(
        kind="controller_notification", by=processor.id, to=addressee.id, basis=basis, place=processor.place,
        what=_("tell that there is a breach, now, without waiting for figures; lists follow as versions"),
        pace="at_once" if since else "waiting", since=since, computation=_undelayed(since, processor.place),
        reasons=(_("a processor does not assess the risk first"),),
        at_stake=what_is_at_stake(day_of(since, HOME)) if since else "",
    )  # fmt: skip


def authority_notification(controller: Party, judgement: Judgement, about: str = "") -> list[Duty]:
    """The duty of a controller to tell the authority: one for each breach of which it became aware.

    GDPR 33(1): "without undue delay and, where feasible, not later than 72 hours after having become aware of it"
    """
    starts = [item for item in controller.moments if item.is_another_breach]
    first = controller.first_aware
    if first is None and not starts:
        return [_not_aware(controller, about)]
    basis_of = text("gdpr_33_1").in_force
    duties = []
    if first is not None:
        basis = basis_of(on=day_of(first, HOME))
        duties.append(notify(controller, judgement, first, basis, about=about, later=_later(controller, basis)))
    duties += [
        notify(controller, judgement, item.at, basis_of(on=day_of(item.at, HOME)), about=item.of) for item in starts
    ]
    return duties


def notify(
    controller: Party, judgement: Judgement, aware_at: datetime, basis: Version, *, about: str = "",
    later: tuple[str, ...] = (),
) -> Duty:  # fmt: skip
    """The notification under ``basis``: the law in force, or a proposal that is simulated."""
    hours, day = basis.number("hours"), day_of(aware_at, HOME)
    period = after_hours(aware_at, hours, controller.place)
    state, asks = _state(judgement, basis)
    return Duty(
        kind="authority_notification", by=controller.id, to=controller.authority, about=about, basis=basis,
        what=_("notify the breach to the supervisory authority, in phases if need be"), place=controller.place,
        pace="dated", since=aware_at, due=period.end, computation=period.steps,
        information=(*later, *_as_european_acts_count(aware_at, basis, controller.place)),
        reasons=judgement.reasons, asks=(*asks, *judgement.asks), state=state, at_stake=what_is_at_stake(day),
    )  # fmt: skip


def _as_european_acts_count(aware_at: datetime, basis: Version, place: str) -> tuple[str, ...]:
    """Regulation 1182/71 says how acts of the European Union count, and those only."""
    if basis.counted_by != "eu":
        return ()
    counting = text("regulation_1182_71").in_force(on=day_of(aware_at, HOME))
    return as_regulation_1182_71_counts(aware_at, basis.number("hours"), counting, place)


def supplementary_notification(controller: Party, first: Notice) -> Duty | None:
    """What the first notification lacked, in phases, once it has left and unless it said everything.

    GDPR 33(4): "the information may be provided in phases without undue further delay"
    """
    left = first.sent_at or first.received_at
    if left is None or first.is_complete:
        return None
    day = day_of(left, HOME)
    practice = text("cnil_follow_up").in_force(on=day)
    wished = after_hours(left, practice.number("hours"), controller.place)
    return Duty(
        kind="supplementary_notification", by=controller.id, to=controller.authority, place=controller.place,
        basis=text("gdpr_33_4").in_force(on=day), pace="at_once", since=left,
        what=_("complete the notification: what changed, and why"),
        computation=_undelayed(left, controller.place),
        information=(
            _("{text}: if possible by {end}").format(text=practice.name, end=told(wished.end, controller.place)),
        ),
    )  # fmt: skip


def breach_record(controller: Party) -> Duty:
    """The documentation that a controller owes for every breach, notified or not.

    GDPR 33(5): "The controller shall document any personal data breaches, comprising the facts relating to the personal
    data breach, its effects and the remedial action taken."
    """
    since = controller.first_aware
    return Duty(
        kind="breach_record", by=controller.id, to="record", place=controller.place, since=since,
        basis=text("gdpr_33_5").in_force(on=day_of(since, HOME) if since else _LATEST),
        what=_("document the facts, the effects, the remedial action, and every decision with its reason"),
        pace="at_once" if since else "waiting", computation=_undelayed(since, controller.place),
        reasons=(_("owed whatever the risk"),),
    )  # fmt: skip


_LATEST = text("gdpr_33_1").versions[-1].checked_on
"""The day whose law is shown for a duty that nothing has started yet."""


def _state(judgement: Judgement, basis: Version) -> tuple[State, tuple[str, ...]]:
    """Whether it is owed; below the threshold only a decision says no."""
    if judgement.level is None or reaches(judgement.level, basis.word("threshold")):
        return "open", ()
    if judgement.is_decided:
        return "not_owed", ()
    return "to_decide", (
        _("decide, by a named person and with a reason, whether to notify; the clock runs until then"),
    )


def _not_aware(controller: Party, about: str) -> Duty:
    return Duty(
        kind="authority_notification", by=controller.id, to=controller.authority, about=about,
        basis=text("gdpr_33_1").in_force(on=_LATEST), place=controller.place, pace="waiting",
        what=_("notify the breach to the supervisory authority, in phases if need be"),
        computation=(_("starts when the controller becomes aware: not yet known"),),
        asks=(_("give aware_at, or informed_at, of this party"),),
    )  # fmt: skip


def _undelayed(since: datetime | None, place: str) -> tuple[str, ...]:
    if since is None:
        return (_("starts when the party becomes aware: not yet known"),)
    return without_hours(since, place)


def _later(controller: Party, basis: Version) -> tuple[str, ...]:
    """What the other moments mean for the clock that the first one started."""
    own = [item for item in controller.moments if not item.is_another_breach]
    told_of = []
    for item in (item for item in own if item.at > own[0].at):
        if item.at == controller.informed_at:
            told_of.append(_informed_later(item, controller))
        elif own[0].at == controller.informed_at and not item.of:
            told_of.append(
                _("said to be aware on {at}, but the notice of the processor had reached it before: that one counts")
                .format(at=told(item.at, controller.place))
            )  # fmt: skip
        else:
            told_of.append(_learnt_later(item, controller, basis))
    return tuple(told_of)


def _informed_later(item: Aware, controller: Party) -> str:
    return _("the notice of the processor came on {at}, when it was aware already").format(
        at=told(item.at, controller.place)
    )


def _learnt_later(item: Aware, controller: Party, basis: Version) -> str:
    end = after_hours(item.at, basis.number("hours"), controller.place).end
    return _(
        "aware of {of} on {at}: for the supplementary notification; as another breach it would be due {end}"
    ).format(of=item.of or "…", at=told(item.at, controller.place), end=told(end, controller.place))
