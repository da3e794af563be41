"""Which traits of the intruder may leave the house, and why others may not.

>>> reason_to_withhold("address", "198.51.100.7", honest=3, quotes_account=False)
'honest_use'
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.evidence.case.model import Case

INSIDE = [
    ipaddress.ip_network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
                 "::1/128", "fc00::/7", "fe80::/10")
]  # fmt: skip
"""Networks that mean something in one house only."""


@dataclass(frozen=True)
class Indicator:
    """One trait that may leave: an address, a network (CIDR) or a program (``*`` stands for anything)."""

    kind: str
    value: str
    first_seen: dt.datetime | None
    last_seen: dt.datetime | None
    sessions: int | None
    """Hostile sessions that have it; ``None`` for a trait that was only told."""
    source: str
    """``seen``: in a session graded hostile. ``told``: by somebody, in ``case.toml``."""


@dataclass(frozen=True)
class Withheld:
    """One trait that stays: its value is for the analyst only."""

    kind: str
    value: str
    why: str


def is_inside(value: str) -> bool:
    """Whether an address or network has no meaning outside the house."""
    network = ipaddress.ip_network(value, strict=False)
    return any(network.version == known.version and network.subnet_of(known) for known in INSIDE)  # type: ignore[arg-type]  # same version


def reason_to_withhold(kind: str, value: str, *, honest: int, quotes_account: bool) -> str | None:
    """Why a trait must stay, or ``None``."""
    if kind == "address":
        try:
            if is_inside(value):
                return "inside"
        except ValueError:
            return "not_an_address"
    elif quotes_account or "@" in value:
        return "quotes_account"
    return "honest_use" if honest else None


def sort_indicators(
    traits: Iterable[Mapping[str, Any]], case: Case, quoting: set[str]
) -> tuple[tuple[Indicator, ...], tuple[Withheld, ...]]:
    """What may leave and what stays, of the traits seen and of those told."""
    leaving: dict[tuple[str, str], Indicator] = {}
    staying: dict[tuple[str, str], Withheld] = {}
    for row in traits:
        key = row["kind"], row["value"]
        why = reason_to_withhold(*key, honest=row["honest_sessions"], quotes_account=row["value"] in quoting)
        if why:
            staying[key] = Withheld(*key, why)
        else:
            leaving[key] = Indicator(*key, _utc(row["first_seen"]), _utc(row["last_seen"]), row["sessions"], "seen")
    for told in case.indicator:
        key = told.kind, told.value
        if told.kind not in ("address", "user_agent") or key in leaving:
            continue
        why = reason_to_withhold(*key, honest=0, quotes_account=told.value in quoting)
        if why:
            staying[key] = Withheld(*key, why)
        else:  # somebody vouches for it: what honest people share with it is that person's to weigh
            staying.pop(key, None)
            leaving[key] = Indicator(*key, told.from_, told.to, None, "told")
    return (
        tuple(sorted(leaving.values(), key=lambda item: (item.kind, -(item.sessions or 0), item.value))),
        tuple(sorted(staying.values(), key=lambda item: (item.kind, item.value))),
    )


def _utc(instant: dt.datetime) -> dt.datetime:
    return instant.replace(tzinfo=dt.UTC)
