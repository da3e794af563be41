"""From rows to periods: a snapshot, dated validity, or a journal of changes, each told by one SQL file.

A snapshot alone says nothing of the past: its rows hold always (``valid_from`` and ``valid_to`` are NULL).
"""

from __future__ import annotations

from pathlib import Path

from tocsin.engine import Engine
from tocsin.errors import TocsinError
from tocsin.evidence.case.model import Register
from tocsin.language import _

HERE = Path(__file__).parent
HELD_ALWAYS = (
    "create or replace temp view register_held as select register_row.*, null::timestamp as starts, "
    "null::timestamp as ends from register_row anti join register_rejected using (row_id)"
)
HELD_FOR_A_TIME = (
    "create or replace temp view register_held as select register_row.*, register_span.valid_from as starts, "
    "register_span.valid_to as ends from register_row join register_span using (row_id)"
)


def build_history(engine: Engine, register: Register, *, has_journal: bool) -> list[tuple[str, int, str]]:
    """Fill ``register_rejected`` and show ``register_held``; return what a person should know."""
    _check_history(register, has_journal=has_journal)
    if register.history == "snapshot" and not has_journal:
        _run(engine, "snapshot.sql")
        engine.run(HELD_ALWAYS)
        return []
    if register.history == "validity":
        _run(engine, "validity.sql")
        engine.run(HELD_FOR_A_TIME)
        return _remarks_on_validity(engine)
    if register.history == "snapshot":
        _run(engine, "snapshot.sql")
    _run(engine, "journal.sql")
    engine.run(HELD_FOR_A_TIME)
    return _remarks_on_journal(engine)


def _check_history(register: Register, *, has_journal: bool) -> None:
    if has_journal and register.history == "validity":
        raise TocsinError(
            "register-history",
            _("a register with validity dates cannot also have a journal"),
            where=f"register {register.id}",
            why=_("two accounts of the past could contradict each other without anybody seeing it"),
            remedy=_('declare history = "snapshot" with as_of, or remove journal, in case.toml'),
        )
    if has_journal and register.history == "snapshot" and register.as_of is None:
        raise TocsinError(
            "register-as-of",
            _("a snapshot completed by a journal needs the instant at which it was taken"),
            where=f"register {register.id}",
            why=_("the changes that the snapshot already holds could not be told from those that follow it"),
            remedy=_("declare as_of with its offset, as in 2024-01-22T00:00:00+01:00"),
        )


def _run(engine: Engine, name: str) -> None:
    engine.run((HERE / name).read_text("utf-8"))


def _remarks_on_validity(engine: Engine) -> list[tuple[str, int, str]]:
    found = engine.rows("select record_id, sum(overlap_count) over () from register_overlapping order by 1 limit 5")
    return [("overlapping-validity", int(found[0][1]), ", ".join(record for record, _total in found))] if found else []


def _remarks_on_journal(engine: Engine) -> list[tuple[str, int, str]]:
    ((begun, contradicted),) = engine.rows("select begun_elsewhere, contradicted from register_journal_remark")
    told = [("begun-elsewhere", begun, ""), ("contradicted-snapshot", contradicted, "")]
    return [remark for remark in told if remark[1]]
