"""The traits of one intruder, told from one operator to another: networks, clients, ways of working, and nobody.

A trait leaves the case only if two accounts or more show it and no session of others does: the network of one
professional alone could be its own, hence somebody's. The other operator compares, then declares ``[[indicator]]``.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from tocsin.analysis.run import Run
from tocsin.errors import TocsinError
from tocsin.language import _

KINDS = {"network": "address", "client": "user_agent"}
"""Kind of trait -> kind of indicator. A way of working is compared, it is no indicator."""


def traits_of(run: Run) -> list[dict[str, Any]]:
    """The table ``intruder_trait`` of a run, what tells most first."""
    with duckdb.connect() as connection:
        result = connection.execute(
            "select * replace (strftime(first_at, '%Y-%m-%dT%H:%M:%SZ') as first_at,"
            " strftime(last_at, '%Y-%m-%dT%H:%M:%SZ') as last_at) from read_parquet($table)"
            " order by kind, others > 0, len(portals) desc, sessions desc, value",
            {"table": str(run.table("intruder_trait"))},
        )
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def is_tellable(trait: dict[str, Any]) -> bool:
    """Whether a trait may leave the case.

    >>> is_tellable({"kind": "network", "accounts": 1, "others": 0})
    False
    >>> is_tellable({"kind": "behaviour", "accounts": 1, "others": 5})
    True
    """
    return bool(trait["kind"] == "behaviour" or (trait["accounts"] >= 2 and trait["others"] == 0))


def write_traits(found: Sequence[dict[str, Any]], path: Path, source: str) -> int:
    """Write the traits that may be told; return how many."""
    kept = [
        {key: item[key] for key in ("kind", "value", "sessions", "first_at", "last_at")}
        for item in found if is_tellable(item)
    ]  # fmt: skip
    path.write_text(json.dumps({"source": source, "traits": kept}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return len(kept)


def read_traits(path: Path) -> dict[str, Any]:
    """The file of another operator, with its traits as ``[[indicator]]`` text. Raises ``bad-traits``."""
    try:
        told = json.loads(path.read_text("utf-8"))
        traits = [{key: str(item[key]) for key in ("kind", "value", "first_at", "last_at")} for item in told["traits"]]
        for item in traits:
            dt.datetime.fromisoformat(item["first_at"]), dt.datetime.fromisoformat(item["last_at"])
        source = str(told["source"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TocsinError(
            "bad-traits", _("this is not a file of traits ({error})").format(error=error), where=str(path),
            remedy=_("ask for the file that `tocsin sessions traits --out` writes"),
        ) from error  # fmt: skip
    blocks = [
        "[[indicator]]\n"
        f'kind = "{KINDS[item["kind"]]}"\nvalue = {json.dumps(item["value"], ensure_ascii=False)}\n'
        f"from = {item['first_at']}\nto = {item['last_at']}\nsource = {json.dumps(source, ensure_ascii=False)}"
        for item in traits
        if item["kind"] in KINDS
    ]
    return {"source": source, "traits": traits, "indicators": "\n\n".join(blocks)}


def compare_traits(found: Sequence[dict[str, Any]], other: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of our traits that the other operator saw too."""
    theirs = {(item["kind"], item["value"]) for item in other["traits"]}
    return [item for item in found if (item["kind"], item["value"]) in theirs]
