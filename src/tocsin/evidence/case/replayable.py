"""Whether registers and actions are described well enough to replay a logged query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tocsin.evidence.case.fault import Fault
from tocsin.evidence.case.model import Action, Case, Register
from tocsin.language import _

FIXED_COLUMNS = frozenset({"register", "record_id", "surname_key", "first_name_key", "birth_surname_key", "birth_year"})
"""Columns that every register has once read, beside those that its ``columns`` name."""


def known_columns(register: Register) -> frozenset[str]:
    """The columns that criteria, orders and reaches may name."""
    return frozenset(register.columns) | FIXED_COLUMNS


def register_faults(case: Case) -> Iterator[Fault]:
    for n, register in enumerate(case.register_):
        needed = ["record_id"]
        if register.history == "validity":
            needed += ["valid_from", "valid_to"]
        if register.history == "journal" or register.journal:
            needed += ["changed_at", "operation"]
        if register.holder is None and register.population == "insured":
            needed.append("controller")
        for column in needed:
            if column not in register.columns:
                yield Fault(
                    ("register", n, "columns"), "case-register-column",
                    _("the register needs a column {column!r}").format(column=column),
                    _("map it in [register.columns]") + (_(", or give `holder`") if column == "controller" else ""),
                )  # fmt: skip
        if len(register.separator) != 1 and register.separator != "auto":
            yield Fault(
                ("register", n, "separator"), "case-bad-separator", _("a separator is one character"),
                _('write ";" or "auto"')
            )  # fmt: skip
        for category, columns in register.categories.items():
            for column in set(columns) - known_columns(register):
                yield Fault(
                    ("register", n, "categories", category), "case-unknown-column",
                    _("no column is called {column!r}").format(column=column), _("map it in [register.columns]"),
                )  # fmt: skip


def registers_of(case: Case, action: Action) -> list[Register]:
    """The registers that an action reads."""
    portal = next((portal for portal in case.portal if portal.id == action.portal), None)
    if portal is None:
        return []
    if action.register_ is not None:
        names: Iterable[str] = (action.register_,)
    elif action.kind == "own_account":
        names = (portal.professionals,) if portal.professionals else ()
    else:
        names = portal.registers
    return [register for register in case.register_ if register.id in names]


def action_faults(case: Case) -> Iterator[Fault]:
    for n, action in enumerate(case.action):
        registers = registers_of(case, action)
        if action.kind == "own_account" and not registers:
            yield Fault(
                ("action", n, "kind"), "case-no-professionals",
                _("this portal names no register of professionals"), _("give `professionals` in its [[portal]]"),
            )  # fmt: skip
        needed = {rule.column for rule in action.criteria.values()} | {name.lstrip("-") for name in action.order}
        if action.kind == "family":
            needed |= set(action.family_key)
        if action.kind in ("record", "sign_in", "heartbeat", "other", "own_account"):
            needed = {rule.column for rule in action.criteria.values()}
        for register in registers:
            for column in sorted(needed - known_columns(register)):
                yield Fault(
                    ("action", n), "case-unreplayable-action",
                    _("register {register!r} has no column {column!r}").format(register=register.id, column=column),
                    _("map the column, so that this query can be replayed"),
                )  # fmt: skip
