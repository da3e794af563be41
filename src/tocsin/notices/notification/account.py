"""The incident as one party tells it: its own ``[[account]]`` where it says so, else that of the whole breach.

>>> from tocsin.law.facts import Facts
>>> facts = Facts(account=(Account(summary="robots", systems="portal"), Account(controller="phare", summary="ours")))
>>> account_of(facts, "phare").summary, account_of(facts, "phare").systems
('ours', 'portal')
"""

from __future__ import annotations

from dataclasses import fields

from tocsin.law.facts import EVERYONE, Account, Facts, Measure


def account_of(facts: Facts, party: str) -> Account:
    """The account of ``party``, key by key."""
    told: dict[str, object] = {}
    for owner in (EVERYONE, party):
        for account in facts.account:
            if account.controller == owner:
                told |= {
                    item.name: getattr(account, item.name)
                    for item in fields(Account)
                    if getattr(account, item.name) not in (None, "", ())
                }
    return Account(**{**told, "controller": party})  # type: ignore[arg-type]  # the names are those of the dataclass


def measures_of(facts: Facts, party: str, *horizons: str) -> list[Measure]:
    """The measures of some horizons that ``party`` may tell: its own, its processors' and those of everyone."""
    owner = next((item for item in facts.party if item.id == party), None)
    tellers = {EVERYONE, party, *(item.id for item in (facts.processors_of(owner) if owner else []))}
    return [item for item in facts.measure if item.by in tellers and item.horizon in horizons]
