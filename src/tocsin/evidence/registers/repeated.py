"""Values that repeat, read once each instead of once a row: a few names and days for millions of rows.

Each kind of value has its ``.sql`` file in ``once``, which makes the table ``register_once_<kind>`` from the values as
written; a view then sets what they mean beside the rows. A column that no file holds costs nothing.

>>> from tocsin.engine import Engine
>>> with Engine(threads=1) as engine:
...     engine.run("create temp table register_row as select 'Zoé' as surname, null as first_name")
...     read_repeated(engine, frozenset({"surname"}))
...     show_meanings(engine, "register_read", "register_row", ("surname", "first_name"), frozenset({"surname"}))
...     engine.rows("select surname, surname_key, first_name_key from register_read")
[('Zoé', 'ZOE', None)]
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tocsin.engine import Engine

FOLDER = Path(__file__).parent / "once"


@dataclass(frozen=True)
class Meaning:
    """What a column of the result takes from the table of a kind: ``(name in the view, name in the table, type)``."""

    kind: str
    takes: tuple[tuple[str, str, str], ...]


MEANINGS = {
    "surname": Meaning("name", (("surname_key", "key", "varchar"),)),
    "birth_surname": Meaning("name", (("birth_surname_key", "key", "varchar"),)),
    "first_name": Meaning("name", (("first_name_key", "key", "varchar"),)),
    "birth_date": Meaning("birth_date", (
        ("birth_year", "year", "smallint"), ("birth_month", "month", "smallint"), ("birth_day", "day", "smallint"),
        ("birth_precision", "precision", "varchar"), ("minor", "minor", "varchar"),
    )),
    "sex": Meaning("sex", (("read_sex", "code", "varchar"),)),
    "birth_rank": Meaning("birth_rank", (("read_birth_rank", "number", "varchar"),)),
    "visible_from": Meaning("instant", (("read_visible_from", "starts", "timestamp"),)),
    "rights_from": Meaning("instant", (("read_rights_from", "starts", "timestamp"),)),
    "rights_to": Meaning("last_day", (("read_rights_to", "ends", "timestamp"),)),
    "changed_at": Meaning("instant", (("read_changed_at", "starts", "timestamp"),)),
    "valid_from": Meaning("instant", (("read_valid_from", "starts", "timestamp"),)),
    "valid_to": Meaning("end", (("read_valid_to", "ends", "timestamp"), ("is_valid_still", "is_open", "boolean"))),
}  # fmt: skip
OF_HISTORY = ("changed_at", "valid_from", "valid_to")
OF_VERSION = tuple(column for column in MEANINGS if column not in OF_HISTORY)


def read_repeated(engine: Engine, held: Collection[str]) -> None:
    """Make the table of every kind of which a column is in ``register_row`` (``held``)."""
    for kind in dict.fromkeys(meaning.kind for meaning in MEANINGS.values()):
        columns = [column for column, meaning in MEANINGS.items() if meaning.kind == kind and column in held]
        if columns:
            written = " union ".join(
                f"select distinct {column} as written from register_row where {column} is not null"
                for column in columns
            )
            engine.run(f"create or replace temp view register_written as {written}")
            engine.run((FOLDER / f"{kind}.sql").read_text("utf-8"))


def show_meanings(engine: Engine, view: str, source: str, columns: Collection[str], held: Collection[str]) -> None:
    """The view ``view``: the rows of ``source``, and what the values of ``columns`` mean, NULL where not ``held``."""
    taken, joins = [f"{source}.*"], ""
    for column in columns:
        meaning = MEANINGS[column]
        for name, theirs, kind in meaning.takes:
            taken.append(f"of_{column}.{theirs} as {name}" if column in held else f"null::{kind} as {name}")
        if column in held:
            joins += (
                f" left join register_once_{meaning.kind} as of_{column} on of_{column}.written = {source}.{column}"
            )
    engine.run(f"create or replace temp view {view} as select {', '.join(taken)} from {source}{joins}")
