"""The truth of a world is what its own files say, when they are whole: every hostile line replayed in plain Python."""

from __future__ import annotations

import collections
import importlib.util
import json
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pyarrow.parquet as pq


def load_naive() -> ModuleType:
    spec = importlib.util.spec_from_file_location("naive_portals", Path(__file__).with_name("naive.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


naive = load_naive()
QUERIES = {
    "beneficiary_lookup", "beneficiary_search", "family_card", "recherche_adherent", "recherche_contrat",
    "export_contrat",
}  # fmt: skip
ROWS = (
    "beneficiary_lookup", "beneficiary_search", "beneficiary_detail", "family_card", "invoice_detail",
    "recherche_adherent", "recherche_contrat", "export_contrat", "fiche", "facture",
)  # fmt: skip


def test_every_read_of_the_truth_has_its_line_and_every_hostile_line_is_in_the_truth(whole_world: Path) -> None:
    portals = naive.Portals(whole_world)
    hostile = {tuple(row.values()) for row in pq.read_table(whole_world / "truth/hostile_session.parquet").to_pylist()}
    found = set()
    for event in naive.read_logs(whole_world):
        if (event.portal, event.account, event.session) not in hostile:
            continue
        categories = portals.categories(event)
        if event.action in ("my_account", "mon_compte"):
            if event.status == 200 or (event.size >= 400 and event.status == 499):
                side = event.portal[-1]
                record = portals.professionals[side, event.account]
                found |= {(event.portal, f"professionals-{side}", record, f"op-{side}", c) for c in categories}
        elif event.action in ROWS:
            found |= {
                (event.portal, state.register, state.record_id, portals.controller(state), category)
                for state in portals.shown(event)
                for category in categories
            }
    columns = ("portal", "register", "record_id", "controller", "category")
    exposure = pq.read_table(whole_world / "truth/exposure.parquet").to_pylist()
    truth = {tuple(row[c] for c in columns) for row in exposure}
    assert found == truth
    assert len(truth) > 500


def test_totals_of_honest_and_hostile_queries_are_those_of_the_base(whole_world: Path) -> None:
    portals = naive.Portals(whole_world)
    checked: collections.Counter[str] = collections.Counter()
    for event in naive.read_logs(whole_world):
        if event.action not in QUERIES or event.status != 200 or checked[event.action] >= 60:
            continue
        checked[event.action] += 1
        assert event.total == len(portals.matches(event)), event
        assert event.returned == len(portals.shown(event)), event
    assert checked["beneficiary_search"] == 60


def test_sequences_are_whole_and_say_so(whole_world: Path) -> None:
    case = tomllib.loads((whole_world / "case.toml").read_text("utf-8"))
    numbers = collections.defaultdict(list)
    times = collections.defaultdict(list)
    for event in naive.read_logs(whole_world):
        numbers[event.node].append(event.sequence)
        times[event.node].append(event.at)
    for log in case["log"]:
        assert numbers[log["node"]] == list(range(log["sequence_first"], log["sequence_last"] + 1))
        assert times[log["node"]] == sorted(times[log["node"]])


def test_figures_count_the_humans_of_the_truth(whole_world: Path) -> None:
    human = {
        (row["register"], row["record_id"]): row["person_id"]
        for row in pq.read_table(whole_world / "truth/person.parquet").to_pylist()
    }
    people = collections.defaultdict(set)
    for row in pq.read_table(whole_world / "truth/exposure.parquet").to_pylist():
        if row["register"].startswith("register"):
            for scope in ("total", row["controller"]):
                people[scope].add(human[row["register"], row["record_id"]])
    figures = json.loads((whole_world / "truth/figures.json").read_text("utf-8"))["insured"]
    assert figures["total"]["persons"] == len(people["total"])
    for controller, counted in figures["controllers"].items():
        assert counted["persons"] == len(people[controller])


def test_honest_and_hostile_sessions_interleave_in_the_same_accounts(whole_world: Path) -> None:
    verdicts = tomllib.loads((whole_world / "verdicts.toml").read_text("utf-8"))["verdict"]
    hostile = {(v["portal"], v["account"], v["session_token"]) for v in verdicts if v["verdict"] == "hostile"}
    truth = {tuple(row.values()) for row in pq.read_table(whole_world / "truth/hostile_session.parquet").to_pylist()}
    assert hostile == truth
    accounts = {account[:2] for account in hostile}
    honest = {(v["portal"], v["account"]) for v in verdicts if v["verdict"] == "honest"}
    assert len(accounts & honest) >= len(accounts) / 2
    tokens = [event.session for event in naive.read_logs(whole_world) if event.action in ("sign_in", "connexion")]
    assert len(tokens) == len(set(tokens))
