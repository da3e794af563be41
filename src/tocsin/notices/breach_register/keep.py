"""The register of a folder: each record a decision on the chain, each change a new version that names what changed.

>>> import tempfile
>>> from tocsin.notices.breach_register.record import record_of
>>> folder = Path(tempfile.mkdtemp())
>>> data = {"party": "phare", "party_name": "Mutuelle du Phare", "breach": "2023-04", "title": "A lost key"}
>>> first = record_breaches(folder, [record_of(data)], by="A. Martin", reason="first entry")
>>> second = record_breaches(folder, [record_of({**data, "risk": "unlikely"})], by="A. Martin", reason="assessed")
>>> [(item.what, item.before, item.after) for item in second[0].changed]
[('risk', '', 'unlikely')]
>>> len(kept_records(folder)), len(versions_of(folder, "phare", "2023-04"))
(1, 2)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tocsin.errors import TocsinError
from tocsin.evidence import chain
from tocsin.evidence.decisions import Decision, decide, decisions_in_force
from tocsin.language import _
from tocsin.notices.breach_register.differences import Change, differences
from tocsin.notices.breach_register.persons import name_of, refer
from tocsin.notices.breach_register.record import BreachRecord, as_data, record_of, require_motive

FILE = "decisions.jsonl"
KIND = "breach_record"


@dataclass(frozen=True)
class Kept:
    """One version of a record, on the chain."""

    n: int
    at: str
    by: str
    reason: str
    record: BreachRecord
    changed: tuple[Change, ...] = ()


def require_register(folder: Path) -> None:
    """Refuse a folder without a register, rather than take it for an empty one. Raises ``no-register``."""
    if not (folder / FILE).exists():
        raise TocsinError(
            "no-register", _("there is no register here"), where=str(folder / FILE),
            remedy=_("give its folder with --register, or add a first breach"),
        )  # fmt: skip


def kept_records(folder: Path, party: str | None = None) -> list[Kept]:
    """The records in force of every party, or of one, oldest breach first. Raises ``chain-broken``."""
    path = folder / FILE
    found = [_kept(item, path) for item in decisions_in_force(path) if item.kind == KIND]
    mine = [item for item in found if party in (None, item.record.party)]
    return sorted(mine, key=lambda item: (day_of(item.record), item.record.party, item.n))


def versions_of(folder: Path, party: str, breach: str) -> list[Kept]:
    """Every version of one record, first to last."""
    path = folder / FILE
    return [
        _kept(Decision(entry.n, entry.at, entry.who, entry.kind, entry.body["reason"], entry.body, entry.body), path)
        for entry in chain.read(path)
        if entry.kind == KIND and (entry.body["party"], entry.body["breach"]) == (party, breach)
    ]


def record_breaches(folder: Path, records: Iterable[BreachRecord], *, by: str, reason: str) -> list[Kept]:
    """Keep what is new or changed, and return it; an unchanged record is not written again.

    Raises ``breach-without-motive`` before anything is written.
    """
    given = list(records)
    for record in given:
        require_motive(record)
    before = {(item.record.party, item.record.breach): item.record for item in kept_records(folder)}
    references = refer(folder, [by, *(name for record in given for name in _persons_in(record))])
    bodies: list[dict[str, Any]] = []
    for record in given:
        fresh = _renamed(record, references)
        known = before.get((record.party, record.breach))
        changed = differences(known, fresh) if known else ()
        if known is None or changed:
            bodies.append(_body(fresh, changed))
            before[record.party, record.breach] = fresh
    if not bodies:
        return []
    path = folder / FILE
    decided = decide(path, who=references.get(by, ""), kind=KIND, reason=reason, bodies=bodies)
    return [_kept(item, path) for item in decided]


def with_names(records: Iterable[BreachRecord], known: Mapping[str, str]) -> list[BreachRecord]:
    """The records with the names behind the references (of ``persons_of``), where they were not erased."""
    return [
        _renamed(record, {reference: name_of(known, reference) for reference in _persons_in(record)})
        for record in records
    ]


def day_of(record: BreachRecord) -> str:
    """When it happened, as far as it is known: else when the party became aware, or told."""
    return record.occurred_from or record.aware_at or record.notification.at or "9999"


def _persons_in(record: BreachRecord) -> list[str]:
    """Who decided, or vouches for a figure: names, or their references."""
    said = [*(item.by for item in record.people), record.notification.by, record.communication.by]
    return [name for name in said if name]


def _renamed(record: BreachRecord, names: Mapping[str, str]) -> BreachRecord:
    return replace(
        record,
        people=tuple(replace(item, by=names.get(item.by, "")) for item in record.people),
        notification=replace(record.notification, by=names.get(record.notification.by, "")),
        communication=replace(record.communication, by=names.get(record.communication.by, "")),
    )


def _body(record: BreachRecord, changed: Sequence[Change]) -> dict[str, Any]:
    data = as_data(record)
    return {
        "party": data.pop("party"), "breach": data.pop("breach"), "record": data,
        "changed": [asdict(item) for item in changed],
    }  # fmt: skip


def _kept(decision: Decision, path: Path) -> Kept:
    content, subject = decision.content, decision.subject
    record = record_of(
        {**content["record"], "party": subject["party"], "breach": subject["breach"]}, f"{path}:{decision.n}"
    )
    changed = tuple(Change(**item) for item in content["changed"])
    return Kept(decision.n, decision.at, decision.who, decision.reason, record, changed)
