"""The kinds of data and what they make possible together, from ``categories.toml`` and ``profiles.toml``.

>>> [profile.name for profile in complete_profiles(frozenset({"name", "birth_date", "nir"}))]
['identity_theft']
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tocsin.language import _

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Category:
    """One kind of data."""

    name: str
    type: str
    insight: str
    identification: str
    names: bool


@dataclass(frozen=True)
class Profile:
    """What some kinds of data make possible together."""

    name: str
    needs: tuple[frozenset[str], ...]
    insight: str

    def is_complete(self, categories: frozenset[str]) -> bool:
        """Whether one of each list is there."""
        return all(need & categories for need in self.needs)


@cache
def numbers(name: str) -> Mapping[str, Any]:
    """One of the files of numbers beside this module."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


@cache
def all_categories() -> Mapping[str, Category]:
    """Every kind of data, by name."""
    return {
        name: Category(name, item["type"], item.get("insight", ""), item["identification"], item.get("names", False))
        for name, item in numbers("categories").items()
    }


@cache
def all_profiles() -> tuple[Profile, ...]:
    """Every combination."""
    return tuple(
        Profile(item["name"], tuple(map(frozenset, item["needs"])), item.get("insight", ""))
        for item in numbers("profiles")["profile"]
    )


def complete_profiles(categories: frozenset[str]) -> list[Profile]:
    """What these kinds of data make possible together."""
    return [profile for profile in all_profiles() if profile.is_complete(categories)]


def profile_name(name: str) -> str:
    """A combination in words."""
    return {
        "identity_theft": _("identity theft"), "bank_fraud": _("fraud on the account"),
        "targeted_phishing": _("phishing made to measure"), "medical_profile": _("a medical profile"),
    }[name]  # fmt: skip
