"""``tocsin register``: every breach documented, notified or not (GDPR 33(5)); shown, added, carried, verified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from tocsin.cli.register_case import records_from_case
from tocsin.cli.register_files import export_register, import_register, tell_kept
from tocsin.cli.screen import HERE, ByOption, CaseOption, JsonOption, RunOption, author, print_json, print_table, screen
from tocsin.errors import TocsinError
from tocsin.evidence import chain
from tocsin.language import _
from tocsin.notices.breach_register.files import TEMPLATE, read_toml
from tocsin.notices.breach_register.from_case import refreshed
from tocsin.notices.breach_register.keep import (
    FILE,
    KIND,
    Kept,
    kept_records,
    record_breaches,
    require_register,
    versions_of,
    with_names,
)
from tocsin.notices.breach_register.lacking import lacking
from tocsin.notices.breach_register.page import heads, line_of
from tocsin.notices.breach_register.persons import erase_name, name_of, persons_of
from tocsin.notices.breach_register.record import BreachRecord, as_data, require_motive
from tocsin.notices.breach_register.words import words_of

app = typer.Typer(help="The register of breaches, notified or not (GDPR 33(5)).")
app.command("import")(import_register)
app.command("export")(export_register)

RegisterOption = Annotated[Path, typer.Option("--register", help="the folder of the register; else this one")]
PartyOption = Annotated[str | None, typer.Option("--party", help="only the breaches of this party")]
ReasonOption = Annotated[str, typer.Option("--reason", help="why this version is written")]


@app.callback(invoke_without_command=True)
def register(
    context: typer.Context, register: RegisterOption = HERE, party: PartyOption = None, json: JsonOption = False
) -> None:
    """One line a breach: date, title, people between bounds, notified, told, what lacks."""
    if context.invoked_subcommand is not None:
        return
    kept = kept_records(register, party)
    if json:
        known = persons_of(register)
        print_json([_as_json(item, known) for item in kept])
        return
    if not kept:
        screen.print(_("No breach is kept here: add one with `tocsin register add`."), markup=False)
        return
    rows = [[item.record.party_name, item.record.breach, *line_of(item.record)] for item in kept]
    print_table(
        _("Register of breaches: {count} kept").format(count=len(kept)),
        [_("party"), _("reference"), *heads()], rows,
    )  # fmt: skip


@app.command("show")
def show(
    breach: Annotated[str, typer.Argument(help="the reference of the breach")],
    register: RegisterOption = HERE, party: PartyOption = None,
    references: Annotated[bool, typer.Option("--references", help="references of persons instead of names")] = False,
    json: JsonOption = False,
) -> None:  # fmt: skip
    """Everything that is kept of one breach, and each of its versions."""
    kept = [item for item in kept_records(register, party) if item.record.breach == breach]
    if not kept:
        raise TocsinError(
            "unknown-breach", _("{given!r} is no breach of this register").format(given=breach),
            where=str(register / FILE), remedy=_("write a reference that `tocsin register` prints"),
        )  # fmt: skip
    if json:
        known = persons_of(register)
        versions = [[asdict(version) for version in _versions(register, item)] for item in kept]
        print_json([{**_as_json(item, known), "versions": told} for item, told in zip(kept, versions, strict=True)])
        return
    for item in kept:
        _print_record(item, register, references)


@app.command("add")
def add(
    file: Annotated[Path | None, typer.Argument(help="a TOML file with [[breach]] tables")] = None,
    register: Annotated[
        Path | None, typer.Option("--register", help="the folder of the register; else that of the case, else this one")
    ] = None,
    from_case: Annotated[bool, typer.Option("--from-case", help="the breach of a case, one record a party")] = False,
    case: CaseOption = HERE,
    run: RunOption = None,
    breach: Annotated[str | None, typer.Option("--breach", help="its reference; else the id of the case")] = None,
    new: Annotated[bool, typer.Option("--new", help="write a commented breaches.toml")] = False,
    by: ByOption = None,
    reason: ReasonOption = "",
    json: JsonOption = False,
) -> None:
    """Add breaches typed in a file, or those of a case; what changed makes a new version that names it."""
    if new:
        _write_template(file or Path("breaches.toml"), json)
        return
    if from_case == (file is not None):
        raise TocsinError(
            "register-add-what", _("add what: a file, or the breach of a case?"),
            remedy=_("give a file, or --from-case with --case; --new writes an example of a file"),
        )  # fmt: skip
    register = register or (case if from_case else HERE)
    records: list[BreachRecord] = []
    if file is None:
        known = {(item.record.party, item.record.breach): item.record for item in kept_records(register)}
        for record in records_from_case(case, run, breach):
            earlier = known.get((record.party, record.breach))
            records.append(refreshed(earlier, record) if earlier else record)
    else:
        reading = read_toml(file, {})
        for item in reading.rejected[:1]:
            raise TocsinError(item.kind, item.reason, where=item.where, why=item.why, remedy=item.remedy)
        records += reading.records
    kept = record_breaches(register, records, by=author(by), reason=reason or _("added to the register"))
    tell_kept(kept, len(records), json)


@app.command("verify")
def verify(
    register: RegisterOption = HERE,
    digest: Annotated[str | None, typer.Option(help="a digest noted earlier: it must still be there")] = None,
    json: JsonOption = False,
) -> None:
    """Whether the chain is whole, each record readable, each silence towards the authority motivated."""
    path = register / FILE
    require_register(register)
    entries = chain.read(path)
    if digest is not None and digest not in {entry.digest for entry in entries}:
        raise TocsinError(
            "register-cut", _("no entry has the digest {given}").format(given=digest), where=str(path),
            why=_("what was written up to that entry was removed, or replaced by another chain"),
            remedy=_("restore this file from a copy; never edit it by hand, add a new entry instead"),
        )  # fmt: skip
    kept = kept_records(register)
    for item in kept:
        require_motive(item.record, f"{path}:{item.n}")
    versions = sum(entry.kind == KIND for entry in entries)
    last = entries[-1].digest if entries else ""
    if json:
        print_json({"entries": len(entries), "versions": versions, "breaches": len(kept), "digest": last})
        return
    screen.print(
        _("Intact: {entries} entries, {versions} versions of {breaches} records.").format(
            entries=len(entries), versions=versions, breaches=len(kept)
        ),
        markup=False,
    )
    screen.print(_("Last digest: {digest}").format(digest=last), markup=False, soft_wrap=True)
    screen.print(
        _("Note it elsewhere: `tocsin register verify --digest` then finds entries cut off at the end."),
        markup=False, soft_wrap=True,
    )  # fmt: skip


@app.command("erase-name")
def erase(
    reference: Annotated[str, typer.Argument(help="the reference of a person")],
    register: RegisterOption = HERE,
    json: JsonOption = False,
) -> None:
    """Forget the name behind a reference; what the person decided stays, and the chain stays whole."""
    erase_name(register, reference)
    if json:
        print_json({"erased": reference})
    else:
        screen.print(_("The name behind {reference} is erased.").format(reference=reference), markup=False)


def _print_record(item: Kept, register: Path, references: bool) -> None:
    known = {} if references else persons_of(register)
    (record,) = with_names([item.record], known)
    screen.print()
    screen.print(f"{record.party_name}, {record.breach}: {record.title}", markup=False, style="bold", soft_wrap=True)
    for label, words in words_of(record):
        told = _("   {title}: {text}").format(title=label, text=words.replace("\n", "\n      "))
        screen.print(told, markup=False, soft_wrap=True, highlight=False)
    for words in lacking(record):
        screen.print(_("   lacks: {words}").format(words=words), markup=False, soft_wrap=True, style="yellow")
    for version in _versions(register, item):
        who = name_of(known, version.by)
        told = _("   entry {n}, {at}, {who}: {reason}").format(
            n=version.n, at=version.at, who=who, reason=version.reason
        )
        screen.print(told, markup=False, soft_wrap=True, highlight=False)
        for change in version.changed:
            told = _("      {what}: {before} -> {after}").format(
                what=change.what, before=change.before or "?", after=change.after or "?"
            )
            screen.print(told, markup=False, soft_wrap=True, highlight=False)


def _versions(register: Path, item: Kept) -> list[Kept]:
    return versions_of(register, item.record.party, item.record.breach)


def _as_json(item: Kept, known: Mapping[str, str]) -> dict[str, Any]:
    (named,) = with_names([item.record], known)
    return {
        "entry": item.n, "at": item.at, "by": name_of(known, item.by), "reason": item.reason,
        "record": as_data(named), "lacks": lacking(item.record),
    }  # fmt: skip


def _write_template(path: Path, json: bool) -> None:
    if path.exists():
        raise TocsinError(
            "register-example-exists", _("this file exists already"), where=str(path),
            remedy=_("give another name: nothing is ever written over"),
        )  # fmt: skip
    path.write_text(TEMPLATE.read_text("utf-8"), "utf-8")
    if json:
        print_json({"file": str(path)})
    else:
        told = _("Wrote {path}. Correct it, then `tocsin register add {path}`.")
        screen.print(told.format(path=path), markup=False, soft_wrap=True)
