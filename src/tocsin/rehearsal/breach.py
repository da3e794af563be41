"""From a :class:`World` to its folder: people, then a base, then work and attack, then answers, then evidence.

The order matters for one thing only: what an intruder opens next depends on what the portal has just shown.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

from tocsin.engine import Engine
from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.rehearsal.attacks import Attack, attack_window, choose_compromised, plan_attack
from tocsin.rehearsal.base import build_base, read_sql, register_table, write_registers
from tocsin.rehearsal.casefile import write_case, write_verdicts
from tocsin.rehearsal.controllers import make_controllers
from tocsin.rehearsal.defects import FILES, Losses, find_silences
from tocsin.rehearsal.logs import write_logs
from tocsin.rehearsal.people import make_people
from tocsin.rehearsal.professionals import BROWSERS, Accounts, make_accounts
from tocsin.rehearsal.truth import write_truth
from tocsin.rehearsal.work import Asks, Sessions, join_asks, join_sessions, plan_honest_work, sign_in
from tocsin.rehearsal.world import DAY, HOUR, NEVER, PORTAL_A, Calendar, World

Progress = Callable[[str, float], None]


def generate(world: World, folder: Path, progress: Progress | None = None) -> None:
    """Write the case folder of ``world``: case.toml, registers/, logs/, verdicts.toml, and apart truth/.

    ``progress`` is called with the name of each stage and the share done. The folder must be new or empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise TocsinError(
            "folder-not-empty", _("this folder is not empty"), where=str(folder),
            why=_("files of two worlds would be taken for one breach"), remedy=_("give a new folder"),
        )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    # made once, here: if somebody removes the folder meanwhile, writing fails instead of leaving half a world
    for part in ("registers", "logs", "truth"):
        (folder / part).mkdir()
    tell = progress or (lambda _stage, _share: None)
    try:
        _generate(world, folder, tell)
        _check_whole(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _check_whole(folder: Path) -> None:
    for part in ("registers", "logs/portal-a", "logs/portal-b", "truth/exposure.parquet", "verdicts.toml"):
        path = folder / part
        if not path.exists() or (path.is_dir() and not any(path.iterdir())):
            raise TocsinError(
                "world-incomplete", _("this part of the world is no longer there"), where=str(path),
                why=_("a run on half a world would be scored against the truth of the whole"),
                remedy=_("let nothing else write in this folder, and make the world again"),
            )  # fmt: skip


def _generate(world: World, folder: Path, tell: Progress) -> None:
    calendar, cast, losses = Calendar.of(world), make_controllers(world.controllers), Losses.of(world)
    with Engine() as engine:
        _define_times(engine, calendar)
        tell("people", 0.0)
        people, accounts = make_people(world), make_accounts(world)
        tell("registers", 0.1)
        base = build_base(world, engine, people, cast)
        mixed = "mixed_encoding" in world.chosen_defects
        write_registers(world, engine, folder / "registers", accounts, mixed_encoding=mixed)
        tell("attack", 0.25)
        compromised = choose_compromised(world, accounts)
        attack = plan_attack(world, calendar, engine, accounts, base.desk, compromised)
        _load_accounts(engine, accounts)
        hostile = join_asks([attack.asks, sign_in(attack.sessions, accounts)])
        hostile = join_asks([hostile, _follow_up(world, engine, attack, hostile)])
        tell("ordinary work", 0.35)
        closed_at = np.full(len(accounts.name), NEVER)
        closed_at[compromised] = attack_window(world, calendar)[2]
        events = max(100, int(world.people * world.events_per_person) - len(hostile.at))
        honest_sessions, honest = plan_honest_work(
            world.random("work"), calendar, accounts, base.desk, closed_at, int(events * 0.92)
        )
        honest = join_asks([honest, sign_in(honest_sessions, accounts)])
        shifted = Asks(**{**vars(hostile), "session": hostile.session + len(honest_sessions.start)})
        tell("answers", 0.4)
        sessions = join_sessions([honest_sessions, attack.sessions])
        _load_asks(engine, world, attack, sessions, join_asks([honest, shifted]))
        engine.run(read_sql("portal.sql"))
        tell("truth", 0.6)
        engine.run(read_sql("names.sql"))
        write_truth(engine, calendar, cast, folder / "truth")
        (folder / "truth" / "defects.json").write_text(json.dumps(list(world.chosen_defects)) + "\n", "utf-8")
        tell("logs", 0.65)
        last = write_logs(world, calendar, engine, losses, (attack.starts_at, attack.closed_at), folder / "logs")
        write_verdicts(engine, folder / "verdicts.toml")
        write_case(world, calendar, cast, attack, accounts, losses, last, folder / "case.toml")
        tell("done", 1.0)


def _define_times(engine: Engine, calendar: Calendar) -> None:
    engine.run(f"create temp macro local_ms(t) as {calendar.local_sql('t')}")
    # the export reads the base of four in the morning, local time
    local = f"(((local_ms(t) - {4 * HOUR}) // {DAY}) * {DAY} + {4 * HOUR})"
    back = f"{local} - {HOUR}"
    if calendar.fold is not None:
        back = f"{local} - case when {local} < {calendar.fold + 2 * HOUR} then {2 * HOUR} else {HOUR} end"
    engine.run(f"create temp macro snapshot_before(t) as {back}")
    engine.run("create temp macro browser_text(n) as list_extract(" + repr(list(BROWSERS)) + ", n + 1)")


def _load_accounts(engine: Engine, accounts: Accounts) -> None:
    register_table(engine, "account_number", {
        "account": np.arange(len(accounts.name)), "portal": accounts.portal, "account_name": accounts.name,
        "in_network": accounts.in_network, "professional": accounts.professional,
        "professional_record": accounts.record_id,
    })  # fmt: skip


def _load_asks(engine: Engine, world: World, attack: Attack, sessions: Sessions, asks: Asks) -> None:
    """Number the requests in the order in which each node answered them, and make them known to the engine."""
    calendar, number = Calendar.of(world), np.arange(len(sessions.start))
    salt = (number * 2_654_435_761 + 12_345) % 2_147_483_648
    node = np.where(asks.portal == PORTAL_A, salt[asks.session] % 3, 3 + salt[asks.session] % 2)
    order = np.lexsort((np.arange(len(node)), asks.at, node))
    node, asks = node[order], Asks(**{name: values[order] for name, values in vars(asks).items()})
    silent = find_silences(Losses.of(world), node, sessions.account[asks.session], asks.at)
    written = np.cumsum(~silent)
    before = np.r_[0, written][np.searchsorted(node, node)]
    register_table(engine, "ask_number", {
        "ask_id": np.arange(len(node)), "node": node, "seq": written - before, "is_silent": silent,
        "file_no": np.clip((asks.at - calendar.start) // (calendar.days * DAY // FILES), 0, FILES - 1),
        "asked_at": asks.at, **{name: values for name, values in vars(asks).items() if name != "at"},
    })  # fmt: skip
    register_table(engine, "session_number", {"session": number, "salt": salt, **vars(sessions)})
    prefix, year = attack.queries
    register_table(engine, "query_number", {
        "query": np.arange(len(prefix)), "prefix": pa.array(prefix, pa.string()), "year": pa.array(year, pa.int64()),
    })  # fmt: skip


def _follow_up(world: World, engine: Engine, attack: Attack, asks: Asks) -> Asks:
    """The detail pages and family cards that intruders open from what was just shown to them."""
    _load_asks(engine, world, attack, attack.sessions, asks)
    engine.run(read_sql("portal.sql"))
    step = 900 if world.attack == "bulk" else 1_500 if world.attack == "shared" else 14_000
    rates = {"detail": attack.detail_percent, "family": attack.family_percent, "step": step}
    table = engine.connection.execute(read_sql("follow_up.sql"), rates).fetchnumpy()
    return Asks.of(*(table[name].astype(np.int64) for name in ("portal", "at", "session", "action", "about")))
