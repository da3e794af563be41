"""A case of a few people, built in three lines: a register, log lines, and what is to be true of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from tocsin.analysis.run import Run, run_case
from tocsin.evidence.case import open_case
from tocsin.evidence.decisions import decide

HEAD = """
[case]
id = "mini"
title = "A few people"
base_date = 2024-01-22
occurred_from = 2024-01-01T00:00:00Z
occurred_to = 2024-01-31T00:00:00Z
time_zone = "UTC"
{case}
[[party]]
id = "op"
name = "Operator"
kind = "processor"
[[party]]
id = "amc-1"
name = "One"
kind = "controller"
codes = ["001"]
[[party]]
id = "amc-2"
name = "Two"
kind = "controller"
codes = ["002"]
[[agreement]]
controller = "amc-1"
processor = "op"
from = 2015-01-01
[[register]]
id = "insured"
files = ["register.csv"]
history = "validity"
[register.columns]
record_id = "id"
controller = "amc"
contract_id = "contract"
household_id = "contract"
surname = "surname"
first_name = "first"
birth_date = "born"
nir = "nir"
rights_to = "closed"
valid_from = "from"
valid_to = "to"
[[register]]
id = "professionals"
population = "professional"
holder = "op"
files = ["professionals.csv"]
[register.columns]
record_id = "id"
account = "account"
iban = "iban"
[[portal]]
id = "p"
processor = "op"
registers = ["insured"]
professionals = "professionals"
closed_contracts = "membership"
{portal}
[portal.answers]
nothing_outcome = ["unknown", "error"]
membership_outcome = ["closed"]
[[action]]
portal = "p"
name = "sign_in"
kind = "sign_in"
[[action]]
portal = "p"
name = "read"
kind = "record"
[[action]]
portal = "p"
name = "me"
kind = "own_account"
[[action]]
portal = "p"
name = "card"
kind = "family"
paging = "none"
[[action]]
portal = "p"
name = "search"
kind = "search"
order = ["surname"]
page_size = 2
{search}
[action.criteria]
name = {{ column = "surname", match = "prefix", normalise = "name" }}
born = {{ column = "birth_date", match = "exact", normalise = "date" }}
"""
MAP = """
[[disclosure]]
portal = "p"
action = "{action}"
answer = "{answer}"
categories = {categories}
{tested}
"""
LOG = """
[[log]]
id = "l"
portal = "p"
node = "n"
files = ["log.ndjson"]
format = "ocsf"
completeness = "sequence"
sequence_first = 1
sequence_last = {last}
{log}
"""
PEOPLE = """id,amc,contract,surname,first,born,nir,closed,from,to
A,001,c1,Arnaud,Alice,1980-01-02,,,,
B,001,c1,Arnaud,Basile,2010-03-04,,,,
C,001,c2,Bernard,Chloé,1975-05-06,,,,
D,002,c3,Bertin,David,1990-07-08,,,,
E,002,c4,Caron,Emma,1960-09-10,,2022-12-31,,
"""
TESTED = 'tested_by = "tester"\ntested_on = 2024-02-01'


def line(
    action: str, at: str = "10:00", *, day: int = 10, account: str = "acc", session: str | None = "s", **more: Any
) -> dict[str, Any]:
    """One OCSF event; ``ids``, ``criteria``, ``page``, ``total``, ``returned``, ``outcome``, ``code`` as needed."""
    ids = more.get("ids", [])
    request = {key: more[key] for key in ("criteria", "page", "page_size") if key in more}
    response = {key: more[key] for key in ("total", "returned") if key in more}
    hours, minutes = at.split(":")[:2]
    return {
        "class_uid": 6003,
        "time": 1704067200000 + (day - 1) * 86_400_000 + int(hours) * 3_600_000 + int(minutes) * 60_000,
        "actor": {"user": {"uid": account} if account else {}, "session": {"uid": session} if session else {}},
        "src_endpoint": {"ip": more.get("ip", "10.0.0.1")},
        "http_request": {"user_agent": more.get("agent", "browser")}, "http_response": {"code": more.get("code", 200)},
        "status_code": more.get("outcome", "ok"),
        "api": {"operation": action, "request": {"data": request}, "response": {"data": response}},
        "resources": [{"uid": name} for name in ids],
    }  # fmt: skip


class MiniCase:
    """A folder with a case in it, and the questions that tests ask of its run."""

    def __init__(self, folder: Path, **parts: str) -> None:
        self.folder = folder
        self.parts = {"case": "", "portal": "", "search": "", "log": "", "extra": "", "tested": TESTED, **parts}
        self.people = PEOPLE
        self.professionals = "id,account,iban\nX,acc,FR1\nY,other,FR2\n"
        self.numbers: list[int] | None = None
        self.run_: Run | None = None

    def write(self, lines: Iterable[dict[str, Any]]) -> None:
        """Lines get contiguous sequence numbers, or those of ``numbers``."""
        told = list(lines)
        numbers = self.numbers or list(range(1, len(told) + 1))
        for event, number in zip(told, numbers, strict=True):
            event["metadata"] = {"sequence": number}
        maps = [("read", "content", ["identity", "nir"]), ("search", "content", ["identity"]),
                ("search", "membership", ["insurer"]), ("card", "content", ["identity", "contract"]),
                ("me", "content", ["iban"])]  # fmt: skip
        text = HEAD.format(**self.parts)
        for action, answer, categories in maps:
            text += MAP.format(action=action, answer=answer, categories=categories, tested=self.parts["tested"])
        text += LOG.format(last=numbers[-1] if numbers else 0, log=self.parts["log"]) + self.parts["extra"]
        (self.folder / "case.toml").write_text(text, "utf-8")
        (self.folder / "register.csv").write_text(self.people, "utf-8")
        (self.folder / "professionals.csv").write_text(self.professionals, "utf-8")
        (self.folder / "log.ndjson").write_text("".join(json.dumps(event) + "\n" for event in told), "utf-8")

    def verdict(self, verdict: str = "hostile", **subject: str) -> None:
        decide(
            self.folder / "decisions.jsonl",
            who="t",
            kind="verdict",
            reason="r",
            bodies=[{"verdict": verdict, **subject}],
        )

    def run(self) -> Run:
        self.run_ = run_case(open_case(self.folder), who="t", threads=1)
        return self.run_

    def table(self, name: str, columns: str = "*", where: str = "true") -> list[tuple[Any, ...]]:
        run = self.run_ or self.run()
        return duckdb.sql(f"select {columns} from read_parquet('{run.table(name)}') where {where}").fetchall()

    def exposed(self) -> dict[str, str]:
        """Record -> 'class: categories' of the insured people exposed."""
        rows = self.table(
            "exposure",
            "record_id, class, list_sort(list_concat(confirmed, deduced, possible))",
            "population = 'insured'",
        )
        return {record: f"{kind}: {' '.join(names)}" for record, kind, names in rows}

    def bounds(self, scope: str = "total", unit: str = "persons") -> tuple[int, int | None, int]:
        (row,) = self.table(
            "figure",
            "lower, working, upper",
            f"scope = '{scope}' and unit = '{unit}' and population in ('insured', 'all')",
        )
        return row  # type: ignore[return-value]
