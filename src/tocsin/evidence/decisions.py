"""What named persons decided, with their reason: ``decisions.jsonl``, append-only and hash-chained.

Kinds: ``verdict`` (a session is hostile, honest or suspect), ``denial`` (the holder of an account says that sessions
were not theirs: a link, not a verdict), ``merge`` (two records are one person, or are not), ``figure`` (a declared
figure), ``note``, ``breach_record`` (a version of a record of the register of breaches). A later decision on the same
subject supersedes the earlier, which stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tocsin.errors import TocsinError
from tocsin.evidence import chain
from tocsin.language import _

KINDS = ("verdict", "denial", "merge", "figure", "note", "breach_record")
APART = ("breach_record",)
"""Kinds on which no finding rests: they make no other run."""
VERDICTS = ("hostile", "honest", "suspect")
ANSWERS = ("same", "different", "cannot say")
_SESSIONS = ("portal", "account", "session_token", "address", "user_agent", "from", "to")
SUBJECTS = {
    "verdict": _SESSIONS,
    "denial": _SESSIONS,
    "merge": ("register", "record_id", "other_register", "other_record_id"),
    "figure": ("scope", "population", "unit"),
    "note": ("subject",),
    "breach_record": ("party", "breach"),
}
"""The part of a decision's body that says what it is about."""


@dataclass(frozen=True)
class Decision:
    """One decision in force."""

    n: int
    at: str
    who: str
    kind: str
    reason: str
    subject: Mapping[str, Any]
    content: Mapping[str, Any]


def decide(path: Path, *, who: str, kind: str, reason: str, bodies: Sequence[Mapping[str, Any]]) -> list[Decision]:
    """Write decisions of one kind, one for each body, for one reason.

    Raises :class:`TocsinError` without an author, a reason or a known kind or verdict.
    """
    field, words = {"verdict": ("verdict", VERDICTS), "merge": ("answer", ANSWERS)}.get(kind, ("", KINDS))
    unknown = [body.get(field) for body in bodies if field and body.get(field) not in words]
    if kind not in KINDS or unknown:
        raise TocsinError(
            "decision-unknown",
            _("{given!r} is not a decision").format(given=unknown[0] if unknown else kind),
            remedy=_("use one of {words}").format(words=", ".join(words)),
        )
    if not reason.strip() or not who.strip():
        raise TocsinError(
            "decision-without-reason",
            _("a decision needs its author and its reason"),
            why=_("the authority will ask who decided, and why"),
            remedy=_("give --by and --reason"),
        )
    earlier = {_key(item.kind, item.subject): item.n for item in decisions_in_force(path)}
    full = [
        {**body, "reason": reason, "supersedes": earlier.get(_key(kind, subject_of(kind, body)))} for body in bodies
    ]
    return [_decision(entry) for entry in chain.extend(path, who=who, kind=kind, bodies=full)]


def decisions_in_force(path: Path) -> list[Decision]:
    """The last decision on each subject, in order of writing. Raises ``chain-broken``."""
    latest: dict[str, Decision] = {}
    for entry in chain.read(path):
        decision = _decision(entry)
        key = _key(decision.kind, decision.subject)
        latest.pop(key, None)
        latest[key] = decision
    return list(latest.values())


def subject_of(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """What a decision is about: the keys of :data:`SUBJECTS` that it holds."""
    return {key: body[key] for key in SUBJECTS.get(kind, ()) if body.get(key) is not None}


def _key(kind: str, subject: Mapping[str, Any]) -> str:
    return json.dumps([kind, dict(subject)], sort_keys=True)


def _decision(entry: chain.Entry) -> Decision:
    body = dict(entry.body)
    subject = subject_of(entry.kind, body)
    content = {key: value for key, value in body.items() if key not in subject and key not in ("reason", "supersedes")}
    return Decision(entry.n, entry.at, entry.who, entry.kind, str(body.get("reason", "")), subject, content)
