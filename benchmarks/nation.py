"""A world the size of a country, streamed to disk: 33 million people take minutes and little memory.

    python benchmarks/nation.py DIR [--people 33000000] [--events-per-person 6.06]

The rehearsal (``tocsin.rehearsal``) draws a world in memory, with every defect of evidence that we know: 7 GB for one
million people. This one is arithmetic (``nation.sql``): each person, record and line is a function of its number, so a
world of any size streams, and its truth follows from the same functions. The case file is that of a rehearsal: same
registers, same portals, same 84 controllers. It holds two operators, 1.125 records a person, second records with errors
of typing (a number missing in 6 %, names swapped, initials, other surname, wrong dates), one state in a hundred
corrected meanwhile, honest work, and robots on ten phished accounts for one line in five: details that name a record,
family cards, look-ups by number, searches by member number, a sweep by letters and year in pages.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa

from tocsin.engine import Engine, literal
from tocsin.engine.duck import PARQUET
from tocsin.rehearsal import World
from tocsin.rehearsal.attacks import Attack
from tocsin.rehearsal.base import register_table
from tocsin.rehearsal.casefile import write_case
from tocsin.rehearsal.controllers import make_controllers
from tocsin.rehearsal.defects import NODES, Losses
from tocsin.rehearsal.disclosure import ACTION_NAMES, DISCLOSURES, MASKING_DAY
from tocsin.rehearsal.names import load_names
from tocsin.rehearsal.professionals import BROWSERS, Accounts, describe_accounts
from tocsin.rehearsal.work import Asks, Sessions
from tocsin.rehearsal.world import DAY, PORTAL_A, PORTAL_B, Calendar, Ints

HERE = Path(__file__).parent
PORTAL_OF = (PORTAL_A, PORTAL_A, PORTAL_A, PORTAL_B, PORTAL_B)
PHISHED = 5
"""Accounts of each portal that the intruder holds."""
CATEGORIES = sorted({name for line in DISCLOSURES for name in line.categories})
INVERSE = pow(7_654_321, -1, 10**9)
"""Undoes the numbering of ``record_id``."""


def mask(portal: int, action: int, day: int) -> int:
    """The categories that an action shows on a day, as bits."""
    shown = {
        name for line in DISCLOSURES
        if line.portal == portal and line.action == action and line.answer == "content"
        and (line.from_day is None or line.from_day <= day) and (line.to_day is None or day <= line.to_day)
        for name in line.categories
    }  # fmt: skip
    return sum(1 << CATEGORIES.index(name) for name in shown)


def make_nation(folder: Path, people: int, events_per_person: float) -> None:
    """Write the case folder and its truth."""
    people = people // 80 * 80
    world = World(people=people, seed=1, controllers=84, form="parquet", events_per_person=events_per_person)
    for part in ("registers", "logs/portal-a", "logs/portal-b", "truth"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    calendar = Calendar.of(world)
    accounts = _accounts(world)
    per_portal = len(accounts.name) // 2
    with Engine(memory="6GB", spill=folder / ".spill") as engine:
        engine.run("set preserve_insertion_order = true")
        for name, value in (("people", people), ("start_ms", calendar.start), ("span_ms", calendar.days * DAY)):
            engine.run(f"set variable {name} = {value}")
        _load_slots(engine, world)
        engine.run((HERE / "nation.sql").read_text("utf-8"))
        _write_registers(engine, world, accounts, folder / "registers")
        lines = int(people * events_per_person) // len(NODES)
        pages = _plan_sweep(engine, folder / "registers/op-a-journal.parquet", min(people // 500, lines // 500, 20_000))
        hostile, sessions = [], []
        for number, node in enumerate(NODES):
            portal = PORTAL_OF[number]
            robot = max(50, min(20_000, lines // 200))
            sizes = {
                "node": node, "number": number, "portal": portal, "lines": lines, "people": people, "robot": robot,
                "desks": max(8, lines // 110_000), "accounts": per_portal, "nodes": PORTAL_OF.count(portal),
                "rank": number - PORTAL_OF.index(portal), "pages": pages, "sweep_from": lines // 5 // 20 // 2,
                "firsts": people // 10 * (6 if portal == PORTAL_A else 4),
                "seconds": people // 80 * (4 if portal == PORTAL_A else 6), "browsers": literal(BROWSERS[:5]),
                "action_names": literal([ACTION_NAMES[portal].get(action, "") for action in range(10)]),
            }  # fmt: skip
            engine.run((HERE / "nation_log.sql").read_text("utf-8").format(**sizes))
            side = "ab"[portal]
            path = folder / f"logs/portal-{side}/{node}-1.parquet"
            engine.run(f"copy (from line_{node}) to {literal(str(path))} ({PARQUET})")
            masks = {action: mask(portal, action, MASKING_DAY) for action in (2, 4, 5, 7)}
            chosen = " ".join(f"when {action} then {bits}" for action, bits in masks.items())
            hostile.append(
                f"select {portal} as portal, action, about, kind, case action {chosen} end as mask "
                f"from asked_{node} where hostile and action in (2, 4, 5, 7)"
            )
            sessions.append(
                f"select 'portal-{side}' as portal, concat('pha-', padded(account, 6)) as account, "
                f"lower(to_hex(hash(session, {number}, hostile))) as session_token, hostile "
                f"from asked_{node} where account < {PHISHED} group by all"
            )
        _write_truth(engine, folder, hostile)
        _write_verdicts(engine, folder / "verdicts.toml", " union all ".join(sessions))
    shutil.rmtree(folder / ".spill")
    none = np.zeros(0, dtype=np.int64)
    phished = np.r_[np.arange(PHISHED), per_portal + np.arange(PHISHED)]
    attack = Attack(
        phished, calendar.start, calendar.start, calendar.end - 60_000,
        Sessions(none, none, none, none, none.astype(bool)), Asks.of(none, none, none, none, none), ([], []), 0, 0,
    )  # fmt: skip
    cast = make_controllers(world.controllers)
    last = dict.fromkeys(NODES, lines)
    write_case(world, calendar, cast, attack, accounts, Losses.of(world), last, folder / "case.toml")


def _accounts(world: World) -> Accounts:
    """As many on each portal; who works with both has the same number."""
    per_portal = int(np.clip(world.people * world.events_per_person / 1_000, 50, 40_000))
    human = np.tile(np.arange(per_portal), 2)
    zero = np.zeros(2 * per_portal, dtype=np.int64)
    return Accounts(
        portal=np.repeat([PORTAL_A, PORTAL_B], per_portal), name=[f"pha-{n:06d}" for n in human.tolist()],
        profession=zero, in_network=zero.astype(bool), activity=zero.astype(float), address=human, browser=zero,
        professional=human, record_id=[f"P{'AB'[n // per_portal]}{n % per_portal:07d}" for n in range(2 * per_portal)],
    )  # fmt: skip


def _ranks(names: int, slots: int, shift: float, exponent: float) -> Ints:
    """The name of each slot, so that slots are as frequent as the rehearsal draws names."""
    reach = np.cumsum(1.0 / (np.arange(names) + shift) ** exponent)
    found: Ints = np.searchsorted(reach, (np.arange(slots) + 0.5) / slots * reach[-1]).astype(np.int64)
    return found


def _load_slots(engine: Engine, world: World) -> None:
    tables, cast = load_names(), make_controllers(world.controllers)
    surnames = [tables.surnames[n] for n in _ranks(len(tables.surnames), 1_000_000, 25.0, 0.98).tolist()]
    register_table(engine, "surname_slot_", {"slot": np.arange(1_000_000), "name": surnames})
    given: list[str] = []
    for sex in (1, 2):
        for decade in range(1901, 2012, 10):
            numbers = tables.first_names[sex, decade]
            given += [tables.first_vocabulary[n] for n in numbers[_ranks(len(numbers), 16_384, 8.0, 1.15)].tolist()]
    register_table(engine, "first_name_slot_", {"slot": 12 * 16_384 + np.arange(len(given)), "name": given})
    slots = []
    for operator in (0, 1):
        number = np.flatnonzero(cast.served_by[:, operator])
        share = np.cumsum(cast.share[number])
        chosen = number[np.searchsorted(share, (np.arange(4_096) + 0.5) / 4_096 * share[-1])]
        slots += [
            (operator, slot, cast.codes[n], cast.ids[cast.successor[n]]) for slot, n in enumerate(chosen.tolist())
        ]
    names = ("operator", "slot", "code", "answers")
    engine.table("controller_slot_", pa.table(dict(zip(names, map(list, zip(*slots, strict=True)), strict=True))))
    for name in ("surname_slot", "first_name_slot", "controller_slot"):
        engine.run(f"create table {name} as from {name}_")
        engine.forget(f"{name}_")


def _write_registers(engine: Engine, world: World, accounts: Accounts, folder: Path) -> None:
    for query, name in (("from register_a", "op-a-journal"), ("from register_b", "op-b-1")):
        engine.run(f"copy ({query}) to {literal(str(folder / f'{name}.parquet'))} ({PARQUET})")
    # the case file of a rehearsal names two files: the second holds nobody more
    engine.run(f"copy (from register_b limit 0) to {literal(str(folder / 'op-b-2.parquet'))} (format parquet)")
    told = describe_accounts(world, accounts)
    register_table(engine, "professional", {
        "portal": accounts.portal, "record_id": accounts.record_id, "account": accounts.name, **told,
    })  # fmt: skip
    for portal, side in enumerate("ab"):
        path = literal(str(folder / f"op-{side}-professionals.parquet"))
        query = (
            "select record_id, account, surname, first_name, role, nullif(rpps, '') as rpps, adeli, finess, iban, "
            f"email from professional where portal = {portal} order by record_id"
        )
        engine.run(f"copy ({query}) to {path} (format parquet)")


def _plan_sweep(engine: Engine, register: Path, pages: int) -> int:
    """``sweep``: the pages asked, whole queries only; ``swept``: the records that they show. Return how many pages."""
    engine.run(
        f"""
        create or replace table sweep_query as
        with base as (
            select left(normalise_name(surname), 3) as prefix, left(birth_date, 4) as year
            from read_parquet({literal(str(register))})
            where operation = 'insert' and length(normalise_name(surname)) >= 3
        ),
        counted as (
            select prefix, year, count(*) as total from base where rtrim(prefix) = prefix group by all
            having count(*) between 21 and 300
        )
        select *, sum(ceil(total / 20)::bigint) over (order by hash(prefix, year), prefix, year) as pages
        from counted
        qualify pages <= {pages};
        create or replace table sweep as
        with page as (
            select prefix, year, total, unnest(range(ceil(total / 20)::bigint)) as page from sweep_query
        )
        select row_number() over (order by prefix, year, page) - 1 as p, *, least(20, total - page * 20) as returned
        from page;
        create or replace table swept as
        select case when rid < getvariable('people') then rid else rid - getvariable('people') end as i,
               (rid >= getvariable('people'))::integer as kind
        from (
            select (substr(r.record_id, 2)::bigint - 1234567 + 1000000000) % 1000000000 * {INVERSE} % 1000000000 as rid
            from read_parquet({literal(str(register))}) as r
            join sweep_query as q
                on q.prefix = left(normalise_name(r.surname), 3) and q.year = left(r.birth_date, 4)
            where r.operation = 'insert'
        )
        """
    )
    return int(engine.value("select count(*) from sweep"))


def _write_truth(engine: Engine, folder: Path, hostile: list[str]) -> None:
    swept_mask = mask(PORTAL_A, 3, MASKING_DAY)
    script = (HERE / "nation_truth.sql").read_text("utf-8")
    engine.run(script.format(hostile=" union all ".join(hostile), sweep_mask=swept_mask))
    own = [mask(portal, 1, MASKING_DAY) for portal in (PORTAL_A, PORTAL_B)]
    engine.run(
        f"""
        copy (
            select case when n.operator = 0 then 'register-a' else 'register-b' end as register,
                   record_id(n.operator, n.i + n.kind * getvariable('people')) as record_id, c.answers as controller,
                   n.mask, n.i as person
            from read_number as n
            join controller_slot as c on c.operator = n.operator and c.slot = draw(household(n.i), 7 + n.kind) % 4096
            union all
            select concat('professionals-', 'ab'[portal + 1]), concat('P', 'AB'[portal + 1], padded(n, 7)),
                   concat('op-', 'ab'[portal + 1]), [{own[0]}, {own[1]}][portal + 1], -1 - n
            from (select unnest([0, 1]) as portal), (select unnest(range({PHISHED})) as n)
        ) to {literal(str(folder / "truth/exposure.parquet"))} ({PARQUET});
        copy (
            select case when operator = 0 then 'register-a' else 'register-b' end as register, record_id, i as person
            from (select i, 0 as kind, i as rid, case when household(i) % 2 = 1 then 0 else 1 end as operator
                  from (select range as i from range(getvariable('people')))
                  union all
                  select i, 1, getvariable('people') + i, case when household(i) % 2 = 1 then 1 else 0 end
                  from (select range as i from range(getvariable('people'))) where i // 10 % 8 = 0),
                 lateral (select record_id(operator, rid) as record_id)
        ) to {literal(str(folder / "truth/person.parquet"))} ({PARQUET})
        """
    )
    exposed = literal(str(folder / "truth/exposure.parquet"))
    figures = {
        scope: {"persons": persons, "records": records}
        for scope, persons, records in engine.rows(
            f"select coalesce(controller, 'total'), count(distinct person), count(*) from read_parquet({exposed}) "
            "where person >= 0 group by grouping sets ((), (controller)) order by 1"
        )
    }
    told = {"categories": CATEGORIES, "insured": figures}
    (folder / "truth/figures.json").write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", "utf-8")


def _write_verdicts(engine: Engine, path: Path, sessions: str) -> None:
    texts = ["# What the analyst judged of each session of the phished accounts, with their holders.\n"]
    for portal, account, token, hostile in engine.rows(
        f"select * from ({sessions}) order by portal, account, session_token"
    ):
        texts.append(
            f'\n[[verdict]]\nportal        = "{portal}"\naccount       = "{account}"\n'
            f'session_token = "{token}"\nverdict       = "{"hostile" if hostile else "honest"}"\n'
        )
    path.write_text("".join(texts), "utf-8")


def main() -> None:
    """Make one world."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=33_000_000)
    parser.add_argument("--events-per-person", type=float, default=6.06)
    asked = parser.parse_args()
    make_nation(asked.folder, asked.people, asked.events_per_person)


if __name__ == "__main__":
    main()
