"""The three lists of containment, asked of a finished run.

>>> Trace("mail_provider", "", "p", "", "phishing_mail", None, None, "").holder
'mail_provider'
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from tocsin.analysis.asking import asking
from tocsin.analysis.containment.indicators import Indicator, Withheld, sort_indicators
from tocsin.analysis.facts.shape import TEXT, TIME, naive
from tocsin.analysis.run import Run
from tocsin.engine import Engine
from tocsin.evidence.case import CaseFolder
from tocsin.evidence.case.model import Case

QUERIES = Path(__file__).parent
TO_CLOSE = ("used_after_closing", "still_active", "hostile", "any_account", "declared", "possible")
"""Reasons to suspend at once; the others are closed, and wait for new credentials."""

HOLDERS = ("host", "identity_provider", "mail_provider", "processor", "network_provider")
"""Who holds traces, those that rotate first at the head."""


@dataclass(frozen=True)
class HeldAccount:
    """One account, with what makes it urgent. Personal data of a professional: it stays in the house."""

    portal: str
    account: str
    reason: str
    grade: str
    sessions_a: int
    sessions_b: int
    answers: int
    first_hostile: dt.datetime | None
    last_hostile: dt.datetime | None
    last_seen: dt.datetime | None
    closed_at: dt.datetime | None
    is_active: bool
    is_declared: bool

    @property
    def act(self) -> str:
        """``suspend`` now and re-enrol afterwards, or ``re_enrol`` only."""
        return "suspend" if self.reason in TO_CLOSE else "re_enrol"


@dataclass(frozen=True)
class Trace:
    """What must be preserved, by whom, from when to when, and why. Times are UTC."""

    holder: str
    party: str
    portal: str
    node: str
    what: str
    since: dt.datetime | None
    until: dt.datetime | None
    why: str


@dataclass(frozen=True)
class Containment:
    accounts: tuple[HeldAccount, ...]
    indicators: tuple[Indicator, ...]
    withheld: tuple[Withheld, ...]
    traces: tuple[Trace, ...]


def find_containment(folder: CaseFolder, run: Run) -> Containment:
    """Accounts, indicators and traces of ``run``; what ``case.toml`` says of closings is read as it is now."""
    with asking(run) as engine:
        _load(engine, folder.case)
        accounts = tuple(HeldAccount(**_aware(row)) for row in engine.records(_query("account")))
        traits = engine.records(_query("trait"))
        agents = [row["value"] for row in traits if row["kind"] == "user_agent"]
        agents += [item.value for item in folder.case.indicator if item.kind == "user_agent"]
        engine.table("candidate", pa.table({"value": agents}, schema=pa.schema([("value", TEXT)])))
        quoting = {value for (value,) in engine.rows(_query("quoted"))}
        indicators, withheld = sort_indicators(traits, folder.case, quoting)
        traces = _find_traces(engine, folder.case, run, indicators)
    return Containment(accounts, indicators, withheld, traces)


def _query(name: str) -> str:
    return (QUERIES / f"{name}.sql").read_text("utf-8")


def _load(engine: Engine, case: Case) -> None:
    """When each account was closed for good; one that was held again and not closed since is open."""
    closed: dict[tuple[str, str], dt.datetime | None] = {}
    for item in case.compromised:
        key = item.portal, item.account
        known = closed.get(key, item.closed_at)
        closed[key] = max(known, item.closed_at) if known and item.closed_at else None
    rows = [(portal, account, at) for (portal, account), at in closed.items() if at is not None]
    engine.table("closing", pa.table(
        {
            "portal": [row[0] for row in rows], "account": [row[1] for row in rows],
            "closed_at": [naive(row[2]) for row in rows],
        },
        schema=pa.schema([("portal", TEXT), ("account", TEXT), ("closed_at", TIME)]),
    ))  # fmt: skip


def _aware(row: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value.replace(tzinfo=dt.UTC) if isinstance(value, dt.datetime) else value for key, value in row.items()
    }


def _find_traces(engine: Engine, case: Case, run: Run, indicators: tuple[Indicator, ...]) -> tuple[Trace, ...]:
    names = {party.id: party.name for party in case.party}
    held = {row["portal"]: _aware(row) for row in engine.records(_query("held"))}
    lacks = [_aware(row) for row in engine.records(_query("lack"))]
    start, stop = case.case.occurred_from, case.case.occurred_to
    untested = {row["portal"] for row in engine.records("select distinct portal from negative where tested_on is null")}
    one_state = {item["register"] for item in run.manifest["hypotheses"] if item["code"] == "one_state"}
    told: list[Trace] = []
    for portal in case.portal:
        operator = names.get(portal.processor, portal.processor)
        mine = [row for row in lacks if row["portal"] == portal.id]
        told += [
            Trace("host", operator, portal.id, row["node"], "access_log", row["since"], row["until"], row["cause"])
            for row in mine
        ]
        if not any(log.portal == portal.id and log.counts for log in case.log):
            told.append(Trace("host", operator, portal.id, "", "access_log", start, stop, "no_log"))
            mine = [{"since": start, "until": stop}]
        if mine:
            since, until = min(row["since"] for row in mine), max(row["until"] for row in mine)
            told.append(Trace("host", operator, portal.id, "", "second_log", since, until, "second_source"))
        if portal.id in held:
            since, until = held[portal.id]["since"], held[portal.id]["until"]
            told.append(Trace("identity_provider", "", portal.id, "", "sign_in", min(start, since), until, "how_taken"))
            told.append(
                Trace("mail_provider", "", portal.id, "", "phishing_mail", min(start, since), until, "how_taken")
            )
            told += [
                Trace("processor", operator, portal.id, register, "register_history", since, until, "one_state")
                for register in (*portal.registers, *filter(None, [portal.professionals]))
                if register in one_state
            ]
        if portal.id in untested:
            told.append(Trace("processor", operator, portal.id, "", "screens", start, stop, "map_untested"))
    seen = [item for item in indicators if item.kind == "address" and item.first_seen and item.last_seen]
    if seen:
        told.append(Trace(
            "network_provider", "", "", "", "subscriber", min(item.first_seen for item in seen if item.first_seen),
            max(item.last_seen for item in seen if item.last_seen), "who_rented",
        ))  # fmt: skip
    return tuple(sorted(told, key=lambda item: HOLDERS.index(item.holder)))
