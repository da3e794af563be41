"""A clause of a contract: one party tells another within a time, by its own terms.

Hours are exact; working days are those of the party that must tell. The duty of GDPR 33(2) runs beside it: a clause of
48 hours does not allow to wait 48 hours.
"""

from __future__ import annotations

from tocsin.language import _
from tocsin.law.calendar import HOME, day_of, told
from tocsin.law.duty import Duty
from tocsin.law.facts import Clause, Party
from tocsin.law.periods import after_hours, after_working_days
from tocsin.law.texts import text


def contract_notice(clause: Clause, by: Party, to: str) -> Duty:
    """The notice that the clause promises.

    Code civil 1103: « Les contrats légalement formés tiennent lieu de loi à ceux qui les ont faits. »
    """
    since = by.first_aware
    basis = text("civil_code_1103")
    what = _("tell as the contract promises")
    if clause.where:
        what = _("tell as the contract promises ({where})").format(where=clause.where)
    if since is None:
        return Duty(
            kind="contract_notice", by=by.id, to=to, what=what, basis=basis.versions[-1], pace="waiting",
            place=by.place, computation=(_("starts when the party becomes aware: not yet known"),),
        )  # fmt: skip
    if clause.hours is not None:
        period = after_hours(since, clause.hours, by.place)
    elif clause.working_days is not None:
        period = after_working_days(since, clause.working_days, by.place)
    else:
        period = None
    return Duty(
        kind="contract_notice", by=by.id, to=to, what=what, basis=basis.in_force(on=day_of(since, HOME)),
        pace="dated" if period else "at_once", since=since, due=period.end if period else None, place=by.place,
        computation=period.steps if period else (_("starts {start}").format(start=told(since, by.place)),),
    )  # fmt: skip
