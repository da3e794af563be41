"""``tocsin file``: notifications and letters drafted for every party, frozen by a named person, received."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import Annotated, Any

import typer

from tocsin.cli.facts import AtOption, moment, names_of, open_facts
from tocsin.cli.screen import HERE, ByOption, CaseOption, JsonOption, RunOption, author, print_json, print_table, screen
from tocsin.cli.situation import open_situations, rests_on_of, sealed_logs, wanted_traces
from tocsin.errors import TocsinError
from tocsin.language import _
from tocsin.law.judgement import dpo_words
from tocsin.law.words import addressee_name
from tocsin.notices.filings.desk import Desk
from tocsin.notices.filings.drafts import Draft, drafts_of
from tocsin.notices.filings.freeze import Signatory, freeze_draft, record_receipt
from tocsin.notices.filings.ledger import Frozen, filings_of, read_filings
from tocsin.notices.filings.series import DRAFT, FOLDER, Series
from tocsin.notices.kinds import MAKERS, notice_name
from tocsin.notices.notification.make import PHASES, Phase
from tocsin.notices.prepare import prepare_filings

app = typer.Typer(help="Filings: prepare them for every party, freeze one, keep its receipt.", no_args_is_help=True)
NameOption = Annotated[
    str, typer.Option("--by", envvar="TOCSIN_BY", help="the person who answers for it; else TOCSIN_BY")
]
PartyOption = Annotated[str, typer.Option("--party", help="who files")]
KindOption = Annotated[str, typer.Option("--kind", help="the kind of filing, as `tocsin file list` says it")]
ToOption = Annotated[str, typer.Option("--to", help="the addressee, where there are several")]
AboutOption = Annotated[str, typer.Option("--about", help="which people or breach, where there are several")]


@app.command()
def prepare(
    case: CaseOption = HERE,
    run: RunOption = None,
    party: Annotated[str | None, typer.Option("--party", help="only for this party")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="only of this kind")] = None,
    phase: Annotated[str | None, typer.Option("--phase", help="initial, supplementary, complete, withdrawal")] = None,
    reason: Annotated[str, typer.Option("--reason", help="of a withdrawal; what changed since one sent by hand")] = "",
    at: AtOption = None,
    json: JsonOption = False,
) -> None:
    """Draft everything that every party must send."""
    situations, found = open_situations(case, run, moment(at))
    names = names_of(next(iter(situations.values())).facts, party)
    _known(kind, MAKERS, "--kind")
    _known(phase, PHASES, "--phase")
    desk = Desk(
        case,
        situations,
        read_filings(case),
        _phase(phase),
        reason,
        wanted_traces(case, found),
        sealed_logs(case, found),
    )
    drafts = prepare_filings(desk, party, kind)
    if json:
        print_json({"drafts": [draft_as_json(item, case) for item in drafts]})
        return
    print_table(
        _("Drafts: {count}; nothing has left, a named person freezes each one").format(count=len(drafts)),
        [_("who"), _("what"), _("to whom"), _("phase"), _("lacking"), _("changes")],
        [
            [names[item.series.party], _named(item.series), _to(item.addressee, names), phase_name(item.phase),
             len(item.lacking), len(item.changes)]
            for item in drafts
        ],
        right=(4, 5),
    )  # fmt: skip
    _print_lacking(drafts)
    if drafts:
        told = _("Each one lies below {folder}, as PDF, text and JSON.")
        screen.print(told.format(folder=case / FOLDER), markup=False, soft_wrap=True)


@app.command("list")
def list_filings(case: CaseOption = HERE, json: JsonOption = False) -> None:
    """Every filing: drafted, frozen, received."""
    facts, _found = open_facts(case, None, clocks_only=True)
    names = names_of(facts, None)
    drafts, frozen = drafts_of(case), read_filings(case)
    if json:
        listed = [frozen_as_json(item) for item in frozen]
        print_json({"drafts": [draft_as_json(item, case) for item in drafts], "filings": listed})
        return
    rows = [
        [names.get(item.series.party, item.series.party), _named(item.series), _to(item.addressee, names),
         f"{item.n} {phase_name(item.phase)}", _("frozen by {by}").format(by=item.by), _received(item), item.folder]
        for item in frozen
    ]  # fmt: skip
    rows += [
        [names.get(item.series.party, item.series.party), _named(item.series), _to(item.addressee, names),
         phase_name(item.phase), _("draft, {count} fields lack").format(count=len(item.lacking)), "",
         str(item.series.folder / DRAFT)]
        for item in drafts
    ]  # fmt: skip
    print_table(
        _("Filings"),
        [_("who"), _("what"), _("to whom"), _("phase"), _("state"), _("receipt"), _("folder")], rows,
    )  # fmt: skip


@app.command()
def show(
    party: PartyOption,
    kind: KindOption,
    to: ToOption = "",
    about: AboutOption = "",
    n: Annotated[int | None, typer.Option("--n", help="a frozen filing by its number; else the draft")] = None,
    case: CaseOption = HERE,
    json: JsonOption = False,
) -> None:
    """The content of a draft, or of a frozen filing, ready to be pasted."""
    series = Series(party, kind, to, about)
    place = series.place(case) / DRAFT if n is None else _filing(case, series, n).place(case)
    files = sorted(place.glob("*.txt"))
    if not files:
        raise TocsinError(
            "no-draft", _("there is no draft of this filing"), where=str(series.folder),
            remedy=_("`tocsin file prepare`"),
        )  # fmt: skip
    if json:
        print_json({"folder": str(place), "files": {path.name: path.read_text("utf-8") for path in files}})
        return
    for path in files:
        screen.print(path.read_text("utf-8"), markup=False, highlight=False, soft_wrap=True)


@app.command()
def freeze(
    party: PartyOption,
    kind: KindOption,
    reason: Annotated[str, typer.Option("--reason", help="why it is filed so, in the words of who answers for it")],
    to: ToOption = "",
    about: AboutOption = "",
    case: CaseOption = HERE,
    run: RunOption = None,
    by: NameOption = "",
    dpo_opinion: Annotated[str, typer.Option("--dpo-opinion", help="the opinion of the DPO, in its words")] = "",
    at: AtOption = None,
    json: JsonOption = False,
) -> None:
    """Fix a draft for ever: a named person answers for it."""
    _facts, found = open_facts(case, run)
    series = Series(party, kind, to, about)
    signatory = Signatory(by, reason, dpo_opinion)
    done = freeze_draft(case, series, rests_on_of(case, found), signatory, moment(at))
    if json:
        print_json(frozen_as_json(done))
        return
    told = _("Frozen by {by}: {folder}. Send it, then keep its receipt with `tocsin file receipt`.")
    screen.print(told.format(by=done.by, folder=done.folder), markup=False, soft_wrap=True)
    for missing in dpo_words(dpo_opinion)[1]:
        screen.print(f"  - {missing}", markup=False, soft_wrap=True)


@app.command()
def receipt(
    party: PartyOption,
    kind: KindOption,
    received_at: Annotated[str, typer.Option("--received-at", help="an instant with its offset, as the receipt says")],
    sent_at: Annotated[str | None, typer.Option("--sent-at", help="an instant with its offset")] = None,
    number: Annotated[str, typer.Option("--number", help="the number that the addressee gave")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="the receipt itself: it is copied and sealed")] = None,
    to: ToOption = "",
    about: AboutOption = "",
    n: Annotated[int | None, typer.Option("--n", help="the filing by its number; else the last one")] = None,
    case: CaseOption = HERE,
    by: ByOption = None,
    json: JsonOption = False,
) -> None:
    """Keep the proof that the addressee received a filing: only that closes a duty."""
    filing = _filing(case, Series(party, kind, to, about), n)
    sent = moment(sent_at) if sent_at else None
    done = record_receipt(
        case, filing, who=author(by), received_at=moment(received_at), sent_at=sent, number=number, file=file
    )
    if json:
        print_json(frozen_as_json(done))
        return
    told = _("Receipt kept: {receipt}. `tocsin duties` shows the duty closed.")
    screen.print(told.format(receipt=done.receipt.words if done.receipt else ""), markup=False, soft_wrap=True)


def _filing(case: Path, series: Series, n: int | None) -> Frozen:
    """A frozen filing of a series: by its number, else the last one."""
    found = [item for item in filings_of(case, series) if n in (None, item.n)]
    if not found:
        raise TocsinError(
            "no-filing", _("nothing of this kind was frozen"), where=str(series.folder),
            remedy=_("see `tocsin file list`"),
        )  # fmt: skip
    return found[-1]


def _known(given: str | None, words: Any, where: str) -> None:
    if given is not None and given not in words:
        raise TocsinError(
            "unknown-word", _("{given!r} is not one of the words allowed").format(given=given), where=where,
            remedy=_("use one of {words}").format(words=", ".join(words)),
        )  # fmt: skip


def _phase(given: str | None) -> Phase | None:
    return next((item for item in PHASES if item == given), None)


def phase_name(phase: str) -> str:
    """A phase in words."""
    return {
        "initial": _("initial"), "supplementary": _("supplementary"), "complete": _("complete"),
        "withdrawal": _("withdrawal"),
    }[phase]  # fmt: skip


def _named(series: Series) -> str:
    return notice_name(series.kind) + (f" ({series.about})" if series.about else "")


def _to(addressee: str, names: dict[str, str]) -> str:
    return names.get(addressee) or addressee_name(addressee)


def _received(item: Frozen) -> str:
    if item.receipt is None:
        return _("receipt awaited")
    return f"{item.receipt.words} ({item.receipt.received_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC)"


def _print_lacking(drafts: list[Draft]) -> None:
    """What a person must still answer, once for all the filings that want it."""
    asked: dict[str, int] = {}
    for draft in drafts:
        for field in draft.lacking:
            asked[field] = asked.get(field, 0) + 1
    if asked:
        screen.print()
        screen.print(_("Before they can be frozen, a person must still answer in facts.toml:"), style="bold")
        for field, count in asked.items():
            screen.print(f"  - {field}" + (f" ({count})" if count > 1 else ""), markup=False, soft_wrap=True)


def draft_as_json(draft: Draft, case: Path) -> dict[str, Any]:
    """A draft for scripts."""
    return {**asdict(draft), "folder": str(draft.series.place(case) / DRAFT)}


def frozen_as_json(filing: Frozen) -> dict[str, Any]:
    """A frozen filing for scripts."""
    return asdict(filing)
