"""The portals once more, in plain Python, from the files alone: slow, and shared with nothing else.

It reads registers and logs as a person would, replays each hostile line and says what it showed.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import re
import tomllib
import unicodedata
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
FOREVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class State:
    """One state of one record."""

    register: str
    record_id: str
    since: dt.datetime
    until: dt.datetime
    closes: dt.datetime
    row: dict[str, str]

    def at(self, instant: dt.datetime) -> bool:
        return self.since <= instant < self.until


@dataclass(frozen=True)
class Event:
    portal: str
    node: str
    at: dt.datetime
    account: str
    session: str
    action: str
    outcome: str
    status: int
    size: int
    record_id: str
    criteria: dict[str, str]
    page: int | None
    returned: int | None
    total: int | None
    sequence: int


def key(text: str) -> str:
    text = text.upper().replace("Œ", "OE").replace("Æ", "AE")
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub("[^A-Z0-9]+", " ", text).strip()


def day8(text: str) -> str:
    if "/" in text:
        day, month, year = text.split("/")
        return year + month + day
    return text.replace("-", "")


def midnight_after(day: str) -> dt.datetime:
    if not day:
        return FOREVER
    parsed = day8(day)
    date = dt.date(int(parsed[:4]), int(parsed[4:6]), int(parsed[6:])) + dt.timedelta(days=1)
    return dt.datetime.combine(date, dt.time(), PARIS)


def read_csv(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def read_registers(world: Path) -> list[State]:
    case = tomllib.loads((world / "case.toml").read_text("utf-8"))
    mapping = {register["id"]: register["columns"] for register in case["register"]}
    states = []
    history: dict[str, list[dict[str, str]]] = {}
    for line in read_csv(world / "registers" / "op-a-journal.csv"):
        history.setdefault(line["record_id"], []).append(line)
    for record, lines in history.items():
        for n, line in enumerate(lines):
            if line["operation"] == "delete":
                continue
            until = dt.datetime.fromisoformat(lines[n + 1]["changed_at"]) if n + 1 < len(lines) else FOREVER
            since = dt.datetime.fromisoformat(line["changed_at"])
            states.append(State("register-a", record, since, until, midnight_after(line["rights_to"]), line))
    for name in ("op-b-1", "op-b-2"):
        for line in read_csv(world / "registers" / f"{name}.csv"):
            row = {ours: line[theirs] for ours, theirs in mapping["register-b"].items()}
            since = dt.datetime.fromisoformat(row["valid_from"]).replace(tzinfo=PARIS)
            until = dt.datetime.fromisoformat(row["valid_to"]).replace(tzinfo=PARIS) if row["valid_to"] else FOREVER
            states.append(State("register-b", row["record_id"], since, until, midnight_after(row["rights_to"]), row))
    return states


def read_logs(world: Path) -> Iterator[Event]:
    for path in sorted((world / "logs" / "portal-a").iterdir()):
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            yield _ocsf(path.name[:2], json.loads(line))
    for path in sorted((world / "logs" / "portal-b").iterdir()):
        text = zstandard.ZstdDecompressor().decompressobj().decompress(path.read_bytes()).decode()
        for row in csv.DictReader(io.StringIO(text), delimiter=";"):
            yield _french(path.name[:2], row)


def _ocsf(node: str, line: dict[str, Any]) -> Event:
    api = line.get("api", {})
    asked, answered = api.get("request", {}).get("data", {}), api.get("response", {}).get("data", {})
    return Event(
        "portal-a", node, dt.datetime.fromtimestamp(line["time"] / 1000, dt.UTC), line["actor"]["user"]["uid"],
        line["actor"]["session"]["uid"], api.get("operation", "sign_in"), line["status_code"],
        line["http_response"]["code"], line["http_response"]["length"],
        line["resources"][0]["uid"] if "resources" in line else "", asked.get("criteria", {}), asked.get("page"),
        answered.get("returned"), answered.get("total"), line["metadata"]["sequence"],
    )  # fmt: skip


def _french(node: str, row: dict[str, str]) -> Event:
    criteria = {name: row[name] for name in ("adherent", "contrat") if row[name]}
    number = {name: int(row[name]) if row[name] else None for name in ("page", "lignes", "total")}
    return Event(
        "portal-b", node, dt.datetime.fromisoformat(row["horodatage"]).replace(tzinfo=PARIS), row["compte"],
        row["session"], row["fonction"], row["resultat"], int(row["code"]), int(row["octets"]), row["beneficiaire"],
        criteria, number["page"], number["lignes"], number["total"], int(row["seq"]),
    )  # fmt: skip


class Portals:
    """Both portals, under the rules of case.toml."""

    def __init__(self, world: Path) -> None:
        self.case = tomllib.loads((world / "case.toml").read_text("utf-8"))
        self.index: dict[tuple[str, str, str], list[State]] = {}
        for state in read_registers(world):
            for name, value in (
                ("record_id", state.record_id), ("member_no", state.row["member_no"]),
                ("contract_id", state.row["contract_id"]), ("household_id", state.row["household_id"]),
                ("nir", state.row["nir"].replace(" ", "")), ("initial", key(state.row["surname"])[:1]),
            ):  # fmt: skip
                self.index.setdefault((state.register, name, value), []).append(state)
        self.party = {code: party for party in self.case["party"] for code in party.get("codes", [])}
        self.professionals = {
            (side, row["account"]): row["record_id"]
            for side in "ab"
            for row in read_csv(world / "registers" / f"op-{side}-professionals.csv")
        }

    def controller(self, state: State) -> str:
        party = self.party[state.row["controller"]]
        return str(party.get("merged_into", party["id"]))

    def sees(self, event: Event, state: State) -> bool:
        held_for = self.party[state.row["controller"]]["id"]
        for reach in self.case["reach"]:
            fits = any(re.fullmatch(p.replace("*", ".*"), event.account) for p in reach["accounts"])
            names = reach["controllers"]
            if reach["portal"] == event.portal and fits and ("*" in names or held_for in names):
                return True
        return False

    def matches(self, event: Event) -> list[State]:
        """The rows that a query selects, in the order of the screen."""
        at = event.at
        if event.action == "export_contrat":
            local = at.astimezone(PARIS)
            four = local.replace(hour=4, minute=0, second=0, microsecond=0)
            at = (four if four <= local else four - dt.timedelta(days=1)).astimezone(dt.UTC)
        register = "register-a" if event.portal == "portal-a" else "register-b"
        asked = event.criteria

        def live(name: str, value: str) -> list[State]:
            listed = self.index.get((register, name, value), [])
            return [s for s in listed if s.at(at) and self.sees(event, s)]

        if event.action == "beneficiary_lookup":
            born = day8(asked["birth_date"])
            found = [s for s in live("nir", key(asked["nir"]).replace(" ", "")) if day8(s.row["birth_date"]) == born]
            return [s for s in found if at < s.closes] or found
        if event.action == "beneficiary_search":
            prefix = key(asked["surname"])
            found = [s for s in live("initial", prefix[:1]) if key(s.row["surname"]).startswith(prefix)]
            if "birth_year" in asked:
                found = [s for s in found if day8(s.row["birth_date"])[:4] == asked["birth_year"]]
        elif event.action == "recherche_adherent":
            found = live("member_no", asked["adherent"])
        elif event.action in ("recherche_contrat", "export_contrat"):
            found = [s for s in live("contract_id", asked["contrat"]) if at < s.closes]
        else:
            found = live("record_id", event.record_id)
            if event.action == "family_card":
                cards = sorted({s.row["household_id"] for s in found})
                found = [s for card in cards for s in live("household_id", card)]
        names = ("surname", "first_name")
        return sorted(found, key=lambda s: (*(s.row[n].encode() for n in names), s.record_id))

    def shown(self, event: Event) -> list[State]:
        """The rows that the answer sent."""
        if event.status >= 400 and not (event.status == 499 and event.size >= 400):
            return []
        found = self.matches(event)
        action = next(a for a in self.case["action"] if (a["portal"], a["name"]) == (event.portal, event.action))
        if event.page is None or "page_size" not in action:
            return found
        portal = next(p for p in self.case["portal"] if p["id"] == event.portal)
        first = (event.page - portal["first_page"]) * action["page_size"]
        return found[first : first + action["page_size"]]

    def categories(self, event: Event) -> set[str]:
        day = event.at.astimezone(PARIS).date()
        answer = "membership" if event.outcome == "rights_closed" else "content"
        return {
            category
            for line in self.case["disclosure"]
            if (line["portal"], line["action"], line.get("answer", "content")) == (event.portal, event.action, answer)
            and line.get("from", day) <= day <= line.get("to", day)
            for category in line["categories"]
        }
