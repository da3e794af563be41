"""A series of verdicts as a file: the analyst's judgement, typed once, checked, then recorded one by one.

::

    [[verdict]]
    portal = "portal-a"
    account = "pharma-12"
    session_token = "s-8f2"
    verdict = "hostile"
"""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from tocsin.errors import TocsinError
from tocsin.evidence.decisions import SUBJECTS, VERDICTS
from tocsin.language import _


def read_verdicts(path: Path) -> list[dict[str, Any]]:
    """The verdicts of a file. Raises :class:`TocsinError` ``bad-verdict-file`` naming the entry at fault."""
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("verdict", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _refusal(str(path), _("this file cannot be read as TOML: {error}").format(error=error)) from error
    if not isinstance(entries, list) or not entries:
        raise _refusal(str(path), _("it holds no [[verdict]]"))
    for number, entry in enumerate(entries, start=1):
        where = f"{path}: [[verdict]] {number}"
        unknown = sorted(set(entry) - set(SUBJECTS["verdict"]) - {"verdict"})
        if unknown:
            raise _refusal(where, _("unknown keys: {keys}").format(keys=", ".join(unknown)))
        if entry.get("verdict", VERDICTS[0]) not in VERDICTS:
            raise _refusal(where, _("verdict must be one of {words}").format(words=", ".join(VERDICTS)))
        for name in ("from", "to"):
            if name in entry and not _is_instant(_text(entry[name])):
                what = _("{name} needs an instant with its offset, as in 2024-01-22T08:00:00+01:00")
                raise _refusal(where, what.format(name=name))
        if not set(entry) & {"account", "session_token", "address", "user_agent"}:
            raise _refusal(where, _("it names no session"))
    return [{key: _text(value) for key, value in entry.items()} for entry in entries]


def _is_instant(text: str) -> bool:
    try:
        return dt.datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _refusal(where: str, what: str) -> TocsinError:
    return TocsinError(
        "bad-verdict-file", what, where=where, why=_("no verdict of the file was recorded"),
        remedy=_("correct it as in docs/case-file.md, then give it again"),
    )  # fmt: skip
