"""The base of a world: every state of every record, put on the engine, and the registers as files.

The registers come out in two shapes, on purpose: that of op-a as a journal of changes, that of op-b with validity
periods, in two files.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from tocsin.engine import Engine, literal
from tocsin.rehearsal.contracts import BUYER, STILL, Contracts, make_contracts, make_records
from tocsin.rehearsal.controllers import Controllers
from tocsin.rehearsal.names import load_names
from tocsin.rehearsal.people import People
from tocsin.rehearsal.professionals import Accounts, describe_accounts
from tocsin.rehearsal.work import Desk
from tocsin.rehearsal.world import DAY, NEVER, Calendar, Flags, Ints, Rng, World

ERROR_SHARES = (0.8, 0.03, 0.02, 0.012, 0.012, 0.03, 0.01, 0.012, 0.03, 0.02, 0.012, 0.012)
"""Share of records without error, then of each kind of error (see records.sql)."""


@dataclass(frozen=True)
class Base:
    desk: Desk
    records: int


def read_sql(name: str) -> str:
    return resources.files("tocsin.rehearsal").joinpath(name).read_text("utf-8")


def register_table(engine: Engine, name: str, columns: dict[str, Any]) -> None:
    """Make arrays known to the engine, as columns of one table."""
    engine.table(name, pa.table({key: pa.array(value) for key, value in columns.items()}))


def build_base(world: World, engine: Engine, people: People, cast: Controllers) -> Base:
    """Compute the states of all records, as the table ``version``."""
    calendar, tables = Calendar.of(world), load_names()
    contracts, human, contract = make_contracts(world, people, cast)
    records = make_records(world, cast, contracts, human, contract)
    error = _draw_errors(world.random("errors"), records.is_first, people, records.person)
    person_columns = {key: value for key, value in vars(people).items() if key not in ("order", "split_couple")}
    register_table(
        engine, "person_number", {"person": np.arange(len(people.role)), "order_number": people.order, **person_columns}
    )
    for name, values in (("surname_list", tables.surnames), ("first_name_list", tables.first_vocabulary)):
        register_table(engine, name, {"n": np.arange(len(values)), "name": values})
    register_table(engine, "controller_number", {
        "controller": np.arange(len(cast.ids)), "id": list(cast.ids), "code": list(cast.codes),
        "in_network": cast.in_network, "successor": cast.successor,
    })  # fmt: skip
    register_table(engine, "contract_number", _contract_columns(calendar, contracts))
    register_table(engine, "record_number", {
        "rid": np.arange(len(records.person)), "person": records.person, "contract": records.contract,
        "operator": records.operator, "err": error, "change": records.change, "changed_at": records.changed_at,
        "known_from": contracts.known_from[records.contract],
    })  # fmt: skip
    engine.run(read_sql("records.sql").replace("{buyer}", str(BUYER)))
    engine.run("create temp view first_state as select * from version where state = 0")
    on_a = int((records.operator == 0).sum())
    shared = (people.role == 2) & (people.year > 2007)
    number_of = np.where(shared[records.person], contracts.holder[records.contract], records.person)
    return Base(
        Desk(
            operator_start=(0, on_a, len(records.person)),
            nir_known=(error != 8) & ~people.provisional[number_of],
            is_group=contracts.group[records.contract] >= 0,
        ),
        len(records.person),
    )


def _draw_errors(rng: Rng, is_first: Flags, people: People, person: Ints) -> Ints:
    error = rng.choice(len(ERROR_SHARES), size=len(person), p=ERROR_SHARES)
    error[is_first & (error != 8)] = 0
    error[is_first & (rng.random(len(person)) < 0.7)] = 0
    # a number that is missing everywhere is frequent among small children and people born abroad
    missing = (people.place_kind[person] == 1) & (rng.random(len(person)) < 0.03)
    return np.where(missing, 8, error)


def _contract_columns(calendar: Calendar, contracts: Contracts) -> dict[str, Any]:
    number = np.arange(len(contracts.holder))
    order = np.argsort(contracts.controller, kind="stable")
    ordered = contracts.controller[order]
    starts = np.searchsorted(ordered, np.arange(int(ordered.max()) + 2))
    serial = np.empty(len(number), dtype=np.int64)
    serial[order] = number - starts[ordered]
    still = contracts.last_day == STILL
    day = contracts.last_day.astype("datetime64[D]").astype(str)
    controller = contracts.controller
    return {
        "contract": number, "holder": contracts.holder, "controller": controller,
        "is_group": contracts.group >= 0,
        "first_day_text": contracts.first_day.astype("datetime64[D]").astype(str),
        "last_day_text": pa.array(day, mask=still),
        "closes_at": np.where(still, NEVER, calendar.utc((np.where(still, 0, contracts.last_day) + 1) * DAY)),
        # one number out of two was never given: the neighbour of a member number is unknown
        "member_no": np.strings.zfill((controller * 10_000_000 + serial * 2 + serial * 7 % 3 % 2).astype("U10"), 10),
        "contract_id": np.where(
            contracts.group >= 0, np.strings.add("G", np.strings.zfill(np.abs(contracts.group).astype("U6"), 6)),
            np.strings.add("C", np.strings.zfill((number * 48_271 % 100_000_007).astype("U9"), 9)),
        ),
        "household_id": np.strings.add("F", np.strings.zfill((number * 69_621 % 100_000_007).astype("U9"), 9)),
    }  # fmt: skip


def write_registers(world: World, engine: Engine, folder: Path, accounts: Accounts, *, mixed_encoding: bool) -> None:
    """The four registers, as files below ``folder``."""
    register_table(engine, "professional_text", {
        "portal": accounts.portal, "record_id": accounts.record_id, "account": accounts.name,
        **describe_accounts(world, accounts),
    })  # fmt: skip
    engine.run(read_sql("registers.sql"))
    engine.run(f"set variable half = {int(engine.value('select count(*) from register_b')) // 2}")
    for name, query in (
        ("op-a-journal", "select * exclude (n) from register_a order by n"),
        ("op-b-1", "select * exclude (n) from register_b where n <= getvariable('half') order by n"),
        ("op-b-2", "select * exclude (n) from register_b where n > getvariable('half') order by n"),
        ("op-a-professionals", "select * exclude (portal) from professional where portal = 0 order by record_id"),
        ("op-b-professionals", "select * exclude (portal) from professional where portal = 1 order by record_id"),
    ):
        if world.form == "parquet":
            engine.write(query, folder / f"{name}.parquet")
            continue
        path = folder / f"{name}.csv"
        engine.run(f"copy ({query}) to {literal(str(path))} (format csv, header true, delimiter ';')")
        if mixed_encoding and name == "op-b-2":
            path.write_bytes(path.read_bytes().decode("utf-8").encode("windows-1252"))
