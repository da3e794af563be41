"""Freezing: a named person answers for a draft, whose bytes never change from then on."""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from tocsin.errors import TocsinError
from tocsin.evidence import chain
from tocsin.language import _
from tocsin.notices.filings.drafts import Draft, read_draft
from tocsin.notices.filings.ledger import ACTS, FROZEN, RECEIVED, Frozen, digest_of, filings_of
from tocsin.notices.filings.series import DRAFT, FOLDER, Series, allowed_phases
from tocsin.notices.situation import RestsOn

READ_ONLY = 0o444


@dataclass(frozen=True)
class Signatory:
    """Who answers for a filing, and why; the opinion of the DPO stands beside (GDPR 38, 39)."""

    name: str
    reason: str
    dpo_opinion: str = ""


def freeze_draft(case: Path, series: Series, rests_on: RestsOn, signatory: Signatory, now: datetime) -> Frozen:
    """Freeze the draft of ``series``; return the filing. Refuses what lacks, and what is stale."""
    draft = read_draft(case, series)
    if draft is None:
        raise _refusal(
            "no-draft", _("there is no draft of this filing"), str(series.folder), _("`tocsin file prepare`")
        )
    earlier = filings_of(case, series)
    _check(case, draft, [item.phase for item in earlier], rests_on, signatory, now)
    name = f"{len(earlier) + 1:02}-{draft.phase}"
    target, source = series.place(case) / name, series.place(case) / DRAFT
    shutil.rmtree(target, ignore_errors=True)  # a folder that no act names: a freeze that was interrupted
    step = target.with_name(f".{name}")
    shutil.rmtree(step, ignore_errors=True)
    shutil.copytree(source, step)
    for path in step.iterdir():
        path.chmod(READ_ONLY)
    os.replace(step, target)  # noqa: PTH105 - one rename, as the file system promises it
    body = {
        "series": asdict(series), "n": len(earlier) + 1, "phase": draft.phase,
        "reason": signatory.reason, "dpo_opinion": signatory.dpo_opinion,
        "folder": (Path(FOLDER) / series.folder / name).relative_to(FOLDER).as_posix(),
        "files": {path.name: digest_of(path.read_bytes()) for path in sorted(target.iterdir())},
        "rests_on": asdict(draft.rests_on), "as_of": draft.as_of.isoformat(),
        "addressee": draft.addressee,
    }  # fmt: skip
    chain.append(case / ACTS, who=signatory.name, kind=FROZEN, body=body)
    shutil.rmtree(source)
    return filings_of(case, series)[-1]


def _check(
    case: Path, draft: Draft, earlier: list[str], rests_on: RestsOn, signatory: Signatory, now: datetime
) -> None:
    again = _("`tocsin file prepare` again, look at it, then freeze")
    where = str(draft.series.folder)
    if not signatory.name.strip() or not signatory.reason.strip():
        raise _refusal(
            "filing-without-reason",
            _("a filing needs the name and the reason of who answers for it"),
            where,
            _("give --by and --reason"),
        )
    follows_one_sent_by_hand = not earlier and draft.phase in allowed_phases(("initial",))
    if draft.phase not in allowed_phases(earlier) and not follows_one_sent_by_hand:
        told = _("{phase} cannot follow {earlier}").format(phase=draft.phase, earlier=", ".join(earlier) or "–")
        raise _refusal("wrong-phase", told, where, again)
    if draft.lacking:
        told = _("{count} fields lack: {fields}").format(count=len(draft.lacking), fields="; ".join(draft.lacking))
        raise _refusal("fields-lacking", told, where, _("answer them in facts.toml, then prepare again"))
    if draft.rests_on != rests_on or (draft.due and draft.as_of <= draft.due < now):
        raise _refusal("draft-stale", _("the case changed since this draft was made"), where, again)
    place = draft.series.place(case) / DRAFT
    for name, digest in draft.files.items():
        if not (place / name).is_file() or digest_of((place / name).read_bytes()) != digest:
            raise _refusal("draft-changed", _("this draft was edited by hand"), str(place / name), again)


def record_receipt(
    case: Path, filing: Frozen, *, who: str, received_at: datetime, sent_at: datetime | None = None, number: str = "",
    file: Path | None = None,
) -> Frozen:  # fmt: skip
    """Keep the proof that the addressee received ``filing``: a number, a file, or both."""
    where = filing.folder
    if not number and file is None:
        told = _("a receipt is a number or a file of the addressee")
        raise _refusal("receipt-without-proof", told, where, _("give --number or --file"))
    if filing.receipt:
        raise _refusal("receipt-exists", _("this filing has its receipt already"), where, _("see `tocsin file list`"))
    if sent_at and received_at < sent_at:
        raise _refusal(
            "receipt-before", _("it was received before it was sent"), where, _("correct one of both instants")
        )
    kept, digest = "", ""
    if file is not None:
        content = file.read_bytes()
        kept, digest = f"receipt-{file.name}", digest_of(content)
        (filing.place(case) / kept).write_bytes(content)
        (filing.place(case) / kept).chmod(READ_ONLY)
    body = {
        "folder": filing.folder, "received_at": received_at.isoformat(), "number": number, "file": kept,
        "sha256": digest, "sent_at": sent_at.isoformat() if sent_at else "",
    }  # fmt: skip
    chain.append(case / ACTS, who=who, kind=RECEIVED, body=body)
    return next(item for item in filings_of(case, filing.series) if item.n == filing.n)


def _refusal(kind: str, what: str, where: str, remedy: str) -> TocsinError:
    return TocsinError(
        kind, what, where=where, why=_("what leaves binds its author, and cannot be taken back"), remedy=remedy
    )
