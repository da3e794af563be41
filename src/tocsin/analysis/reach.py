"""What an account may see, whatever it asks: the outer limit of every exposure.

An account for which nothing is declared reaches the whole portal: nobody is excluded by silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tocsin.engine import literal
from tocsin.evidence.case.model import Case, Reach


@dataclass(frozen=True)
class ReachRule:
    """One reach: the accounts that share it, and the condition on a record (SQL over ``searchable``)."""

    reach_id: int
    portal: str
    accounts: tuple[str, ...]
    condition: str


def is_pattern_of(pattern: str, account: str) -> bool:
    """Whether ``account`` fits ``pattern``, where ``*`` stands for any letters.

    >>> is_pattern_of("pharma-*", "pharma-12"), is_pattern_of("pharma-*", "labo-1")
    (True, False)
    """
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), account) is not None


def group_accounts(case: Case, accounts: Iterable[tuple[str, str]]) -> list[ReachRule]:
    """The reaches of ``accounts`` (portal, account), each told once; accounts with the same rights share one."""
    groups: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for portal, account in sorted(set(accounts)):
        rules = tuple(
            n
            for n, rule in enumerate(case.reach)
            if rule.portal == portal
            and (account == "*" or any(is_pattern_of(pattern, account) for pattern in rule.accounts))
        )
        groups.setdefault((portal, () if account == "*" else rules), []).append(account)
    return [
        ReachRule(reach_id, portal, tuple(members), condition_of([case.reach[n] for n in rules]))
        for reach_id, ((portal, rules), members) in enumerate(groups.items())
    ]


def condition_of(rules: Sequence[Reach]) -> str:
    """The rights of ``rules`` together, as SQL: one right is enough; no rule is no limit."""
    if not rules:
        return "true"
    return " or ".join(f"({_one(rule)})" for rule in rules)


def _one(rule: Reach) -> str:
    parts = []
    if "*" not in rule.controllers:
        names = literal(list(rule.controllers))
        parts.append(f"(list_contains({names}, held_for) or list_contains({names}, answers_now))")
    parts += [f'list_contains({literal(list(values))}, "{column}")' for column, values in sorted(rule.where.items())]
    return " and ".join(parts) or "true"
