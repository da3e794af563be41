"""A million records whose errors the linkage was not written for: registers and case file of a world of people only.

The humans are those of the rehearsal; how they are written down is ``hard_people.sql``, which knows nothing of the
rules.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tocsin.engine import Engine
from tocsin.rehearsal.base import build_base
from tocsin.rehearsal.controllers import make_controllers
from tocsin.rehearsal.people import make_people
from tocsin.rehearsal.world import World

SQL = Path(__file__).with_suffix(".sql")
KINDS = {
    1: "swapped names", 2: "initial", 4: "another surname", 8: "letters of the surname",
    16: "letters of the first name", 32: "own number missing", 64: "own number in the policyholder's field",
    128: "first of January", 256: "another day",
    512: "no birth rank", 1024: "policyholder's number in the own field", 2048: "birth date missing",
    4096: "son of his father's name", 8192: "twin", 16384: "second record at one operator",
}  # fmt: skip
NAMED_TRAPS = 1 | 2 | 4 | 32 | 64 | 128 | 1024 | 4096 | 8192
"""The errors that must never merge two people."""
REGISTER = """
[[register]]
id = "register-{side}"
files = ["register-{side}.parquet"]
format = "parquet"
[register.columns]
record_id = "record_id"
controller = "code"
contract_id = "contract_id"
member_no = "member_no"
nir = "nir"
policyholder_nir = "policyholder_nir"
birth_date = "birth_date"
birth_rank = "birth_rank"
sex = "sex"
surname = "surname"
first_name = "first_name"
birth_surname = "birth_surname"
"""
HEAD = """
[case]
id = "hard-people"
title = "Registers full of errors"
base_date = 2024-01-22
occurred_from = 2024-01-01T00:00:00Z
occurred_to = 2024-01-31T00:00:00Z
time_zone = "UTC"
[[party]]
id = "op"
name = "Operator"
kind = "processor"
"""


def make_hard_people(folder: Path, *, records: int = 1_000_000, seed: int = 1, controllers: int = 84) -> None:
    """Write case.toml, two registers and truth.parquet (register, record_id, human, controller code, errors)."""
    world = World(people=int(records / 1.435), seed=seed, controllers=controllers)
    cast = make_controllers(controllers)
    folder.mkdir(parents=True, exist_ok=True)
    with Engine() as engine:
        build_base(world, engine, make_people(world), cast)
        engine.run(SQL.read_text("utf-8"))
        for operator, side in enumerate("ab"):
            engine.write(
                f"select * exclude (operator, person, errors) from hard_record where operator = {operator}"
                " order by record_id", folder / f"register-{side}.parquet",
            )  # fmt: skip
        engine.write(
            "select 'register-' || ['a', 'b'][operator + 1] as register, record_id, person as human, errors"
            " from hard_record order by 1, 2", folder / "truth.parquet",
        )  # fmt: skip
    parts = [HEAD]
    day = dt.date(2024, 1, 30).isoformat()
    for name, code in zip(cast.ids, cast.codes, strict=True):
        parts.append(f'[[party]]\nid = "{name}"\nname = "{name}"\nkind = "controller"\ncodes = ["{code}"]\n')
    parts += [
        f'[[instruction]]\ncontroller = "{name}"\nkind = "link_across_controllers"\n'
        f'given_by = "data protection officer"\ngiven_on = {day}\nreference = "letter"\n'
        for name in cast.ids
    ]
    parts += [REGISTER.format(side=side) for side in "ab"]
    (folder / "case.toml").write_text("".join(parts), "utf-8")
