"""The signals: what sets a session apart from its account's habits, one SQL file each in ``signals/``.

Their numbers are in ``signals/thresholds.toml``, with the reason of each. A signal finds sessions that no indicator
names; how signals make a grade is in ``steps/hostile_session.sql``.

>>> [signal.name for signal in load_signals() if signal.kind == "account"]
['dormant_awakened']
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tocsin.analysis.components import connect, join_keys
from tocsin.engine import Engine
from tocsin.engine.workbench import Workbench

SIGNALS = Path(__file__).with_name("signals")
SETTINGS = ("cautious", "standard", "wide")
KINDS = ("behaviour", "network", "client", "account")
EMPTY = (
    "select cast(null as varchar) as session_id, cast(null as varchar) as signal, cast(null as varchar) as kind,"
    " cast(null as varchar) as aspect, cast(null as double) as value, cast(null as double) as threshold"
    " where false order by 1"
)
INPUTS = (
    "session_feature", "session_person", "session_guest", "guest_group", "guest_pool", "account_day", "account_habit",
)  # fmt: skip
COMPANY = """
select group_no as node, 'account' as kind, portal as scope, 0 as number, '' as birth, account as name
from guest_group where speaks is null or is_strange
union all
select group_no, 'network', '', 0, '', network from guest_group
where (speaks is null or is_strange) and is_new_network
"""
"""Groups of guests are joined by the account and the network that they share, but for those whom their people know."""


@dataclass(frozen=True)
class Signal:
    """One signal: its query with its numbers filled in, and what kind of link it gives."""

    name: str
    kind: str
    aspect: str
    sql: str


def load_signals(folder: Path = SIGNALS, setting: str = "standard") -> list[Signal]:
    """The signals of a folder, in the order of their names, with the numbers of one of the :data:`SETTINGS`."""
    told = tomllib.loads((folder / "thresholds.toml").read_text("utf-8"))
    found = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.sql"))}
    if set(told) != set(found):
        raise AssertionError(f"signals without numbers, or numbers without signal: {sorted(set(told) ^ set(found))}")
    place = SETTINGS.index(setting)
    return [
        _fill(
            name, text, {key: value[place] if isinstance(value, list) else value for key, value in told[name].items()}
        )
        for name, text in found.items()
    ]


def _fill(name: str, text: str, numbers: dict[str, object]) -> Signal:
    kind, aspect = str(numbers.pop("kind")), str(numbers.pop("aspect"))
    if kind not in KINDS:
        raise AssertionError(f"{name}: {kind} is no kind of link")
    return Signal(name, kind, aspect, text.format_map(numbers))


def union(signals: Sequence[Signal]) -> str:
    """One query of all signals: session_id, signal, kind, aspect, value, threshold."""
    if not signals:
        return EMPTY
    parts = [
        f"select session_id, '{item.name}' as signal, '{item.kind}' as kind, '{item.aspect}' as aspect,"
        " round(cast(value as double), 3) as value, round(cast(threshold as double), 3) as threshold"
        f" from (\n{item.sql})"
        for item in signals
    ]
    return "\nunion all\n".join(parts) + "\norder by session_id, signal"


def find_signals(bench: Workbench, step: Callable[[str], str], *, on: bool, setting: str = "standard") -> None:
    """``session_signal``: one row per session and signal; empty when the case switches signals off."""
    if not on:
        bench.compute("session_signal", EMPTY, [])
        return
    bench.compute("account_role", step("account_role"), ["fact_portal", "register_version"])
    bench.compute("session_feature", step("session_feature"), ["event", "access_session", "fact_action"])
    inputs = ["event", "access_session", "fact_portal_register", "register_version"]
    bench.compute("session_person", step("session_person"), inputs)
    bench.compute("account_day", step("account_day"), ["session_feature"])
    inputs = ["session_feature", "session_person", "account_day", "account_role"]
    bench.compute("account_habit", step("account_habit"), inputs)
    inputs = ["session_feature", "session_person", "account_habit"]
    bench.compute("session_guest", step("session_guest"), inputs)
    bench.compute("guest_group", step("guest_group"), ["session_guest"])
    pools = step("guest_pool")
    bench.make(
        "guest_pool", [COMPANY, pools], ["guest_group"], lambda path: _write_pools(bench.engine, pools, path), pools
    )
    bench.compute("session_signal", union(load_signals(setting=setting)), list(INPUTS))


def pool_guests(engine: Engine) -> None:
    """Make ``guest_company`` (group_no, label): which groups of guests are taken together."""
    join_keys(engine, COMPANY, "guest_edge")
    connect(engine, "guest_edge", "guest_joined")
    engine.run(
        "create or replace temp table guest_company as select group_no, coalesce(j.label, group_no) as label"
        " from guest_group left join guest_joined j on j.node = group_no where speaks is null or is_strange;"
        " drop table guest_edge; drop table guest_joined"
    )


def _write_pools(engine: Engine, sql: str, path: Path) -> None:
    pool_guests(engine)
    engine.write(sql, path)
    engine.run("drop table guest_company")


__all__ = ["INPUTS", "KINDS", "SETTINGS", "SIGNALS", "Signal", "find_signals", "load_signals", "pool_guests", "union"]
