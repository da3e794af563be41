"""Replaying logged queries: which records an answer held, when its log line does not name them.

The rules come from ``case.toml`` (``[[action]]``, ``[[portal]]``, ``[[reach]]``); the register is taken as it stood at
the instant of the line. A replay proves something only when it agrees with what the log counted (rows matched, rows
sent, or bytes); see ``docs/method.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tocsin.analysis.reach import ReachRule
from tocsin.engine import Engine, literal
from tocsin.evidence.case.model import Action, Case, Criterion
from tocsin.evidence.case.replayable import registers_of

REPLAY_SQL = Path(__file__).with_name("steps") / "replay.sql"
PAGING_KEYS = ("page", "page_size", "row_offset", "size", "offset", "limit")
"""Criteria that say which page, not which people."""
ALL_ROWS = 9_000_000_000_000_000_000


@dataclass(frozen=True)
class Batch:
    """The hostile queries of one action that use the same criteria."""

    portal: str
    action: str
    criteria: tuple[str, ...]


def replay_all(engine: Engine, case: Case, reaches: Sequence[ReachRule]) -> None:
    """Fill ``replay_rows`` and ``replay_counts`` from ``replay_event`` and ``searchable``."""
    engine.run(
        """
        create or replace temp table replay_rows
            (event_no bigint, register varchar, record_id varchar, is_certain boolean);
        create or replace temp table replay_counts
            (event_no bigint, total bigint, returned bigint, replayed_total bigint, replayed_rows bigint,
            result varchar);
        """
    )
    actions = {(action.portal, action.name): action for action in case.action}
    for portal, name, criteria in engine.rows(
        "select distinct portal, action, used_criteria from replay_event order by all"
    ):
        batch = Batch(portal, name, tuple(criteria))
        _replay_batch(engine, case, actions[portal, name], batch, reaches)


def _replay_batch(engine: Engine, case: Case, action: Action, batch: Batch, reaches: Sequence[ReachRule]) -> None:
    declared = {name: action.criteria[name] for name in batch.criteria if name in action.criteria}
    unknown = [name for name in batch.criteria if name not in declared]
    is_family = action.kind == "family" and not declared
    keys = tuple(declared) if not is_family else action.family_key
    where = (
        f"where portal = {literal(batch.portal)} and action = {literal(batch.action)} "
        f"and used_criteria = {literal(list(batch.criteria))}::varchar[]"
    )
    parts = _family_parts(action) if is_family else _criteria_parts(engine, where, declared)
    portal = next(item for item in case.portal if item.id == action.portal)
    closed = action.closed_contracts or portal.closed_contracts
    order = [name for name in action.order if name.lstrip("-") != "record_id"]
    names = [f"o{n}" for n in range(len(order))]
    has_tie_break = len(order) < len(action.order) or not order
    order_names = [*names, *(["record_id"] if has_tie_break else [])]
    directions = [
        f"{name} {'desc nulls last' if column.startswith('-') else 'nulls last'}"
        for name, column in zip(names, order, strict=True)
    ] + (["record_id"] if has_tie_break else [])
    mine = [rule for rule in reaches if rule.portal == action.portal]
    bytes_agree = "null::boolean"
    if action.bytes is not None:
        size = f"{action.bytes.fixed} + {action.bytes.per_row} * replayed_rows"
        bytes_agree = f"abs(answer_bytes - ({size})) <= {action.bytes.tolerance}"
    script = REPLAY_SQL.read_text("utf-8").format(
        values=", ".join(f"{value} as c{n}" for n, value in enumerate(parts.values)) or "0 as c0",
        asked_from=(parts.source + " " + where).strip(),
        value_names=", ".join(f"c{n}" for n in range(len(keys))) or "c0",
        same_query=" and ".join(f"q.c{n} is not distinct from a.c{n}" for n in range(max(1, len(keys)))),
        delay=portal.visible_delay_minutes,
        registers=", ".join(literal(item.id) for item in registers_of(case, action)) or "''",
        key_columns="".join(f", {column} as k{n}" for n, column in enumerate(parts.columns)),
        matches=" and ".join(parts.matches) or "true",
        reach=" or ".join(f"(q.reach_id = {rule.reach_id} and ({rule.condition}))" for rule in mine) or "true",
        order_columns=", ".join([f'"{c.lstrip("-")}" as o{n}' for n, c in enumerate(order)]) or "0 as o0",
        order_names=", ".join(order_names),
        order_by=", ".join(directions),
        open_from="shown_from" if closed == "answer" else "greatest(shown_from, rights_from)",
        open_to="shown_to" if closed == "answer" else "least(shown_to, rights_to)",
        open_when="true" if closed == "answer" else "meaning = 'content'",
        closed_when="false" if closed == "answer" else "meaning = 'membership'",
        bytes_agree=bytes_agree,
        is_superset="true" if unknown else "false",
    )
    engine.run(script)


@dataclass(frozen=True)
class _Parts:
    """SQL of the values asked, of the record's columns compared, of the comparison, and of the values' source."""

    values: tuple[str, ...]
    columns: tuple[str, ...]
    matches: tuple[str, ...]
    source: str = ""


def _criteria_parts(engine: Engine, where: str, declared: dict[str, Criterion]) -> _Parts:
    values, columns, matches = [], [], []
    for n, (name, rule) in enumerate(declared.items()):
        raw = f"json_extract_string(criteria, {literal(_json_path(name))})"
        normal, date = f"normalise_{rule.normalise}", f'normalise_date(r."{rule.column}")'
        k, c = f"r.k{n}", f"q.c{n}"
        if rule.match == "year":
            values.append(f"left(trim({raw}), 4)")
            columns.append(f"left({date}, 4)")
            matches.append(f"{k} = {c}")
        elif rule.match in ("from", "to"):
            values.append(f"normalise_date({raw})")
            columns.append(date)
            matches.append(f"{k} {'>=' if rule.match == 'from' else '<='} {c}")
        elif rule.match == "range":
            values.append(f"[normalise_date(part) for part in regexp_split_to_array({raw}, '\\s*(\\.\\.|/|;)\\s*')]")
            columns.append(date)
            matches.append(f"{k} between {c}[1] and {c}[2]")
        else:
            values.append(f"{normal}({raw})")
            columns.append(_normalised(rule))
            matches.append({"exact": f"{k} = {c}", "contains": f"contains({k}, {c})", "prefix": ""}[rule.match])
        if rule.match == "prefix":
            # the shortest prefix asked gives an equality, so that the join is a hash join
            shortest = engine.value(f"select coalesce(min(len({values[-1]})), 0) from replay_event {where}")
            matches[-1] = f"left({k}, {shortest}) = left({c}, {shortest}) and starts_with({k}, {c})"
    return _Parts(tuple(values), tuple(columns), tuple(matches))


def _normalised(rule: Criterion) -> str:
    """The column as the portal compares it; names were already normalised when the register was read."""
    if rule.normalise == "name" and rule.column in ("surname", "birth_surname", "first_name"):
        return f'r."{rule.column}_key"'
    return f'normalise_{rule.normalise}(r."{rule.column}")'


def _family_parts(action: Action) -> _Parts:
    """The card of each record that the line names: who shared its key at that instant."""
    columns = ", ".join(f'v."{column}" as k{n}' for n, column in enumerate(action.family_key))
    source = f"""
        join (select distinct e.event_no as card_no, {columns}
              from (select event_no, event_at, unnest(record_ids) as record_id from replay_event) e
              join searchable v on v.record_id = e.record_id
                   and (v.valid_from is null or v.valid_from <= e.event_at)
                   and (v.valid_to is null or e.event_at < v.valid_to)
        ) card on card.card_no = replay_event.event_no"""
    return _Parts(
        tuple(f"k{n}" for n in range(len(action.family_key))),
        tuple(f'r."{column}"' for column in action.family_key),
        tuple(f"r.k{n} = q.c{n}" for n in range(len(action.family_key))),
        source,
    )


def _json_path(name: str) -> str:
    return '$."' + name.replace('"', '\\"') + '"'
